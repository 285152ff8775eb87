/** Polynomial interpolation at Chebyshev nodes, as monomials in the local coordinate −1 … 1, and Gauss quadrature. */

const nodes: Float64Array[] = [];

/** The n nodes cos(π (i + ½) / n). */
export const chebyshevNodes = (n: number): Float64Array =>
  (nodes[n] ??= Float64Array.from({ length: n }, (_, i) => Math.cos((Math.PI * (i + 0.5)) / n)));

/**
 * From values at the n nodes to monomial coefficients, c_m = Σ_a C[m * n + a] f_a: the discrete cosine transform to
 * Chebyshev coefficients, then T_k as monomials. (An inverse Vandermonde matrix without its ill conditioning.)
 */
export function nodalToMonomial(n: number): Float64Array {
  const out = new Float64Array(n * n);
  // T_k as monomials, by T_{k+1} = 2x T_k − T_{k−1}
  let previous = new Float64Array(n);
  let poly = new Float64Array(n);
  poly[0] = 1;
  for (let k = 0; k < n; k++) {
    for (let a = 0; a < n; a++) {
      const weight = ((k === 0 ? 1 : 2) / n) * Math.cos((Math.PI * k * (a + 0.5)) / n);
      for (let m = 0; m <= k; m++) out[m * n + a] += weight * poly[m];
    }
    const next = new Float64Array(n);
    for (let m = 0; m < n; m++)
      next[m] = (m > 0 ? (k === 0 ? 1 : 2) * poly[m - 1] : 0) - (k === 0 ? 0 : previous[m]);
    previous = poly;
    poly = next;
  }
  return out;
}

/** Writes the monomial coefficients, on [low, high] mapped to −1 … 1, of the polynomial through f at the n nodes. */
export function fitMonomials(
  f: (x: number) => number,
  low: number,
  high: number,
  matrix: Float64Array,
  n: number,
  out: Float64Array,
  offset: number,
): void {
  const values = chebyshevNodes(n).map(x => f(0.5 * (low + high) + 0.5 * (high - low) * x));
  for (let m = 0; m < n; m++) {
    let sum = 0;
    for (let a = 0; a < n; a++) sum += matrix[m * n + a] * values[a];
    out[offset + m] = sum;
  }
}
