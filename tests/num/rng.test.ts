import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/num/rng.ts';

describe('the seeded generator', () => {
  it('repeats its sequence for the same seed and not for another', () => {
    const draw = (seed: number): number[] => {
      const rng = seededRng(seed);
      return Array.from({ length: 50 }, () => rng.uniform());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('gives the published first values of mulberry32', () => {
    // Worked out with 32-bit integer arithmetic in another language from the published algorithm.
    const rng = seededRng(1);
    expect([rng.uniform(), rng.uniform(), rng.uniform()].map(value => value * 4294967296)).toEqual([
      2693262067, 11749833, 2265367787,
    ]);
  });

  it('is uniform in [0, 1): mean 1/2, variance 1/12', () => {
    const rng = seededRng(123);
    const values = Array.from({ length: 20_000 }, () => rng.uniform());
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(mean).toBeCloseTo(0.5, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
  });

  it('is normal where asked: mean 0, variance 1, kurtosis 3', () => {
    const rng = seededRng(5);
    const values = Array.from({ length: 40_000 }, () => rng.normal());
    const moment = (power: number): number =>
      values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    expect(values.every(Number.isFinite)).toBe(true);
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(moment(2)).toBeCloseTo(1, 1);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
  });
});
