/**
 * The solution of A x = b, A symmetric and positive, by Cholesky; a pivot that vanishes (fewer equations than unknowns)
 * leaves its unknown at 0.
 * @param normal A, row-major [m * m]; its lower triangle counts
 */
export function solveSymmetric(normal: Float64Array, right: Float64Array, m: number): Float64Array {
  const l = new Float64Array(m * m);
  for (let j = 0; j < m; j++) {
    for (let k = 0; k <= j; k++) {
      let sum = normal[j * m + k]!;
      for (let p = 0; p < k; p++) sum -= l[j * m + p]! * l[k * m + p]!;
      if (j === k) l[j * m + j] = sum > 1e-10 * normal[j * m + j]! ? Math.sqrt(sum) : 0;
      else l[j * m + k] = l[k * m + k]! > 0 ? sum / l[k * m + k]! : 0;
    }
  }
  const z = new Float64Array(m);
  for (let j = 0; j < m; j++) {
    let sum = right[j]!;
    for (let p = 0; p < j; p++) sum -= l[j * m + p]! * z[p]!;
    z[j] = l[j * m + j]! > 0 ? sum / l[j * m + j]! : 0;
  }
  for (let j = m - 1; j >= 0; j--) {
    let sum = z[j]!;
    for (let p = j + 1; p < m; p++) sum -= l[p * m + j]! * z[p]!;
    z[j] = l[j * m + j]! > 0 ? sum / l[j * m + j]! : 0;
  }
  return z;
}
