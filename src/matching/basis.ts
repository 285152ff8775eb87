import type { Cell } from '../crystal/cell.ts';
import { determinant, inverse, type Matrix3, product, transpose } from '../num/matrix3.ts';

/**
 * Changes of lattice basis. A basis is known by its metric tensor G alone, since no distance, angle or match depends
 * on how a crystal is turned. The columns of a change M are the new vectors in the old basis: G′ = Mᵀ G M, f′ = M⁻¹ f.
 * Matrices are 3 × 3, row-major.
 */
export const IDENTITY: Matrix3 = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** G′ = Mᵀ G M. */
export const changedMetric = (metric: Matrix3, change: Matrix3): Float64Array =>
  product(transpose(change), product(metric, change));

/** f′ = M⁻¹ f for every point, each coordinate in [0, 1). @param fract [3n] */
export function changedFract(fract: ArrayLike<number>, change: Matrix3): Float64Array {
  const back = inverse(change);
  const out = new Float64Array(fract.length);
  for (let p = 0; p < out.length; p += 3)
    for (let i = 0; i < 3; i++) {
      const value =
        back[3 * i]! * fract[p]! + back[3 * i + 1]! * fract[p + 1]! + back[3 * i + 2]! * fract[p + 2]!;
      out[p + i] = value - Math.floor(value);
    }
  return out;
}

/** Volume of the basis, cubic angstrom. */
export const metricVolume = (metric: Matrix3): number => Math.sqrt(Math.max(0, determinant(metric)));

/** Cell parameters of a metric tensor. */
export function cellOfMetric(metric: Matrix3): Cell {
  const [a, b, c] = [Math.sqrt(metric[0]!), Math.sqrt(metric[4]!), Math.sqrt(metric[8]!)];
  const angle = (cosine: number): number => (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
  return [a, b, c, angle(metric[5]! / (b * c)), angle(metric[2]! / (a * c)), angle(metric[1]! / (a * b))];
}

/** Lengths of the three reciprocal vectors, without 2π: one over the spacing of the faces. Inverse angstrom. */
export function reciprocalLengths(metric: Matrix3): [number, number, number] {
  const recip = inverse(metric);
  return [Math.sqrt(recip[0]!), Math.sqrt(recip[4]!), Math.sqrt(recip[8]!)];
}
