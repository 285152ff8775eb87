import { describe, expect, it } from 'vitest';
import { seededRng } from '../../src/num/rng.ts';
import { symmetricEigenvalues } from '../../src/num/symmetricEigen.ts';

describe('eigenvalues of a symmetric matrix', () => {
  it('are those of a known matrix', () => {
    // 2 on the diagonal, −1 beside it: 2 − 2 cos(kπ/(n + 1)).
    const n = 6;
    const matrix = Float64Array.from({ length: n * n }, (_, i) => {
      const distance = Math.abs(Math.floor(i / n) - (i % n));
      return distance === 0 ? 2 : distance === 1 ? -1 : 0;
    });
    const found = symmetricEigenvalues(matrix, n);
    for (let k = 1; k <= n; k++)
      expect(found[k - 1]).toBeCloseTo(2 - 2 * Math.cos((k * Math.PI) / (n + 1)), 12);
  });
  it('keep trace and squared norm of random matrices, close pairs included', () => {
    const random = seededRng(7);
    for (let round = 0; round < 20; round++) {
      const n = 1 + (round % 6);
      const matrix = Float64Array.from({ length: n * n }, () => random.uniform() - 0.5);
      for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) matrix[i * n + j] = matrix[j * n + i]!;
      const found = symmetricEigenvalues(matrix, n);
      let trace = 0;
      for (let i = 0; i < n; i++) trace += matrix[i * n + i]!;
      const norm = matrix.reduce((sum, v) => sum + v * v, 0);
      expect(found.reduce((sum, v) => sum + v, 0)).toBeCloseTo(trace, 12);
      expect(found.reduce((sum, v) => sum + v * v, 0)).toBeCloseTo(norm, 12);
    }
    expect(symmetricEigenvalues([1, 1e-9, 1e-9, 1], 2).at(-1)).toBeCloseTo(1 + 1e-9, 15);
  });
});
