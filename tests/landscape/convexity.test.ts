import { describe, expect, it } from 'vitest';
import { convexity } from '../../src/landscape/convexity.ts';

const field = (value: (x: number, y: number) => number, n = 21) => {
  const axis = Float64Array.from({ length: n }, (_, i) => -1 + (2 * i) / (n - 1));
  return {
    xs: axis,
    ys: axis,
    values: Float64Array.from({ length: n * n }, (_, k) => value(axis[k % n]!, axis[Math.floor(k / n)]!)),
  };
};

describe('convexity of a field', () => {
  it('has no non-convex point in a bowl, turned too, and only such points on a saddle', () => {
    expect(convexity(field((x, y) => x * x + 3 * y * y + x * y))).toEqual({ points: 361, nonConvex: 0 });
    // x² + y² + 2.5 xy has the eigenvalues 2 ± 2.5.
    expect(convexity(field((x, y) => x * x + y * y + 2.5 * x * y))).toEqual({ points: 361, nonConvex: 361 });
  });

  it('finds the concave part of a double well: |x| < 1/√3 of (x² − 1)²', () => {
    // On the grid −0.9 … 0.9 in tenths; the second difference of x⁴ adds 2 h², so the change is at √((4 − 0.02)/12) = 0.576.
    const { nonConvex } = convexity(field((x, y) => (x * x - 1) ** 2 + y * y));
    expect(nonConvex).toBe(11 * 19);
  });

  it('leaves out points beside a gap', () => {
    expect(convexity(field((x, y) => (x > 0.45 ? Number.NaN : x * x + y * y))).points).toBe(13 * 19);
  });
});
