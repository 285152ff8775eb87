/**
 * Eigenvalues of a symmetric 3 × 3 matrix (row-major), descending, in closed form (Smith, Commun. ACM 4, 168, 1961).
 */
export function symmetricEigenvalues(m: ArrayLike<number>): [number, number, number] {
  const q = (m[0]! + m[4]! + m[8]!) / 3;
  const off = m[1]! * m[1]! + m[2]! * m[2]! + m[5]! * m[5]!;
  const p2 = (m[0]! - q) ** 2 + (m[4]! - q) ** 2 + (m[8]! - q) ** 2 + 2 * off;
  if (p2 === 0) return [q, q, q];
  const p = Math.sqrt(p2 / 6);
  const b = [(m[0]! - q) / p, m[1]! / p, m[2]! / p, (m[4]! - q) / p, m[5]! / p, (m[8]! - q) / p] as const;
  const det =
    b[0] * (b[3] * b[5] - b[4] * b[4]) -
    b[1] * (b[1] * b[5] - b[4] * b[2]) +
    b[2] * (b[1] * b[4] - b[3] * b[2]);
  const phi = Math.acos(Math.max(-1, Math.min(1, det / 2))) / 3;
  const high = q + 2 * p * Math.cos(phi);
  const low = q + 2 * p * Math.cos(phi + (2 * Math.PI) / 3);
  return [high, 3 * q - high - low, low];
}
