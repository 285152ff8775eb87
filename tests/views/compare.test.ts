import { describe, expect, it } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { entryKey } from '../../src/state/compare/compareEntry.ts';
import { entryOf } from '../../src/state/compare/compareSettings.ts';
import type { CompareCurve } from '../../src/state/compare/compareSlice.ts';
import { DEFAULT_INPUTS } from '../../src/state/core/inputs.ts';
import type { Ink } from '../../src/ui/ink.ts';
import { compareCsv } from '../../src/views/compare/CompareHead.tsx';
import { compareScene } from '../../src/views/compare/compareScene.ts';
import { lanes, plotFrame } from '../../src/views/pattern/frame.ts';
import { paintTitles } from '../../src/views/pattern/paintPattern.ts';
import { PALETTE } from '../support/palette.ts';

const space = { top: 0, base: 300 };

describe('the strips of several patterns', () => {
  it('share one base line in an overlay', () => {
    const strips = lanes(space, 3, { arrangement: 'overlay', spread: 0.5 });
    expect(strips).toEqual(Array.from({ length: 3 }, () => ({ base: 300, height: 300, down: false })));
  });
  it('stand clear of each other, the first on top, at a distance of one height', () => {
    const strips = lanes(space, 3, { arrangement: 'offset', spread: 1 });
    expect(strips.map(({ base, height }) => [base, height])).toEqual([
      [100, 100],
      [200, 100],
      [300, 100],
    ]);
  });
  it('overlap at a distance of half a height, and still fill the space', () => {
    const strips = lanes(space, 3, { arrangement: 'waterfall', spread: 0.5 });
    expect(strips.map(({ base, height }) => [base, height])).toEqual([
      [150, 150],
      [225, 150],
      [300, 150],
    ]);
  });
  it('hang from and stand on one line in the mirror', () => {
    expect(lanes(space, 2, { arrangement: 'mirror', spread: 1 })).toEqual([
      { base: 150, height: 150, down: false },
      { base: 150, height: 150, down: true },
    ]);
  });
});

const instrument = { ...PAPER_INSTRUMENT, twoThetaMin: 10, twoThetaMax: 14, step: 1 };
const entries = [
  entryOf('NaCl', 0),
  entryOf('KCl', 1, { scale: 2 }),
  entryOf('rutile', 2, { visible: false }),
];
const curve = (index: number, ...values: readonly number[]): [string, CompareCurve] => {
  const key = entryKey(entries[index]!, instrument);
  return [
    key,
    {
      key,
      name: entries[index]!.source,
      formula: '',
      spaceGroup: null,
      family: 'cubic',
      cell: null,
      instrument,
      twoTheta: Float64Array.of(10, 11, 12, 13),
      values: Float64Array.from(values),
      highest: Math.max(...values),
      table: null,
      peaks: [],
      measured: false,
    },
  ];
};
const computed = new Map([curve(0, 0, 4, 0, 2), curve(1, 0, 5, 10, 0), curve(2, 1, 1, 1, 1)]);
const compare = { ...DEFAULT_INPUTS.compare, entries };

describe('what the picture shows', () => {
  it('is every visible pattern, in per cent of its own highest point times its scale', () => {
    const scene = compareScene(compare, instrument, computed, 'twoTheta');
    expect(scene?.curves.map(({ index, scale }) => [index, scale])).toEqual([
      [0, 25],
      [1, 20],
    ]);
    expect([...(scene?.subtracted?.values ?? [])]).toEqual([0, 0, -200, 50]);
  });
  it('is the pair alone in the mirror, hidden or not', () => {
    const mirror = { ...compare, arrangement: 'mirror', pair: [2, 0] } as const;
    expect(compareScene(mirror, instrument, computed, 'twoTheta')?.curves.map(({ index }) => index)).toEqual([
      2, 0,
    ]);
  });
  it('leaves out what is not computed, and is nothing when nothing is', () => {
    const some = new Map<string, CompareCurve | string>([
      [entryKey(entries[0]!, instrument), 'no such crystal'],
      curve(1, 0, 5, 10, 0),
    ]);
    const scene = compareScene(compare, instrument, some, 'twoTheta');
    expect(scene?.curves.map(({ index }) => index)).toEqual([1]);
    expect(scene?.subtracted).toBeNull();
    expect(compareScene(compare, instrument, new Map(), 'twoTheta')).toBeNull();
  });
});

describe('the frame', () => {
  const mirror = { ...compare, arrangement: 'mirror' } as const;
  const scene = compareScene(mirror, instrument, computed, 'twoTheta')!;
  const view = { axis: 'twoTheta', intensity: 'linear', style: 'profile', range: [10, 14] } as const;
  const frame = plotFrame(1000, 500, scene, view);
  it('puts the highest point of the tallest pattern at the end of its strip, up or down', () => {
    const [up, down] = frame.lanes;
    expect(frame.y(up!, 200)).toBeCloseTo(up!.base - up!.height, 9);
    expect(frame.y(down!, 200)).toBeCloseTo(down!.base + down!.height, 9);
  });
  it('takes an angle to a pixel and back', () => {
    expect(frame.twoThetaAt(frame.xOf(12.3, scene.curves[0]!.wavelength))).toBeCloseTo(12.3, 9);
  });
  it('keeps strips, ticks and difference apart, in this order', () => {
    const { top, base, rows, pitch, difference, axis } = frame.layout;
    const ticks = rows.flatMap(([from, to]) => [from, to, from + pitch]);
    const edges = [top, base, ...ticks, difference!.top, difference!.bottom, axis];
    expect([...edges].sort((p, q) => p - q)).toEqual(edges);
  });
});

describe('the table for other programs', () => {
  it('has a column for every pattern of the picture and the difference', () => {
    const lines = compareCsv(compareScene(compare, instrument, computed, 'twoTheta')!)
      .trim()
      .split('\n');
    expect(lines[0]).toBe('two_theta_deg,NaCl,KCl,NaCl minus KCl');
    expect(lines[3]).toBe('12.0000,0.0000000,200.00000,-200.00000');
    expect(lines).toHaveLength(5);
  });
});

describe('the names in a waterfall', () => {
  it('stand on the base lines of their own curves, however close those are', () => {
    const waterfall = { ...compare, arrangement: 'waterfall', spread: 0.15 } as const;
    const scene = compareScene(waterfall, instrument, computed, 'twoTheta')!;
    const view = { axis: 'twoTheta', intensity: 'linear', style: 'profile', range: [10, 14] } as const;
    const frame = plotFrame(1000, 500, scene, view);
    const written: [string, number][] = [];
    const ink = {
      measureText: (text: string) => ({ width: 7 * text.length }),
      strokeText: () => {},
      fillText: (text: string, _: number, y: number) => void written.push([text, y]),
    } as unknown as Ink;
    paintTitles(ink, { frame, scene, view, palette: PALETTE });
    expect(written.map(([text]) => text)).toEqual(['NaCl', 'KCl']);
    for (const [i, [, y]] of written.entries()) {
      const above = frame.lanes[i]!.base - y;
      expect(above).toBeGreaterThan(0);
      expect(above).toBeLessThan(22);
    }
  });
});
