import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { mergePeaks } from '../../src/diffraction/mergePeaks.ts';
import { readCif } from '../../src/formats/cif.ts';
import { reflectionsAt, targetOf } from '../../src/state/explore/problem.ts';
import { AXES, axisTicks, momentum, spacing } from '../../src/views/pattern/axes.ts';
import { binsWithin, linePoints } from '../../src/views/pattern/curve.ts';
import { LEFT, plotFrame, plotLayout } from '../../src/views/pattern/frame.ts';
import { indexParts } from '../../src/views/pattern/HklText.tsx';
import { intensityScale, logFloor } from '../../src/views/pattern/intensityScale.ts';
import { occupanciesOf, type PeakSet } from '../../src/views/pattern/occupancy.ts';
import { tickPlaces } from '../../src/views/pattern/paintPattern.ts';
import { patternCsv, patternXy } from '../../src/views/pattern/patternTable.ts';
import { peakSummary, readoutAt, spokenReadout } from '../../src/views/pattern/peakReadout.ts';
import { nextPeak, placeLabels } from '../../src/views/pattern/peaks.ts';
import {
  binPositions,
  currentScene,
  EXPLORER_OPTIONS,
  patternScene,
  targetScene,
} from '../../src/views/pattern/scene.ts';
import { asZoom, clampRange, homeRange, panned, partBetween, zoomed } from '../../src/views/pattern/zoom.ts';

const read = readCif(readFileSync(new URL('../../public/structures/U2Ti.cif', import.meta.url), 'utf8'));
if (!read.ok) throw new Error(read.message);
const U2TI = read.value;
const { target: PATTERN, peaks: TABLE } = targetOf(U2TI, PAPER_INSTRUMENT);
const TARGET = targetScene(PAPER_INSTRUMENT, U2TI.family, PATTERN, TABLE)!;
const [a, b, c, alpha, beta, gamma] = U2TI.cell;
const sceneAt = (cell: readonly [number, number, number, number, number, number]) =>
  currentScene(TARGET, PATTERN, reflectionsAt(U2TI, PAPER_INSTRUMENT, cell));

describe('the axes', () => {
  it.each(['twoTheta', 'q', 'd'] as const)('%s grows with 2θ and comes back', quantity => {
    let last = Number.NEGATIVE_INFINITY;
    for (let twoTheta = 1; twoTheta <= 170; twoTheta += 0.5) {
      const at = AXES[quantity].at(twoTheta, 1.5406);
      expect(at).toBeGreaterThan(last);
      expect(AXES[quantity].twoTheta(at, 1.5406)).toBeCloseTo(twoTheta, 9);
      last = at;
    }
  });

  it('obey Bragg and d Q = 2π', () => {
    // 2 · 2.414 Å · sin(37.21664°/2) = 1.5406 Å, from the peak list of pymatgen for U2Ti
    expect(spacing(37.21664022271376, 1.5406)).toBeCloseTo(2.414, 9);
    expect(spacing(40, 1.5406) * momentum(40, 1.5406)).toBeCloseTo(2 * Math.PI, 12);
  });

  it('make equal strains equal lengths on the axis of d', () => {
    const move = (d: number): number => {
      const twoTheta = (length: number): number => (2 * Math.asin(1.5406 / (2 * length)) * 180) / Math.PI;
      return AXES.d.at(twoTheta(d), 1.5406) - AXES.d.at(twoTheta(1.02 * d), 1.5406);
    };
    expect(move(4)).toBeCloseTo(move(1.3), 12);
  });

  it.each(['twoTheta', 'q', 'd'] as const)('%s has labels inside the range that do not collide', quantity => {
    for (const [low, high] of [
      [18, 90],
      [30, 32],
      [1, 170],
    ] as const) {
      const [from, to] = [AXES[quantity].at(low, 1.5406), AXES[quantity].at(high, 1.5406)];
      const { labelled, minor } = axisTicks(quantity, from, to, 1000, 50);
      expect(labelled.length, `${low}–${high}`).toBeGreaterThan(1);
      for (const { at } of [...labelled, ...minor.map(at => ({ at }))]) {
        expect(at).toBeGreaterThanOrEqual(from - 1e-9);
        expect(at).toBeLessThanOrEqual(to + 1e-9);
      }
      const pixels = labelled.map(({ at }) => (1000 * (at - from)) / (to - from));
      for (let i = 1; i < pixels.length; i++)
        expect(pixels[i]! - pixels[i - 1]!, `${low}–${high}`).toBeGreaterThan(45);
      if (quantity === 'd')
        for (const { at, text } of labelled) expect(Number(text)).toBeCloseTo(Math.exp(-at), 9);
      else for (const { at, text } of labelled) expect(Number(text)).toBeCloseTo(at, 9);
    }
  });
});

describe('the intensity scale', () => {
  it.each(['linear', 'sqrt', 'log'] as const)('%s puts its ticks where their values are', mode => {
    const scale = intensityScale(mode, 100, 0.1, 0.15);
    expect(scale.share(100)).toBeCloseTo(1, 12);
    expect(scale.ticks.length).toBeGreaterThan(2);
    for (const { value, text } of scale.ticks) expect(Number(text)).toBe(value);
    const shares = scale.ticks.map(({ value }) => scale.share(value)).toSorted((p, q) => p - q);
    for (let i = 1; i < shares.length; i++) expect(shares[i]! - shares[i - 1]!).toBeGreaterThan(0.149);
  });

  it('labels 0, 50, 100 on a low panel', () => {
    expect(intensityScale('linear', 100, 0.1, 15 / 76).ticks.map(tick => tick.text)).toEqual([
      '0',
      '50',
      '100',
    ]);
  });

  it('is a square root, and a logarithm that can draw zero', () => {
    expect(intensityScale('sqrt', 100, 0.1, 0.1).share(25)).toBeCloseTo(0.5, 12);
    const log = intensityScale('log', 100, 0.1, 0.1);
    expect(log.share(1)).toBeCloseTo(1 / 3, 12);
    expect(log.share(0)).toBeLessThan(0);
    expect(Number.isFinite(log.share(0))).toBe(true);
  });

  it('starts a decade below the target, never at zero', () => {
    expect(logFloor(Float64Array.of(0, 0.4, 90), 1)).toBe(0.1);
    expect(logFloor(new Float64Array(3), 1)).toBeGreaterThan(0);
  });
});

describe('the line', () => {
  const wave = Float64Array.from({ length: 9000 }, (_, i) => Math.sin(i / 3) + Math.sin(i / 400));

  it('keeps the extremes of every pixel column', () => {
    const points = linePoints(
      0,
      wave.length,
      bin => bin / 20,
      bin => wave[bin]!,
    );
    expect(points.length).toBeLessThan(2 * wave.length * 0.5);
    const ys = points.filter((_, i) => i % 2 === 1);
    for (let column = 0; column < 900; column++) {
      const bins = wave.subarray(10 * column, 10 * column + 10);
      expect(ys).toContain(Math.max(...bins));
      expect(ys).toContain(Math.min(...bins));
    }
    const xs = points.filter((_, i) => i % 2 === 0);
    expect(xs).toEqual(xs.toSorted((p, q) => p - q));
  });

  it('breaks where there is no number and draws none', () => {
    const values = [1, 2, Number.NaN, Number.POSITIVE_INFINITY, 3, 4];
    const points = linePoints(
      0,
      6,
      bin => bin,
      bin => values[bin]!,
    );
    expect(points).toEqual([0, 1, 1, 2, Number.NaN, Number.NaN, 4, 3, 5, 4]);
  });

  it('takes one bin more on either side', () => {
    expect(binsWithin([0, 1, 2, 3, 4, 5], 1.5, 3.5)).toEqual([1, 5]);
    expect(binsWithin([0, 1, 2], -1, 9)).toEqual([0, 3]);
  });
});

describe('the zoom', () => {
  it('begins a little below the first peak', () => {
    expect(homeRange(PAPER_INSTRUMENT, 21.23)).toEqual([18, 90]);
    expect(homeRange(PAPER_INSTRUMENT, undefined)).toEqual([0, 90]);
    expect(TARGET.home).toEqual([18, 90]);
  });

  it.each(['twoTheta', 'q', 'd'] as const)('keeps the place under the pointer on %s', quantity => {
    const range = [20, 80] as const;
    const share = (twoTheta: number, [low, high]: readonly [number, number]): number => {
      const at = (value: number): number => AXES[quantity].at(value, 1.5406);
      return (at(twoTheta) - at(low)) / (at(high) - at(low));
    };
    const before = share(45, range);
    const narrower = zoomed({ range, axis: quantity }, 0.5, PAPER_INSTRUMENT, before);
    expect(share(45, narrower)).toBeCloseTo(before, 9);
    expect(zoomed({ range: narrower, axis: quantity }, 2, PAPER_INSTRUMENT, before)[0]).toBeCloseTo(20, 9);
    expect(partBetween({ range, axis: quantity }, before, 1, PAPER_INSTRUMENT)[0]).toBeCloseTo(45, 9);
  });

  it('stays inside the window and above half a degree', () => {
    expect(clampRange([-5, 10], PAPER_INSTRUMENT)).toEqual([0, 15]);
    expect(clampRange([85, 200], PAPER_INSTRUMENT)).toEqual([0, 90]);
    expect(clampRange([40, 40], PAPER_INSTRUMENT)).toEqual([39.75, 40.25]);
    expect(panned({ range: [60, 80], axis: 'twoTheta' }, 5, PAPER_INSTRUMENT)).toEqual([70, 90]);
    expect(panned({ range: [60, 80], axis: 'twoTheta' }, -0.25, PAPER_INSTRUMENT)).toEqual([55, 75]);
    for (const quantity of ['twoTheta', 'q', 'd'] as const)
      for (const value of zoomed({ range: [20, 80], axis: quantity }, 50, PAPER_INSTRUMENT, 0.5))
        expect(Number.isFinite(value)).toBe(true);
  });

  it('is null where it changes nothing', () => {
    expect(asZoom([18, 90], [18, 90])).toBeNull();
    expect(asZoom([20.12345678, 90], [18, 90])).toEqual([20.123, 90]);
  });
});

describe('who lies where', () => {
  it('finds every target peak on its own hkl at the truth', () => {
    const { tally, comparison } = sceneAt(U2TI.cell);
    expect(tally).toEqual({ total: 18, own: 18, other: 0, none: 0, example: null });
    expect(comparison.ribbons).toHaveLength(18);
    expect(Math.max(...comparison.shifts.map(Math.abs))).toBe(0);
  });

  it('finds 110 under 101 in the minimum of figure 2', () => {
    const { tally, comparison } = sceneAt([4.588, b, 2.96, alpha, beta, gamma]);
    expect(tally.example).toEqual({
      place: [1, 0, 1],
      occupant: [1, 1, 0],
      from: expect.closeTo(37.22, 2),
      to: expect.closeTo(38.21, 2),
    });
    expect(tally.own + tally.other + tally.none).toBe(18);
    expect(tally.other).toBeGreaterThan(0);
    // The coloured ribbons end at exactly the places that are counted.
    const places = comparison.occupancies
      .filter(entry => entry.kind === 'other')
      .map(entry => TARGET.side.peaks[entry.target]!.twoTheta);
    for (const ribbon of comparison.ribbons.filter(entry => entry.other))
      expect(Math.min(...places.map(place => Math.abs(place - ribbon.to)))).toBeLessThan(0.25);
    for (const place of places)
      expect(comparison.ribbons.some(entry => entry.other && Math.abs(entry.to - place) < 0.25)).toBe(true);
  });

  it('tells a place that is empty from one that is taken', () => {
    const set = (rows: readonly (readonly [number, number, number])[]): PeakSet => ({
      table: {
        hkl: Int32Array.from(rows.flatMap(([h]) => [h, 0, 0])),
        twoTheta: Float64Array.from(rows, row => row[1]),
        intensity: Float64Array.from(rows, row => row[2]),
      },
      peaks: rows.map(([h, twoTheta, intensity], row) => ({
        twoTheta,
        intensity,
        rows: [row],
        forms: [{ hkl: [h, 0, 0], multiplicity: 2, intensity, rows: [row] }],
      })),
    });
    const target = set([
      [1, 20, 100],
      [2, 30, 100],
      [3, 40, 100],
      [4, 50, 0.5],
    ]);
    const current = set([
      [1, 30.1, 90],
      [2, 35, 90],
      [3, 40.1, 90],
      [4, 20, 0.5],
    ]);
    const { occupancies, ribbons, shifts } = occupanciesOf(target, current, () => 0.4, [0, 90]);
    expect(occupancies).toEqual([
      { target: 0, kind: 'none', occupant: null },
      { target: 1, kind: 'other', occupant: [1, 0, 0] },
      { target: 2, kind: 'own', occupant: null },
    ]);
    expect(ribbons.map(({ from, to, other }) => [from, to, other])).toEqual([
      [20, 30.1, true],
      [30, 35, false],
      [40, 40.1, false],
    ]);
    expect(shifts[1]).toBe(5);
  });
});

describe('a cell with tens of thousands of peaks', () => {
  const COUNT = 20_000;

  it('has every peak looked at a few times, not once for every other', () => {
    let looks = 0;
    const set = (moved: number): PeakSet => {
      const table = {
        hkl: Int32Array.from({ length: 3 * COUNT }, (_, i) => Math.floor(i / 3 / 30 ** (i % 3)) % 30),
        twoTheta: Float64Array.from({ length: COUNT }, (_, i) => 5 + moved + i / 250),
        intensity: new Float64Array(COUNT).fill(1),
      };
      const peaks = mergePeaks(table, 'triclinic').map(peak => ({
        twoTheta: peak.twoTheta,
        rows: peak.rows,
        forms: peak.forms,
        get intensity() {
          looks++;
          return peak.intensity;
        },
      }));
      return { table, peaks };
    };
    const { occupancies } = occupanciesOf(set(0), set(0.02), () => 0.02, [0, 90]);
    expect(occupancies.filter(({ kind }) => kind === 'other').length).toBeGreaterThan(0.9 * COUNT);
    expect(looks).toBeLessThan(30 * COUNT);
  });

  it('lies on itself as a copy of it does', () => {
    const one = { table: TABLE, peaks: mergePeaks(TABLE, 'hexagonal') };
    const copy = { table: TABLE, peaks: [...one.peaks] };
    const width = (): number => 0.1;
    expect(occupanciesOf(one, one, width, [0, 90])).toEqual(occupanciesOf(one, copy, width, [0, 90]));
  });

  it('has as many ticks drawn as can be told apart', () => {
    const peaks = Array.from({ length: COUNT }, (_, i) => ({
      twoTheta: (i * 90) / COUNT,
      intensity: 1,
      rows: [],
      forms: [],
    }));
    const frame = { layout: plotLayout(1000, 200, { rows: 2, hklUnderTicks: false, difference: null }) };
    const { left, right } = frame.layout;
    const xOf = (twoTheta: number): number => left + ((right - left) * twoTheta) / 90;
    const places = tickPlaces({ ...frame, xOf }, { peaks, wavelength: 1.54 }, () => true);
    expect(places.length).toBeGreaterThan(right - left);
    expect(places.length).toBeLessThanOrEqual(8 * (right - left) + 1);
    expect(places.at(-1)).toBeGreaterThan(right - 1);
  });
});

describe('labels', () => {
  it('keep the strongest and drop what would touch it', () => {
    const at = (index: number, x: number, y: number, strength: number) => ({ index, x, y, strength });
    const kept = placeLabels([at(0, 100, 50, 1), at(1, 110, 52, 9), at(2, 130, 10, 5), at(3, 145, 50, 2)], 9);
    expect(kept.map(place => place.index)).toEqual([1, 2, 3]);
    // The line of the second, which rises to 10, goes through where the first would stand.
    const struck = placeLabels([at(0, 110, 52, 4), at(1, 118, 10, 5)], 9);
    expect(struck.map(place => place.index)).toEqual([1]);
    expect(placeLabels([at(0, 0, 0, 1), at(1, 50, 0, 2)], 1).map(place => place.index)).toEqual([1]);
  });

  it('put bars over negative indices and room between wide ones', () => {
    expect(indexParts([1, -1, 0]).map(part => [part.digits, part.bar, part.apart])).toEqual([
      ['1', false, false],
      ['1', true, false],
      ['0', false, false],
    ]);
    expect(indexParts([1, -10, 2]).map(part => part.apart)).toEqual([false, true, true]);
  });
});

describe('the readout', () => {
  const current = sceneAt([1.02 * a, b, c, alpha, beta, gamma]);

  it('gives the strongest peak with the values of pymatgen', () => {
    const row = readoutAt(TARGET, current, 37.3)[0]!;
    expect(row.forms.map(form => [form.hkl, form.multiplicity])).toEqual([[[1, 1, 0], 6]]);
    expect([row.twoTheta, row.d, row.q]).toEqual(['37.22°', '2.414\u202fÅ', '2.603\u202fÅ⁻¹']);
    expect(Number(row.intensity)).toBeGreaterThan(95);
    expect(Number(row.intensity)).toBeLessThanOrEqual(100);
  });

  it('says how far a reflection has moved', () => {
    const { twoTheta } = current.side.peaks.find(peak => peak.forms[0]!.hkl.join('') === '100')!;
    const expected = twoTheta - TARGET.side.peaks[0]!.twoTheta;
    expect(expected).toBeLessThan(-0.1);
    expect(readoutAt(TARGET, current, twoTheta)[1]!.note).toBe(`moved −${(-expected).toFixed(2)}°`);
  });

  it('says by how much an intensity has changed where the reflection has stayed', () => {
    const { table, values } = TARGET.side;
    const halved = currentScene(TARGET, values, {
      ...table,
      intensity: table.intensity.map(value => value / 2),
    });
    const [was, now] = readoutAt(TARGET, halved, 37.22);
    expect(now!.note).toBe(`ΔI −${(Number(was!.intensity) / 2).toFixed(1)}`);
    expect(readoutAt(TARGET, currentScene(TARGET, values, table), 37.22)[1]!.note).toBe('not moved');
  });

  it('steps from peak to peak and stops at the end', () => {
    const { peaks } = TARGET.side;
    const least = 0.01 * Math.max(...peaks.map(peak => peak.intensity));
    const walk = (from: number, direction: 1 | -1): number[] => {
      const next = nextPeak(peaks, from, direction, least);
      return next < 0 ? [] : [next, ...walk(peaks[next]!.twoTheta, direction)];
    };
    const all = Array.from({ length: 18 }, (_, i) => i);
    expect(walk(0, 1)).toEqual(all);
    expect(walk(90, -1)).toEqual(all.toReversed());
  });

  it('can be heard', () => {
    expect(spokenReadout(readoutAt(TARGET, current, 31.4))).toMatch(
      /^Target 0 0 1, multiplicity 2, 2θ 31\.40°/,
    );
    expect(peakSummary('target', TARGET, TARGET.side)).toMatch(
      /^Target: 18 peaks; strongest 1 1 0 at 37\.22°/,
    );
  });
});

describe('the frame', () => {
  const view = { axis: 'twoTheta', intensity: 'linear', style: 'profile', range: TARGET.home } as const;
  const positions = binPositions(PAPER_INSTRUMENT, 'twoTheta');
  const scene = patternScene(TARGET, null, positions, EXPLORER_OPTIONS);

  it.each([
    [340, 116],
    [358, 200],
    [1112, 192],
    [1600, 466],
  ])('fits its rows into %i × %i without overlap', (width, height) => {
    const frame = plotFrame(width, height, scene, view);
    const { left, top, base, rows, difference, axis } = frame.layout;
    expect(left).toBe(LEFT);
    expect(rows).toHaveLength(2);
    const panel = difference ? [difference.top, difference.bottom] : [];
    const lines = [top, base, ...rows.flat(), ...panel, axis, height];
    expect(lines).toEqual(lines.toSorted((p, q) => p - q));
    if (!difference) return;
    expect(frame.yDifference(100)).toBeGreaterThanOrEqual(difference.top);
    expect(frame.yDifference(-100)).toBeLessThanOrEqual(difference.bottom);
  });

  it('puts 100 at the top of the target and grows for a current pattern above it', () => {
    const frame = plotFrame(1112, 192, scene, view);
    expect(TARGET.scale * Math.max(...PATTERN)).toBeCloseTo(100, 12);
    expect(frame.y(frame.lanes[0]!, 100)).toBeCloseTo(frame.layout.top, 9);
    expect(frame.xOf(90)).toBeCloseTo(frame.layout.right, 9);
    expect(frame.twoThetaAt(frame.xOf(37.2))).toBeCloseTo(37.2, 9);
    const doubled = {
      ...sceneAt(U2TI.cell),
      side: { ...TARGET.side, values: PATTERN.map(value => 2 * value) },
    };
    const both = patternScene(TARGET, doubled, positions, EXPLORER_OPTIONS);
    expect(plotFrame(1112, 192, both, view).intensity.top).toBeCloseTo(200, 9);
  });

  it('gives both patterns one row of ticks where they have the same reflections', () => {
    const single = patternScene(TARGET, sceneAt(U2TI.cell), positions, { ...EXPLORER_OPTIONS, single: true });
    expect(plotFrame(1112, 192, single, view).layout.rows).toHaveLength(1);
    expect(single.curves.map(curve => curve.row?.name ?? null)).toEqual(['hkl', null]);
    expect(single.ribbons).toEqual([]);
  });
});

describe('the files', () => {
  it('carry every bin with target, current and difference', () => {
    const half = PATTERN.map(value => value / 2);
    const rows = patternCsv(PAPER_INSTRUMENT, PATTERN, half, TARGET.scale).trimEnd().split('\n');
    expect(rows).toHaveLength(9001);
    expect(rows[0]).toBe('two_theta_deg,target,current,difference');
    const cells = rows[3723]!.split(',').map(Number);
    expect(cells[0]).toBeCloseTo(37.22, 9);
    expect(cells[1]).toBeCloseTo(TARGET.scale * PATTERN[3722]!, 5);
    expect(cells[1]! - cells[2]!).toBeCloseTo(cells[3]!, 5);
    const xy = patternXy('U2Ti, target', PAPER_INSTRUMENT, PATTERN, TARGET.scale).trimEnd().split('\n');
    expect(xy.filter(line => line.startsWith('#'))).toHaveLength(2);
    expect(xy.filter(line => /^[\d.]+ [\d.e+-]+$/.test(line))).toHaveLength(9000);
  });
});
