import { inverseSquareSpacing } from '../crystal/cell.ts';

/** Indices of a reflection, which stand for a direction of the reciprocal lattice. */
export type Direction = readonly [number, number, number];

/** The axis of preferred orientation where none is chosen. */
export const USUAL_AXIS: Direction = [0, 0, 1];

/** r² cos²α + sin²α/r, which is 1 to the last bit where r is. */
const breadth = (r: number, square: number): number => r * r * square + (1 - square) / r;

/**
 * March–Dollase factor of an intensity, P = (r² cos²α + sin²α/r)^(−3/2), α between the normals of the reflection and of
 * the preferred planes (March 1932; Dollase, J. Appl. Cryst. 19, 267, 1986). Its mean over all directions is 1. That over
 * symmetry-equivalent reflections needs no sum of its own: each is in the list, with its own α.
 * @param r above 0; 1: no preferred orientation
 * @param square cos²α
 */
export const marchDollase = (r: number, square: number): number => breadth(r, square) ** -1.5;

/** dP/dr. */
export const marchDollaseByR = (r: number, square: number): number =>
  -1.5 * breadth(r, square) ** -2.5 * (2 * r * square - (1 - square) / (r * r));

/** dP/d(cos²α). */
export const marchDollaseBySquare = (r: number, square: number): number =>
  -1.5 * breadth(r, square) ** -2.5 * (r * r - 1 / r);

const between = (g: ArrayLike<number>, p: Direction, q: Direction): number =>
  p[0] * (g[0]! * q[0] + g[1]! * q[1] + g[2]! * q[2]) +
  p[1] * (g[3]! * q[0] + g[4]! * q[1] + g[5]! * q[2]) +
  p[2] * (g[6]! * q[0] + g[7]! * q[1] + g[8]! * q[2]);

/** cos² of the angle between two reciprocal directions. @param recip reciprocal metric [9] */
export const cosineSquare = (recip: ArrayLike<number>, hkl: Direction, axis: Direction): number =>
  between(recip, hkl, axis) ** 2 /
  (inverseSquareSpacing(recip, ...hkl) * inverseSquareSpacing(recip, ...axis));

/** Adds ∂L/∂G* of a slope in cos²α to Γ, symmetric [9] (see `cellGradient`). */
export function addDirectionSlope(
  gamma: Float64Array,
  byCosineSquare: number,
  recip: ArrayLike<number>,
  hkl: Direction,
  axis: Direction,
): void {
  const dot = between(recip, hkl, axis);
  const [own, other] = [inverseSquareSpacing(recip, ...hkl), inverseSquareSpacing(recip, ...axis)];
  const square = (dot * dot) / (own * other);
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++)
      gamma[3 * i + j]! +=
        byCosineSquare *
        ((dot * (hkl[i]! * axis[j]! + axis[i]! * hkl[j]!)) / (own * other) -
          (square * hkl[i]! * hkl[j]!) / own -
          (square * axis[i]! * axis[j]!) / other);
}
