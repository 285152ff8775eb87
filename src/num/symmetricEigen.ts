export interface Eigen {
  /** Ascending [n]. */
  readonly values: Float64Array;
  /** Unit vectors in the order of the values, one a row [n * n]. */
  readonly vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a small real symmetric matrix by cyclic Jacobi rotations (Golub & Van Loan, section
 * 8.5): every pair of rows is turned so that its off-diagonal element vanishes, until nothing is left off the diagonal.
 * The vectors are the product of the rotations.
 * @param matrix n × n row-major; only its symmetric part counts
 */
export function symmetricEigen(matrix: ArrayLike<number>, n: number): Eigen {
  const a = Float64Array.from({ length: n * n }, (_, i) => {
    const [row, column] = [Math.floor(i / n), i % n];
    return 0.5 * (matrix[i]! + matrix[column * n + row]!);
  });
  const turned = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  for (let sweep = 0; sweep < 50; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p * n + q]! ** 2;
    if (off === 0) break;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, turned, n, p, q);
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((p, q) => a[p * n + p]! - a[q * n + q]!);
  return {
    values: Float64Array.from(order, i => a[i * n + i]!),
    vectors: Float64Array.from(
      { length: n * n },
      (_, at) => turned[(at % n) * n + order[Math.floor(at / n)]!]!,
    ),
  };
}

/** The rotation in the (p, q) plane that makes a[p][q] zero, applied from both sides, and from the right to `turned`. */
function rotate(a: Float64Array, turned: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(1, theta));
  const c = 1 / Math.hypot(1, t);
  const s = t * c;
  turnColumns(a, n, p, q, c, s);
  turnColumns(turned, n, p, q, c, s);
  for (let k = 0; k < n; k++) {
    const [apk, aqk] = [a[p * n + k]!, a[q * n + k]!];
    a[p * n + k] = c * apk - s * aqk;
    a[q * n + k] = s * apk + c * aqk;
  }
  a[p * n + q] = 0;
  a[q * n + p] = 0;
}

function turnColumns(m: Float64Array, n: number, p: number, q: number, c: number, s: number): void {
  for (let k = 0; k < n; k++) {
    const [mkp, mkq] = [m[k * n + p]!, m[k * n + q]!];
    m[k * n + p] = c * mkp - s * mkq;
    m[k * n + q] = s * mkp + c * mkq;
  }
}
