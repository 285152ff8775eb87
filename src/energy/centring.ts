import { type Cell, latticeMatrix } from '../crystal/cell.ts';
import type { Site } from '../crystal/structure.ts';
import { determinant, inverse, product } from '../num/matrix3.ts';
import { type Atoms, atomsOf } from './atoms.ts';

/** A crystal without the repetition inside its conventional cell: an I cell has half of the atoms, an F cell a quarter. */
export interface PrimitiveAtoms {
  /** New lattice vectors in terms of the old ones, as columns. */
  readonly change: Float64Array;
  readonly elements: Int32Array;
  readonly fract: Float64Array;
  /** Primitive cells in the conventional one. */
  readonly multiplicity: number;
}

/** Fractions; centring vectors are multiples of 1/2 and 1/3 and positions are given to four digits or more. */
const TOLERANCE = 2e-4;

const near = (x: number): boolean => Math.abs(x - Math.round(x)) < TOLERANCE;

/**
 * Atoms of the primitive cell. Translations that carry every atom into a like one hold whatever the cell parameters are,
 * so one reduction serves a whole slice with fixed fractional coordinates.
 */
export function primitiveAtoms(sites: readonly Site[]): PrimitiveAtoms {
  const { elements, fract } = atomsOf(sites, [1, 1, 1, 90, 90, 90]);
  const n = elements.length;
  const carries = (t: readonly number[]): boolean =>
    sites.every((_, i) =>
      sites.some(
        (_, j) =>
          elements[i] === elements[j] && t.every((v, k) => near(fract[3 * i + k]! + v - fract[3 * j + k]!)),
      ),
    );
  const translations = Array.from({ length: n }, (_, j) =>
    [0, 1, 2].map(k => {
      // Of a centring vector, which is a multiple of 1/12, without the rounding of the positions.
      const difference = fract[3 * j + k]! - fract[k]!;
      return Math.round(12 * (difference - Math.round(difference))) / 12;
    }),
  ).filter((t, j) => elements[j] === elements[0] && t.some(v => !near(v)) && carries(t));
  const multiplicity = translations.length + 1;
  const change = basisOf([[1, 0, 0], [0, 1, 0], [0, 0, 1], ...translations], 1 / multiplicity);
  const back = inverse(change);
  const kept: number[] = [];
  const moved: number[] = [];
  for (let i = 0; i < n; i++) {
    const at = [0, 1, 2].map(k =>
      [0, 1, 2].reduce((sum, l) => sum + back[3 * k + l]! * fract[3 * i + l]!, 0),
    );
    const known = kept.some(
      (other, m) =>
        elements[other] === elements[i] &&
        at.every(
          (v, k) => Math.abs(v - moved[3 * m + k]! - Math.round(v - moved[3 * m + k]!)) < 4 * TOLERANCE,
        ),
    );
    if (known) continue;
    kept.push(i);
    moved.push(...at);
  }
  return {
    change,
    elements: Int32Array.from(kept, i => elements[i]!),
    fract: Float64Array.from(moved),
    multiplicity,
  };
}

/** Three of the vectors that span a cell of this volume, as columns. */
function basisOf(vectors: readonly (readonly number[])[], volume: number): Float64Array {
  for (let i = vectors.length - 1; i >= 2; i--)
    for (let j = i - 1; j >= 1; j--)
      for (let k = j - 1; k >= 0; k--) {
        const [p, q, r] = [vectors[i]!, vectors[j]!, vectors[k]!];
        const matrix = Float64Array.of(p[0]!, q[0]!, r[0]!, p[1]!, q[1]!, r[1]!, p[2]!, q[2]!, r[2]!);
        if (Math.abs(Math.abs(determinant(matrix)) - volume) < 1e-6) return matrix;
      }
  throw new Error('the translations of the crystal do not span a lattice');
}

/** The primitive atoms in a cell of the slice. */
export const atomsInCell = ({ change, elements, fract }: PrimitiveAtoms, cell: Cell): Atoms => ({
  lattice: product(latticeMatrix(cell), change),
  elements,
  fract,
});
