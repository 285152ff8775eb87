import { describe, expect, it } from 'vitest';
import { latticeMatrix } from '../../src/crystal/cell.ts';
import { contributions } from '../../src/phasing/contributions.ts';
import { structureFactors } from '../../src/phasing/structureFactors.ts';
import { toCartesian } from '../../src/views/cell/cellAtoms.ts';
import { siteNames } from '../../src/views/phases/AtomControls.tsx';
import { argandFrame, arrowChain, arrowHead } from '../../src/views/phases/argandLayout.ts';
import { contrast, elementInk } from '../../src/views/phases/elementInk.ts';
import { differenceText, powerText } from '../../src/views/phases/LabPattern.tsx';
import { latticePlanes } from '../../src/views/phases/latticePlanes.ts';
import { parseHkl, phaseText } from '../../src/views/phases/reflections.ts';
import { fractional, sectionAtoms, sectionFrame } from '../../src/views/phases/sectionFrame.ts';
import { ELEMENTS_FOR_TEST } from '../support/elements.ts';
import { libraryStructure } from '../support/library.ts';

describe('the Argand diagram', () => {
  it('lays the arrows end to end, short ones first, and ends at F', () => {
    const structure = libraryStructure('Na3MnCoNiO6');
    const factors = structureFactors(structure, 1.5);
    for (const k of [0, 5, 17]) {
      const hkl = [factors.hkl[3 * k]!, factors.hkl[3 * k + 1]!, factors.hkl[3 * k + 2]!] as const;
      const chain = arrowChain(contributions(structure, hkl));
      expect(chain.length).toBe(structure.sites.length);
      expect(chain.at(-1)!.to[0]).toBeCloseTo(factors.re[k]!, 9);
      expect(chain.at(-1)!.to[1]).toBeCloseTo(factors.im[k]!, 9);
      const lengths = chain.map(({ from, to }) => Math.hypot(to[0] - from[0], to[1] - from[1]));
      for (let i = 1; i < lengths.length; i++) expect(lengths[i]! - lengths[i - 1]!).toBeGreaterThan(-1e-9);
    }
  });

  it('holds every point and the circle at one scale for both axes', () => {
    const points = [
      [120, -30],
      [-80, 200],
      [5, 5],
    ] as const;
    const frame = argandFrame(400, 320, points, 60);
    for (const [re, im] of [...points, [60, 60], [-60, -60]] as const) {
      expect(frame.x(re)).toBeGreaterThan(0);
      expect(frame.x(re)).toBeLessThan(400);
      expect(frame.y(im)).toBeGreaterThan(0);
      expect(frame.y(im)).toBeLessThan(320);
    }
    expect(frame.x(10) - frame.x(0)).toBeCloseTo(frame.y(0) - frame.y(10), 9);
    // Few ticks whatever the size: none run together.
    for (let width = 120; width < 700; width += 7)
      for (const radius of [0.4, 37, 218, 990])
        expect(argandFrame(width, 230, [], radius).ticksX.length).toBeLessThan(width / 20);
    expect(arrowHead([0, 0], [0.2, 0], 8)).toBe('');
    expect(arrowHead([0, 0], [20, 0], 8).split(' ')[0]).toBe('20.0,0.0');
  });
});

describe('the crests of a wave', () => {
  it('lie where h·x − φ/360° is whole, inside the cell, and are as many as cross it', () => {
    for (const [hkl, phase] of [
      [[1, 0, 0], 0],
      [[2, 1, -1], 75],
      [[3, -2, 4], -120],
    ] as const) {
      const { pieces, count, every } = latticePlanes(hkl, phase);
      expect(pieces.length).toBeGreaterThan(0);
      expect(pieces.length).toBeLessThanOrEqual(Math.ceil(count / every));
      for (const piece of pieces)
        for (const corner of piece) {
          const place = hkl[0] * corner[0] + hkl[1] * corner[1] + hkl[2] * corner[2] - phase / 360;
          expect(Math.abs(place - Math.round(place))).toBeLessThan(1e-9);
          for (const value of corner) expect(value >= 0 && value <= 1).toBe(true);
        }
    }
  });

  it('of 1 1 1 through the middle is a hexagon, of 1 0 0 both faces', () => {
    const hexagon = latticePlanes([1, 1, 1], 180).pieces.find(piece => piece.length === 6);
    expect(hexagon).toBeDefined();
    // In order around it: every side has one length, half a face diagonal.
    for (let i = 0; i < 6; i++) {
      const [p, q] = [hexagon![i]!, hexagon![(i + 1) % 6]!];
      expect(Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2])).toBeCloseTo(Math.SQRT1_2, 9);
    }
    expect(latticePlanes([1, 0, 0], 0).pieces.map(piece => piece[0]![0])).toEqual([0, 1]);
  });

  it('of a high reflection are thinned out, and say by how much', () => {
    const { pieces, count, every } = latticePlanes([12, 8, 3], 0);
    expect(count).toBe(24);
    expect(every).toBe(2);
    expect(pieces.length).toBeLessThanOrEqual(12);
  });
});

describe('a section', () => {
  const cell = [9, 5, 6, 90, 105, 90] as const;

  it('has the angle and the edges of the cell, and finds a place again from its pixel', () => {
    const frame = sectionFrame(cell, 'y', 600, 300);
    const [o, a, c] = [frame.point(0, 0), frame.point(1, 0), frame.point(0, 1)];
    const [u, v] = [
      [a[0] - o[0], a[1] - o[1]],
      [c[0] - o[0], c[1] - o[1]],
    ] as const;
    expect(Math.hypot(...u) / Math.hypot(...v)).toBeCloseTo(9 / 6, 9);
    const angle = Math.acos((u[0] * v[0] + u[1] * v[1]) / (Math.hypot(...u) * Math.hypot(...v)));
    expect((angle * 180) / Math.PI).toBeCloseTo(105, 9);
    expect(frame.letters).toEqual(['a', 'c']);
    const [x, y] = frame.point(0.3, 0.7);
    expect(frame.fraction(x, y)[0]).toBeCloseTo(0.3, 12);
    expect(frame.fraction(x, y)[1]).toBeCloseTo(0.7, 12);
  });

  it('marks atoms near its plane, on both borders where they lie on one', () => {
    const sites = [{ fract: [0, 0, 0] }, { fract: [0.25, 0.08, 0.5] }, { fract: [0.5, 0.5, 0.5] }] as const;
    const atoms = sectionAtoms(sites, cell, 'y', 0);
    expect(atoms.filter(atom => atom.site === 0).length).toBe(4);
    expect(atoms.filter(atom => atom.site === 1)).toEqual([
      { site: 1, u: 0.25, v: 0.5, away: expect.closeTo(0.4, 9) },
    ]);
    expect(atoms.some(atom => atom.site === 2)).toBe(false);
  });

  it('turns Cartesian steps into fractions and back', () => {
    const triclinic = [5, 6, 7, 80, 95, 110] as const;
    const step = [0.3, -1.2, 0.8] as const;
    const back = toCartesian(latticeMatrix(triclinic), fractional(triclinic, step));
    for (const [i, value] of back.entries()) expect(value).toBeCloseTo(step[i]!, 12);
  });
});

describe('colours of elements as lines', () => {
  it('stand out from either panel, and are left alone where they do', () => {
    const rgb = (css: string) => (css.match(/\d+/g) ?? []).map(Number) as unknown as [number, number, number];
    for (const element of ELEMENTS_FOR_TEST)
      for (const panel of ['#ffffff', '#14181c']) {
        const ground = panel === '#ffffff' ? ([255, 255, 255] as const) : ([20, 24, 28] as const);
        expect(contrast(rgb(elementInk(element, panel)), ground)).toBeGreaterThanOrEqual(4.5);
      }
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 9);
  });
});

describe('what is typed and what is said', () => {
  it('reads indices in the ways people write them', () => {
    expect(parseHkl('5 1 -1', 99)).toEqual([5, 1, -1]);
    expect(parseHkl('5, 1, −1', 99)).toEqual([5, 1, -1]);
    expect(parseHkl('51-1', 99)).toEqual([5, 1, -1]);
    expect(parseHkl('11 1 -3', 99)).toEqual([11, 1, -3]);
    expect(parseHkl('0 0 0', 99)).toContain('primary beam');
    expect(parseHkl('1 2', 99)).toContain('not three whole numbers');
    expect(parseHkl('1 2 400', 99)).toContain('from −99 to 99');
  });

  it('writes phases, differences and powers of ten', () => {
    expect([phaseText(-0.2), phaseText(180), phaseText(-180), phaseText(540.4), phaseText(-24)]).toEqual([
      '0°',
      '180°',
      '180°',
      '180°',
      '−24°',
    ]);
    expect(powerText(2.2e-16)).toBe('2 · 10⁻¹⁶');
    expect(differenceText(0)).toBe('difference 0 at every 2θ');
    expect(differenceText(3e-15)).toContain('but for rounding');
    expect(differenceText(1e-9)).not.toContain('difference 0');
    expect(differenceText(0.1737)).toContain('17.37');
  });

  it('names every site once', () => {
    for (const id of ['Na3MnCoNiO6', 'MoS2', 'SrTiO3']) {
      const names = siteNames(libraryStructure(id));
      expect(new Set(names).size).toBe(names.length);
    }
  });
});
