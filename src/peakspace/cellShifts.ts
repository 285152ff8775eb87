import { type AxisCells, ORDER } from './axisCells.ts';

/** Moments and local polynomials between a cell of the axis and its two halves; both are [cells of all levels * ORDER]. */

/**
 * SHIFT[n * ORDER + j] = 2⁻ⁿ C(n, j): with the parent's coordinate ξ = (ξ_child ∓ 1)/2 of its left and right half,
 * ξⁿ = Σ_j 2⁻ⁿ C(n, j) (∓1)ⁿ⁻ʲ ξ_childʲ.
 */
export const SHIFT = binomials();

function binomials(): Float64Array {
  const out = new Float64Array(ORDER * ORDER);
  for (let n = 0; n < ORDER; n++) {
    let value = 0.5 ** n;
    for (let j = 0; j <= n; j++) {
      out[n * ORDER + j] = value;
      value *= (n - j) / (j + 1);
    }
  }
  return out;
}

/** Left + right and right − left half of the cell at hand. */
const SUM = new Float64Array(ORDER);
const DIFFERENCE = new Float64Array(ORDER);

/** Moments of the parents from those of their halves. */
export function moveUp({ levels }: AxisCells, moments: Float64Array): void {
  const N: typeof ORDER = 10;
  for (let level = 1; level < levels.length; level++) {
    const { cells, offset } = levels[level]!;
    const children = levels[level - 1]!.offset;
    for (let c = 0; c < cells; c++) {
      const to = (offset + c) * N;
      const left = (children + 2 * c) * N;
      const right = left + N;
      // Moments start with Σ I: without intensity there is nothing to move.
      if (moments[left] === 0 && moments[right] === 0) {
        moments.fill(0, to, to + N);
        continue;
      }
      for (let j = 0; j < N; j++) {
        SUM[j] = moments[right + j] + moments[left + j];
        DIFFERENCE[j] = moments[right + j] - moments[left + j];
      }
      for (let n = 0; n < N; n++) {
        const row = n * N;
        let value = SHIFT[row + n] * SUM[n];
        for (let j = n - 1; j >= 1; j -= 2)
          value += SHIFT[row + j] * DIFFERENCE[j] + SHIFT[row + j - 1] * SUM[j - 1];
        if (n & 1) value += SHIFT[row] * DIFFERENCE[0];
        moments[to + n] = value;
      }
    }
  }
}

/** Local polynomials of the halves, added to what they have, from those of their parents. */
export function moveDown({ levels }: AxisCells, moments: Float64Array, potential: Float64Array): void {
  const N: typeof ORDER = 10;
  for (let level = levels.length - 1; level > 0; level--) {
    const { cells, offset } = levels[level]!;
    const children = levels[level - 1]!.offset;
    for (let c = 0; c < cells; c++) {
      const from = (offset + c) * N;
      if (moments[from] === 0) continue;
      const left = (children + 2 * c) * N;
      for (let j = 0; j < N; j++) {
        let even = 0;
        let odd = 0;
        for (let n = j; n < N; n += 2) even += SHIFT[n * N + j] * potential[from + n];
        for (let n = j + 1; n < N; n += 2) odd += SHIFT[n * N + j] * potential[from + n];
        potential[left + j] += even - odd;
        potential[left + N + j] += even + odd;
      }
    }
  }
}
