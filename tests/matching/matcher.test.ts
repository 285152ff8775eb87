import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { LIBRARY } from '../../src/crystal/library.ts';
import type { Site } from '../../src/crystal/structure.ts';
import { MATCH_OPTIONS, matchCrystals, matchReduced, reduceCrystal } from '../../src/matching/matcher.ts';
import type { Crystal } from '../../src/matching/periodicSet.ts';
import { coordinateNoise, latticeNoise } from '../../src/noise/noise.ts';
import { seededRng } from '../../src/num/rng.ts';
import { jeffreysInterval } from '../../src/stats/jeffreys.ts';
import { libraryStructure } from '../support/library.ts';

const site = (element: string, fract: Site['fract'], occupancy = 1): Site => ({
  label: element,
  element,
  fract,
  occupancy,
});

/** Caesium chloride with one edge and the second atom free. */
const twoAtoms = (cell: Cell, z = 0.5): Crystal => ({
  cell,
  sites: [site('Cs', [0, 0, 0]), site('Cl', [0.5, 0.5, z])],
});
const CUBE: Cell = [4, 4, 4, 90, 90, 90];
const UNSCALED = { ...MATCH_OPTIONS, scale: false };

describe('the gauges of a match', () => {
  it('name the worst ratio of lengths, beyond the tolerance too', () => {
    const near = matchCrystals(twoAtoms(CUBE), twoAtoms([4, 4, 4.36, 90, 90, 90]), UNSCALED);
    expect(near).toMatchObject({ matched: true, end: 'match' });
    expect(near.length).toBeCloseTo(0.09, 12);
    const far = matchCrystals(twoAtoms(CUBE), twoAtoms([4, 4, 4.6, 90, 90, 90]), UNSCALED);
    expect(far).toMatchObject({ matched: false, end: 'lattice' });
    expect(far.length).toBeCloseTo(0.15, 12);
    // The sites would fit, so the lattice alone is what is wrong.
    expect(far.maximum).toBeLessThan(1e-12);
  });

  it('name the worst difference of angles, beyond the tolerance too', () => {
    for (const [angle, matched] of [
      [94, true],
      [97, false],
    ] as const) {
      const report = matchCrystals(twoAtoms(CUBE), twoAtoms([4, 4, 4, 90, 90, angle]), UNSCALED);
      expect(report.matched).toBe(matched);
      expect(report.angle).toBeCloseTo(angle - 90, 10);
      expect(report.length).toBeLessThan(1e-12);
    }
  });

  it('name rms and maximum in units of the free length, the common shift taken off', () => {
    // Cl moves 0.4 Å: half of it falls on each atom. Free length 4 / 2^⅓.
    const report = matchCrystals(twoAtoms(CUBE), twoAtoms(CUBE, 0.6));
    const expected = 0.2 / (4 / Math.cbrt(2));
    expect(report.freeLength).toBeCloseTo(4 / Math.cbrt(2), 12);
    expect(report.rms).toBeCloseTo(expected, 12);
    expect(report.maximum).toBeCloseTo(expected, 12);
    expect(report.matched).toBe(true);
  });

  it('show how far sites miss when the lattice is right', () => {
    // 1.8 Å apart after the shift of 0.45 × 4 Å: 0.9 Å each, 0.28 of the free length.
    const report = matchCrystals(twoAtoms(CUBE), twoAtoms(CUBE, 0.05));
    expect(report).toMatchObject({ matched: false, end: 'sites', length: 0, angle: 0 });
    expect(report.maximum).toBeCloseTo(0.9 / (4 / Math.cbrt(2)), 12);
  });

  it('agree with the verdict at the very edge of stol', () => {
    const edge = matchCrystals(twoAtoms(CUBE), twoAtoms(CUBE, 0.6)).maximum!;
    const verdict = (stol: number): boolean =>
      matchCrystals(twoAtoms(CUBE), twoAtoms(CUBE, 0.6), { ...MATCH_OPTIONS, stol }).matched;
    expect(verdict(edge * 1.0001)).toBe(true);
    expect(verdict(edge * 0.9999)).toBe(false);
  });
});

describe('a comparison far beyond the tolerances', () => {
  it('has gauges up to four times the tolerances, and none beyond', () => {
    const off = matchCrystals(twoAtoms(CUBE), twoAtoms([4, 4, 5.4, 90, 90, 90]), UNSCALED);
    expect(off.length).toBeCloseTo(0.35, 10);
    const lost = matchCrystals(twoAtoms(CUBE), twoAtoms([4, 4, 16, 90, 90, 90]), UNSCALED);
    expect(lost).toMatchObject({ matched: false, end: 'lattice', length: null, rms: null });
  });
});

describe('what a match ignores and what it does not', () => {
  it('ignores volume when it scales, and only then', () => {
    const large: Cell = [5, 5, 5, 90, 90, 90];
    const scaled = matchCrystals(twoAtoms(CUBE), twoAtoms(large));
    expect(scaled.matched).toBe(true);
    expect(scaled.volumeRatio).toBeCloseTo(125 / 64, 12);
    const unscaled = matchCrystals(twoAtoms(CUBE), twoAtoms(large), UNSCALED);
    expect(unscaled).toMatchObject({ matched: false, end: 'lattice' });
    expect(unscaled.length).toBeCloseTo(0.25, 12);
  });

  it('tells compositions apart, occupancies included', () => {
    const pure = twoAtoms(CUBE);
    const partial: Crystal = { ...pure, sites: [pure.sites[0]!, site('Cl', [0.5, 0.5, 0.5], 0.9)] };
    const mixed: Crystal = {
      ...pure,
      sites: [pure.sites[0]!, site('Cl', [0.5, 0.5, 0.5], 0.6), site('Br', [0.5, 0.5, 0.5], 0.4)],
    };
    const other: Crystal = { ...mixed, sites: [mixed.sites[2]!, mixed.sites[1]!, mixed.sites[0]!] };
    expect(matchCrystals(pure, partial).end).toBe('composition');
    expect(matchCrystals(pure, mixed).end).toBe('composition');
    expect(matchCrystals(mixed, other)).toMatchObject({ matched: true, sites: [2, 2] });
  });

  it('counts a supercell as the same only when cells are made primitive', () => {
    const doubled: Crystal = {
      cell: [4, 4, 8, 90, 90, 90],
      sites: [0, 0.5].flatMap(z => [site('Cs', [0, 0, z]), site('Cl', [0.5, 0.5, z + 0.25])]),
    };
    expect(matchCrystals(twoAtoms(CUBE), doubled).matched).toBe(true);
    const kept = matchCrystals(twoAtoms(CUBE), doubled, { ...MATCH_OPTIONS, primitiveCell: false });
    expect(kept).toMatchObject({ matched: false, end: 'siteCount', sites: [2, 4], rms: null });
  });

  it('answers for a cell too skew to be reduced, where it once threw, with the reason', () => {
    const skew = twoAtoms([2, 5000, 5, 90, 90, 0.058]);
    expect(matchCrystals(twoAtoms(CUBE), skew)).toMatchObject({
      matched: false,
      end: 'reduction',
      maximum: null,
    });
    expect(reduceCrystal(skew).problem).toContain('too skew to be reduced');
  });

  it('refuses cells that are none', () => {
    expect(() => matchCrystals(twoAtoms(CUBE), twoAtoms([4, 4, -4, 90, 90, 90]))).toThrow('c = -4');
    expect(() => reduceCrystal({ cell: CUBE, sites: [] })).toThrow('without sites');
  });

  it('every library structure matches itself with nothing displaced', () => {
    for (const { id } of LIBRARY) {
      const structure = libraryStructure(id);
      const report = matchCrystals(structure, structure);
      expect(report, id).toMatchObject({ matched: true, length: expect.closeTo(0, 9) });
      expect(report.maximum, id).toBeLessThan(1e-9);
    }
  });
});

describe('match rates without any descent', () => {
  // 3,000 verdicts of pymatgen on other draws: 0.947, 0.290, 0.081.
  it.each([
    [0.05, 0.947],
    [0.1, 0.29],
    [0.15, 0.081],
  ])('at lattice noise %f are near %f', (sigma, pymatgen) => {
    let matches = 0;
    for (const [i, { id }] of LIBRARY.entries()) {
      const structure = libraryStructure(id);
      const truth = reduceCrystal(structure);
      const rng = seededRng(1000 * i + 100 * sigma);
      for (let variant = 0; variant < 100; variant++) {
        const copy = { ...structure, cell: latticeNoise(structure.cell, sigma, rng) };
        if (matchReduced(truth, reduceCrystal(copy)).matched) matches++;
      }
    }
    const [low, high] = jeffreysInterval(matches, 1000, 0.9999);
    expect(low).toBeLessThan(pymatgen);
    expect(high).toBeGreaterThan(pymatgen);
  });

  it('at coordinate noise of 0.01 hang on the cell: a centred one no longer counts as centred', () => {
    const structure = libraryStructure('NdAl8Cu4');
    const truth = reduceCrystal(structure);
    const copy = { ...structure, sites: coordinateNoise(structure.sites, 0.01, seededRng(1)) };
    expect(matchReduced(truth, reduceCrystal(copy))).toMatchObject({ end: 'siteCount', sites: [13, 26] });
    // Both in the conventional cell: no atom is far off.
    const whole = { ...MATCH_OPTIONS, primitiveCell: false };
    expect(matchCrystals(structure, copy, whole).matched).toBe(true);
  });
});

describe('the order of the two', () => {
  it('decides the verdict on some copies of the paper’s noise: 72 of 500 at σ = 0.1', () => {
    let differing = 0;
    for (const { id } of LIBRARY) {
      const { cell, sites } = libraryStructure(id);
      const truth = reduceCrystal({ cell, sites });
      const rng = seededRng(1);
      for (let copy = 0; copy < 50; copy++) {
        const other = reduceCrystal({ cell: latticeNoise(cell, 0.1, rng), sites });
        if (matchReduced(truth, other).matched !== matchReduced(other, truth).matched) differing++;
      }
    }
    expect(differing).toBe(72);
  });
});
