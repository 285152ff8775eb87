import type { Cell } from '../crystal/cell.ts';
import { type GridShape, transformLength } from '../num/fft.ts';

/** A periodic map on the unit cell: point (i, j, k) lies at (i/nx, j/ny, k/nz), value at (i · ny + j) · nz + k. */
export interface DensityGrid {
  readonly cell: Cell;
  readonly shape: GridShape;
  readonly values: Float64Array;
}

/**
 * Points along the axes for a synthesis to resolution dMin: more than twice the largest index, so that no two
 * reflections fall on one Fourier coefficient, no coarser than `spacing`, and powers of two, which the transform takes.
 * @param spacing angstrom; dMin / 2 is the coarsest that holds all reflections
 */
export function gridShape(cell: Cell, dMin: number, spacing = dMin / 3): GridShape {
  const along = (length: number): number =>
    transformLength(Math.max(2 * Math.floor(length / dMin + 1e-9) + 1, length / spacing));
  return [along(cell[0]), along(cell[1]), along(cell[2])];
}
