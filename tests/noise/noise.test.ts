import { describe, expect, it } from 'vitest';
import { type Cell, cellProblem } from '../../src/crystal/cell.ts';
import type { Site } from '../../src/crystal/structure.ts';
import { coordinateNoise, latticeNoise, NOISE_LEVELS } from '../../src/noise/noise.ts';
import { normalDeviate } from '../../src/num/normalDeviate.ts';
import { type Rng, seededRng } from '../../src/num/rng.ts';

const CELL: Cell = [4, 5, 6, 90, 105, 90];
const SITES: readonly Site[] = [
  { label: 'A', element: 'Na', fract: [0, 0.5, 0.999], occupancy: 1 },
  { label: 'B1', element: 'Co', fract: [0.25, 0.25, 0.25], occupancy: 0.5 },
  { label: 'B2', element: 'Ni', fract: [0.25, 0.25, 0.25], occupancy: 0.5 },
];

/** Uniform deviates given one by one. */
const scripted = (values: readonly number[]): Rng => {
  let next = 0;
  return { uniform: () => values[next++]!, normal: () => Number.NaN };
};

describe('lattice noise', () => {
  it('is L̃ = S L with the draws of S row by row', () => {
    // Only s_12 = +0.1: the vector b = (0, 5, 0) becomes (0.5, 5, 0).
    const draws = [0.5, 1 - 1e-12, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5];
    const [a, b, c, alpha, , gamma] = latticeNoise([4, 5, 6, 90, 90, 90], 0.1, scripted(draws));
    expect([a, c, alpha]).toEqual([4, 6, 90]);
    expect(b).toBeCloseTo(Math.hypot(0.5, 5), 10);
    expect(gamma).toBeCloseTo((Math.atan2(5, 0.5) * 180) / Math.PI, 9);
  });

  it('repeats for a seed, differs for another and leaves the cell alone at level 0', () => {
    expect(latticeNoise(CELL, 0.1, seededRng(3))).toEqual(latticeNoise(CELL, 0.1, seededRng(3)));
    expect(latticeNoise(CELL, 0.1, seededRng(3))).not.toEqual(latticeNoise(CELL, 0.1, seededRng(4)));
    for (const [i, value] of latticeNoise(CELL, 0, seededRng(3)).entries())
      expect(value).toBeCloseTo(CELL[i]!, 10);
  });

  it('of every level gives cells, with strains within the level and spread as σ²/3', () => {
    for (const sigma of NOISE_LEVELS.lattice) {
      const rng = seededRng(100 * sigma);
      const strains = Array.from({ length: 2000 }, () => {
        const cell = latticeNoise([5, 5, 5, 90, 90, 90], sigma, rng);
        expect(cellProblem(cell)).toBeNull();
        // s_11 of a cube: a is (s11, s21, s31) · 5.
        return cell[0] / 5 - 1;
      });
      expect(Math.min(...strains)).toBeGreaterThanOrEqual(-sigma);
      const mean = strains.reduce((sum, value) => sum + value, 0) / strains.length;
      // second-order lengthening by the two shears: σ²/3
      expect(Math.abs(mean - sigma ** 2 / 3)).toBeLessThan(0.06 * sigma);
      const variance = strains.reduce((sum, value) => sum + (value - mean) ** 2, 0) / strains.length;
      expect(variance / (sigma ** 2 / 3)).toBeGreaterThan(0.9);
      expect(variance / (sigma ** 2 / 3)).toBeLessThan(1.1);
    }
  });

  it('refuses levels that could turn a cell inside out', () => {
    expect(() => latticeNoise(CELL, 0.4, seededRng(1))).toThrow('0.4');
    expect(() => latticeNoise(CELL, Number.NaN, seededRng(1))).toThrow('NaN');
  });
});

describe('coordinate noise', () => {
  it('stays in [0, 1), moves species of one position as one, and keeps the rest of a site', () => {
    const moved = coordinateNoise(SITES, 0.05, seededRng(6));
    for (const { fract } of moved)
      for (const x of fract) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThan(1);
      }
    expect(moved[1]!.fract).toEqual(moved[2]!.fract);
    expect(moved[1]!.fract).not.toEqual(SITES[1]!.fract);
    expect(moved.map(({ fract: _, ...rest }) => rest)).toEqual(SITES.map(({ fract: _, ...rest }) => rest));
  });

  it('has the spread asked for', () => {
    const sites = Array.from({ length: 3000 }, (_, i) => ({
      ...SITES[0]!,
      fract: [0.5, 0.5, i * 1e-9] as const,
    }));
    const moved = coordinateNoise(sites, 0.01, seededRng(8));
    const offsets = moved.flatMap(({ fract }) => [fract[0] - 0.5, fract[1] - 0.5]);
    const variance = offsets.reduce((sum, value) => sum + value * value, 0) / offsets.length;
    expect(Math.sqrt(variance)).toBeGreaterThan(0.0097);
    expect(Math.sqrt(variance)).toBeLessThan(0.0103);
  });

  it('refuses a negative level', () => {
    expect(() => coordinateNoise(SITES, -0.1, seededRng(1))).toThrow('-0.1');
  });
});

describe('the normal deviate', () => {
  it('has the moments and tails of a normal', () => {
    const rng = seededRng(12);
    const values = Array.from({ length: 200_000 }, () => normalDeviate(rng));
    const moment = (power: number): number => values.reduce((sum, v) => sum + v ** power, 0) / values.length;
    expect(Math.abs(moment(1))).toBeLessThan(0.01);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.015);
    expect(Math.abs(moment(3))).toBeLessThan(0.03);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.08);
    const beyond = (z: number): number => values.filter(v => Math.abs(v) > z).length / values.length;
    // 2 (1 − Φ(z))
    expect(Math.abs(beyond(1) - 0.3173)).toBeLessThan(0.005);
    expect(Math.abs(beyond(2) - 0.0455)).toBeLessThan(0.002);
    expect(Math.abs(beyond(3) - 0.0027)).toBeLessThan(0.0005);
  });

  it('is the quotient of its two uniforms', () => {
    // u = 1 − 0.25, v = 1.7156 (0.6 − 0.5): inside the inner ellipse, so taken at once.
    expect(normalDeviate(scripted([0.25, 0.6]))).toBeCloseTo(0.17156 / 0.75, 14);
  });
});
