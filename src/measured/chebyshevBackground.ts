import { solveSymmetric } from '../num/solveSymmetric.ts';

/** Rounds of fitting and clipping; the set of points is steady long before. */
const MOST_ROUNDS = 40;

/** Points more than this many standard deviations of the kept ones above the fit count as peaks. */
const CLIP = 1.5;

/**
 * Background as a series of Chebyshev polynomials of the first kind over the range of the scan, fitted by least squares;
 * points that stand above the fit are taken out and the fit repeated until the set is steady.
 * @param x 2θ, ascending [n]
 * @param y intensities [n]
 * @param degree 0–20
 * @param counts which points take part, [n], 1 or 0; null for all
 */
export function chebyshevBackground(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  degree: number,
  counts: ArrayLike<number> | null = null,
): Float64Array {
  const n = x.length;
  const [first, last] = [x[0]!, x[n - 1]!];
  const scaled = (i: number): number => (2 * x[i]! - first - last) / Math.max(1e-12, last - first);
  const use = Uint8Array.from({ length: n }, (_, i) => (counts && !counts[i] ? 0 : 1));
  const start = Uint8Array.from(use);
  let coefficients: Float64Array = new Float64Array(degree + 1);
  let fit: Float64Array = new Float64Array(n);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    coefficients = leastSquares(scaled, y, use, degree);
    fit = Float64Array.from({ length: n }, (_, i) => series(coefficients, scaled(i)));
    let sum = 0;
    let kept = 0;
    for (let i = 0; i < n; i++)
      if (use[i]) {
        sum += (y[i]! - fit[i]!) ** 2;
        kept++;
      }
    const sigma = Math.sqrt(sum / Math.max(1, kept));
    let changed = false;
    for (let i = 0; i < n; i++) {
      const next = start[i] && y[i]! - fit[i]! <= CLIP * sigma ? 1 : 0;
      if (next !== use[i]) changed = true;
      use[i] = next;
    }
    if (!changed || use.reduce((total, value) => total + value, 0) <= 2 * (degree + 1)) break;
  }
  return fit;
}

/** Σ c_k T_k(t) by Clenshaw's recurrence. */
function series(c: Float64Array, t: number): number {
  let [b1, b2] = [0, 0];
  for (let k = c.length - 1; k >= 1; k--) [b1, b2] = [c[k]! + 2 * t * b1 - b2, b1];
  return c[0]! + t * b1 - b2;
}

function leastSquares(
  t: (i: number) => number,
  y: ArrayLike<number>,
  use: Uint8Array,
  degree: number,
): Float64Array {
  const m = degree + 1;
  const normal = new Float64Array(m * m);
  const right = new Float64Array(m);
  const basis = new Float64Array(m);
  for (let i = 0; i < use.length; i++) {
    if (!use[i]) continue;
    const at = t(i);
    basis[0] = 1;
    if (m > 1) basis[1] = at;
    for (let k = 2; k < m; k++) basis[k] = 2 * at * basis[k - 1]! - basis[k - 2]!;
    for (let j = 0; j < m; j++) {
      right[j]! += basis[j]! * y[i]!;
      for (let k = 0; k <= j; k++) normal[j * m + k]! += basis[j]! * basis[k]!;
    }
  }
  return solveSymmetric(normal, right, m);
}
