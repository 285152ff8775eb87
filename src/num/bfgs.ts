/** The n × n matrix `value` · 1, row-major. */
export function scaledIdentity(n: number, value: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = value;
  return matrix;
}

/** B v. */
export function times(matrix: Float64Array, v: Float64Array): Float64Array {
  const n = v.length;
  return v.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[i * n + j]! * v[j]!;
    return sum;
  });
}

const dot = (p: Float64Array, q: Float64Array): number => p.reduce((sum, value, i) => sum + value * q[i]!, 0);

/**
 * The BFGS update of an inverse Hessian: B + (1 + yᵀBy/sᵀy) ssᵀ/sᵀy − (B y sᵀ + s yᵀB)/sᵀy (Nocedal & Wright, 6.17).
 * Without positive curvature along the step (sᵀy ≤ 0) B stays as it is, and positive definite.
 * @param s the step
 * @param y the change of the gradient along it
 */
export function addInverseUpdate(matrix: Float64Array, s: Float64Array, y: Float64Array): Float64Array {
  const n = s.length;
  const sy = dot(s, y);
  if (!(sy > 1e-12)) return matrix;
  const by = times(matrix, y);
  const scale = (1 + dot(y, by) / sy) / sy;
  const out = Float64Array.from(matrix);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      out[i * n + j] = out[i * n + j]! + scale * s[i]! * s[j]! - (by[i]! * s[j]! + s[i]! * by[j]!) / sy;
  return out;
}
