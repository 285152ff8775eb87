/**
 * Polynomials c₀ + c₁ x + … of a table for Horner's scheme on value and slope at once: (c_n, 0), (c_{n−1}, n c_n), …,
 * (c₀, c₁).
 * @param coefficients [panels * Σ terms]
 * @param terms of the polynomials of a panel
 */
export function valueAndSlope(coefficients: Float64Array, terms: readonly number[]): Float64Array {
  const out = new Float64Array(2 * coefficients.length);
  let at = 0;
  for (let i = 0; at < coefficients.length; i++) {
    const n = terms[i % terms.length]!;
    for (let m = 0; m < n; m++) {
      const power = n - 1 - m;
      out[2 * (at + m)] = coefficients[at + power]!;
      out[2 * (at + m) + 1] = m === 0 ? 0 : (power + 1) * coefficients[at + power + 1]!;
    }
    at += n;
  }
  return out;
}
