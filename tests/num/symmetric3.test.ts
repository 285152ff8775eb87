import { describe, expect, it } from 'vitest';
import { symmetricEigenvalues } from '../../src/num/symmetric3.ts';
import { fc } from '../support/seeded.ts';

const entry = fc.double({ min: -10, max: 10, noNaN: true });

describe('eigenvalues of a symmetric 3 × 3 matrix', () => {
  it('are the roots of the characteristic polynomial, in descending order', () => {
    fc.assert(
      fc.property(fc.tuple(entry, entry, entry, entry, entry, entry), ([a, b, c, d, e, f]) => {
        const [high, middle, low] = symmetricEigenvalues([a, d, e, d, b, f, e, f, c]);
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
    expect(symmetricEigenvalues([4, 0, 0, 0, 4, 0, 0, 0, 4])).toEqual([4, 4, 4]);
  });

  it('of a matrix worked out by hand', () => {
    // [[2, 1, 0], [1, 2, 0], [0, 0, 5]]: 5, 3, 1
    const found = symmetricEigenvalues([2, 1, 0, 1, 2, 0, 0, 0, 5]);
    for (const [i, expected] of [5, 3, 1].entries()) expect(found[i]).toBeCloseTo(expected, 12);
  });
});
