import type { AxisCells } from '../tree/axisCells.ts';
import type { KernelMemory } from './kernelMemory.ts';

/** Byte addresses of what depends on the number of reflections; columns of float64 where nothing else is said. */
export interface PeakColumns {
  readonly capacity: number;
  /** Of the list of reflections. */
  readonly products: number;
  readonly sums: number;
  /** i32, index into the list. */
  readonly index: number;
  /** sin²θ. */
  readonly u: number;
  /** Two-theta and FWHM in degrees, |F|² · Lorentz-polarisation of a reflection and its Friedel mate, dH/d(2θ). */
  readonly position: number;
  readonly width: number;
  readonly intensity: number;
  readonly widthSlope: number;
  /** d/du of position and intensity, u of the first line, and of the product with the target. */
  readonly positionByU: number;
  readonly intensityByU: number;
  readonly dotByU: number;
  /** Sorted by leaf, those of one position as one. */
  readonly sorted: {
    /** i32 and scratch, of the unsorted peaks. */
    readonly leafOf: number;
    readonly localOf: number;
    /** i32: index of the unsorted peak, and back. */
    readonly peak: number;
    readonly place: number;
    readonly position: number;
    readonly width: number;
    readonly intensity: number;
    readonly widthSlope: number;
    /** In the leaf, −1 … 1. */
    readonly local: number;
    /** Derivatives of what is asked for in the intensity, and in the position over the intensity. */
    readonly byIntensity: number;
    readonly byPosition: number;
  };
}

export function placeColumns(
  memory: KernelMemory,
  capacity: number,
  reflections: number,
  elements: number,
): PeakColumns {
  const column = (): number => memory.column(capacity);
  const ints = (): number => memory.place(4 * (capacity + 4));
  return {
    capacity,
    products: memory.column(6 * (reflections + 1)),
    sums: memory.column(2 * elements * (reflections + 1)),
    index: ints(),
    u: column(),
    position: column(),
    width: column(),
    intensity: column(),
    widthSlope: column(),
    positionByU: column(),
    intensityByU: column(),
    dotByU: column(),
    sorted: {
      leafOf: ints(),
      localOf: column(),
      peak: ints(),
      place: ints(),
      position: column(),
      width: column(),
      intensity: column(),
      widthSlope: column(),
      local: column(),
      byIntensity: column(),
      byPosition: column(),
    },
  };
}

/** Peaks sorted by leaf cell, as the host sees them. */
export interface PeaksByLeaf {
  /** Peaks of leaf c: start[c] … start[c + 1] − 1, [leaves + 1]. */
  readonly start: Int32Array;
  readonly position: Float64Array;
  readonly width: Float64Array;
  readonly intensity: Float64Array;
  readonly widthSlope: Float64Array;
}

/** Peaks of a cell in a memory: the first `count` entries of its columns are meant. */
export interface Peaks {
  readonly columns: PeakColumns;
  readonly count: number;
}

/** Peaks that stay where they are; their intensities are written into the column before each sum. */
export function fixedPeaks(
  memory: KernelMemory,
  given: { readonly position: Float64Array; readonly width: Float64Array; readonly widthSlope: Float64Array },
): Peaks {
  const count = given.position.length;
  const columns = placeColumns(memory, count, 0, 0);
  memory.f64(columns.position, count).set(given.position);
  memory.f64(columns.width, count).set(given.width);
  memory.f64(columns.widthSlope, count).set(given.widthSlope);
  return { columns, count };
}

/** Degrees. Reflections equal by symmetry differ by rounding, 1e-13; a shift of this much changes a profile by 1e-9. */
export const SAME_POSITION = 3e-10;

/**
 * Sorts the peaks into leaves, in list order within a leaf, and adds up those of one position.
 * @param start address of the first peak of every leaf, i32 [leaves + 1]
 * @param merge false: where leaves hold many peaks the search for equal ones costs more than it saves
 * @returns how many are left
 */
export function sortPeaks(
  { code }: KernelMemory,
  { columns: c, count }: Peaks,
  { leaves, low, leafWidth }: AxisCells,
  start: number,
  merge: boolean,
): number {
  const s = c.sorted;
  const given = [c.position, c.width, c.intensity, c.widthSlope];
  const sorted = [s.peak, s.position, s.width, s.intensity, s.widthSlope, s.local];
  code.sortIntoLeaves(count, leaves, low, 1 / leafWidth, ...given, start, s.leafOf, s.localOf, ...sorted);
  return code.mergeEqual(leaves, start, ...sorted, s.place, merge ? SAME_POSITION : -1);
}
