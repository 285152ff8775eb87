/**
 * Points that fill the unit cube evenly, without chance: the additive recurrence R_d, x_i = frac(½ + i φ_d^−(j+1)) with φ_d
 * the positive root of φ^(d+1) = φ + 1 (M. Roberts 2018, after Weyl; the golden ratio for d = 1).
 * @param index 0 is the middle of the cube
 */
export function evenPoint(index: number, dimensions: number): Float64Array {
  let root = 2;
  for (let k = 0; k < 40; k++) root = (1 + root) ** (1 / (dimensions + 1));
  return Float64Array.from({ length: dimensions }, (_, j) => (0.5 + index * root ** -(j + 1)) % 1);
}
