/** 3 × 3 matrices, row-major. */
export type Matrix3 = ArrayLike<number>;

export function product(p: Matrix3, q: Matrix3): Float64Array {
  const out = new Float64Array(9);
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++)
      out[3 * i + j] = p[3 * i]! * q[j]! + p[3 * i + 1]! * q[3 + j]! + p[3 * i + 2]! * q[6 + j]!;
  return out;
}

export const determinant = (m: Matrix3): number =>
  m[0]! * (m[4]! * m[8]! - m[5]! * m[7]!) -
  m[1]! * (m[3]! * m[8]! - m[5]! * m[6]!) +
  m[2]! * (m[3]! * m[7]! - m[4]! * m[6]!);

/** Inverse by the adjugate: exact for integer matrices of determinant ±1. */
export function inverse(m: Matrix3): Float64Array {
  const det = determinant(m);
  const minor = (a: number, b: number, c: number, d: number): number => (m[a]! * m[b]! - m[c]! * m[d]!) / det;
  return Float64Array.of(
    minor(4, 8, 5, 7),
    minor(2, 7, 1, 8),
    minor(1, 5, 2, 4),
    minor(5, 6, 3, 8),
    minor(0, 8, 2, 6),
    minor(2, 3, 0, 5),
    minor(3, 7, 4, 6),
    minor(1, 6, 0, 7),
    minor(0, 4, 1, 3),
  );
}

export const transpose = (m: Matrix3): Float64Array =>
  Float64Array.of(m[0]!, m[3]!, m[6]!, m[1]!, m[4]!, m[7]!, m[2]!, m[5]!, m[8]!);
