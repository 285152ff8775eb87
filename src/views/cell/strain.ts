import { determinant } from '../../num/matrix3.ts';
import { corners } from './projection.ts';

/** Least volume of a drawn cell as a share of the true one; flatter, and it could not be read any more. */
const LEAST_VOLUME = 0.15;

export interface DrawnLattice {
  /** 3 × 3 row-major, vectors as columns, angstrom. */
  readonly lattice: Float64Array;
  /** By how much the difference is multiplied: what was asked, or less where that would fold the cell. */
  readonly factor: number;
}

/** truth + factor · (current − truth), vector by vector from the common origin: the linear strain times the factor. */
export function exaggerated(
  truth: ArrayLike<number>,
  current: ArrayLike<number>,
  asked: number,
): DrawnLattice {
  const at = (factor: number): Float64Array =>
    Float64Array.from({ length: 9 }, (_, i) => truth[i]! + factor * (current[i]! - truth[i]!));
  const least = LEAST_VOLUME * determinant(truth);
  for (let factor = asked; factor > 1; factor -= 0.5) {
    const lattice = at(factor);
    if (determinant(lattice) > least && lengthsHold(truth, lattice)) return { lattice, factor };
  }
  return { lattice: Float64Array.from(current), factor: 1 };
}

/** No vector may turn round: two reversed ones would pass the test of the volume. */
const lengthsHold = (truth: ArrayLike<number>, lattice: ArrayLike<number>): boolean =>
  [0, 1, 2].every(
    i => truth[i]! * lattice[i]! + truth[3 + i]! * lattice[3 + i]! + truth[6 + i]! * lattice[6 + i]! > 0,
  );

/** Largest displacement of a corner of the cell between two lattices, angstrom. */
export const largestShift = (p: ArrayLike<number>, q: ArrayLike<number>): number =>
  Math.max(
    ...corners(
      Array.from(p, (value, i) => value - q[i]!),
      1,
    ).map(moved => Math.hypot(...moved)),
  );
