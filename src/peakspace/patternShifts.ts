import { PATTERN_ORDER, type PatternAxis } from './patternAxis.ts';

/** Moments and local polynomials between a cell of the axis and its two halves; both are [cells of all levels * 12]. */

/**
 * SHIFT[n * 12 + j] = 2⁻ⁿ C(n, j): with the parent's coordinate ξ = (ξ_child ∓ 1)/2 of its left and right half,
 * ξⁿ = Σ_j 2⁻ⁿ C(n, j) (∓1)ⁿ⁻ʲ ξ_childʲ.
 */
export const SHIFT = binomials();

function binomials(): Float64Array {
  const out = new Float64Array(PATTERN_ORDER * PATTERN_ORDER);
  for (let n = 0; n < PATTERN_ORDER; n++) {
    let value = 0.5 ** n;
    for (let j = 0; j <= n; j++) {
      out[n * PATTERN_ORDER + j] = value;
      value *= (n - j) / (j + 1);
    }
  }
  return out;
}

/** Left + right and right − left half of the cell at hand. */
const SUM = new Float64Array(PATTERN_ORDER);
const DIFFERENCE = new Float64Array(PATTERN_ORDER);

/** Moments of the parents from those of their halves. */
export function momentsUp({ levels }: PatternAxis, moments: Float64Array): void {
  const N: typeof PATTERN_ORDER = 12;
  for (let level = 1; level < levels.length; level++) {
    const { cells, offset } = levels[level]!;
    const children = levels[level - 1]!.offset;
    for (let c = 0; c < cells; c++) {
      const left = (children + 2 * c) * N;
      for (let j = 0; j < N; j++) {
        SUM[j] = moments[left + N + j] + moments[left + j];
        DIFFERENCE[j] = moments[left + N + j] - moments[left + j];
      }
      const to = (offset + c) * N;
      for (let n = 0; n < N; n++) {
        let value = 0;
        for (let j = n; j >= 0; j -= 2) value += SHIFT[n * N + j] * SUM[j];
        for (let j = n - 1; j >= 0; j -= 2) value += SHIFT[n * N + j] * DIFFERENCE[j];
        moments[to + n] = value;
      }
    }
  }
}

/**
 * The transpose: local polynomials of the halves, added to what they have, from those of their parents.
 * @param where its first number of a cell is zero where the polynomial is of no use; null: all are wanted
 */
export function polynomialsDown(
  { levels }: PatternAxis,
  where: Float64Array | null,
  potential: Float64Array,
): void {
  const N: typeof PATTERN_ORDER = 12;
  for (let level = levels.length - 1; level > 0; level--) {
    const { cells, offset } = levels[level]!;
    const children = levels[level - 1]!.offset;
    for (let c = 0; c < cells; c++) {
      const from = (offset + c) * N;
      if (where !== null && where[from] === 0) continue;
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
