import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/num/rng.ts';
import { symmetricEigen } from '../../src/num/symmetricEigen.ts';
import { fc } from '../support/seeded.ts';

describe('eigenvalues of a symmetric matrix', () => {
  it('are those of a known matrix', () => {
    // 2 on the diagonal, −1 beside it: 2 − 2 cos(kπ/(n + 1)).
    const n = 6;
    const matrix = Float64Array.from({ length: n * n }, (_, i) => {
      const distance = Math.abs(Math.floor(i / n) - (i % n));
      return distance === 0 ? 2 : distance === 1 ? -1 : 0;
    });
    const found = symmetricEigen(matrix, n).values;
    for (let k = 1; k <= n; k++)
      expect(found[k - 1]).toBeCloseTo(2 - 2 * Math.cos((k * Math.PI) / (n + 1)), 12);
  });
  it('keep trace and squared norm of random matrices, close pairs included', () => {
    const random = seededRng(7);
    for (let round = 0; round < 20; round++) {
      const n = 1 + (round % 6);
      const matrix = Float64Array.from({ length: n * n }, () => random.uniform() - 0.5);
      for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) matrix[i * n + j] = matrix[j * n + i]!;
      const found = symmetricEigen(matrix, n).values;
      let trace = 0;
      for (let i = 0; i < n; i++) trace += matrix[i * n + i]!;
      const norm = matrix.reduce((sum, v) => sum + v * v, 0);
      expect(found.reduce((sum, v) => sum + v, 0)).toBeCloseTo(trace, 12);
      expect(found.reduce((sum, v) => sum + v * v, 0)).toBeCloseTo(norm, 12);
    }
    expect(symmetricEigen([1, 1e-9, 1e-9, 1], 2).values.at(-1)).toBeCloseTo(1 + 1e-9, 15);
  });
});

const entry = fc.double({ min: -10, max: 10, noNaN: true });

describe('eigenvalues of a symmetric 3 × 3 matrix', () => {
  it('are the roots of the characteristic polynomial, in ascending order', () => {
    fc.assert(
      fc.property(fc.tuple(entry, entry, entry, entry, entry, entry), ([a, b, c, d, e, f]) => {
        const { values } = symmetricEigen([a, d, e, d, b, f, e, f, c], 3);
        const [low, middle, high] = [values[0]!, values[1]!, values[2]!];
        expect(high).toBeGreaterThanOrEqual(middle - 1e-9);
        expect(middle).toBeGreaterThanOrEqual(low - 1e-9);
        const minors = a * b - d * d + a * c - e * e + b * c - f * f;
        const determinant = a * (b * c - f * f) - d * (d * c - f * e) + e * (d * f - b * e);
        expect(high + middle + low).toBeCloseTo(a + b + c, 9);
        expect(high * middle + high * low + middle * low).toBeCloseTo(minors, 7);
        expect(high * middle * low).toBeCloseTo(determinant, 5);
      }),
    );
  });

  it('of a multiple of the identity are that multiple, three times', () => {
    expect([...symmetricEigen([4, 0, 0, 0, 4, 0, 0, 0, 4], 3).values]).toEqual([4, 4, 4]);
  });

  it('of a matrix worked out by hand', () => {
    // [[2, 1, 0], [1, 2, 0], [0, 0, 5]]: 1, 3, 5
    const found = symmetricEigen([2, 1, 0, 1, 2, 0, 0, 0, 5], 3).values;
    for (const [i, expected] of [1, 3, 5].entries()) expect(found[i]).toBeCloseTo(expected, 12);
  });
});
