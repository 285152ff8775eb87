import { cellExists, cellIndex } from '../crystal/cell.ts';
import type { Rng } from '../num/rng.ts';
import { type Slice, sliceCell } from './slice.ts';

/** The box of the paper's lattice noise at its level 0.1: this share of the true value on either side. */
export const NOISE_BOX = 0.1;

/** Points drawn uniformly from the ±10 % box around the truth, without those that are no cell. Slice coordinates. */
export function boxStarts(slice: Slice, count: number, rng: Rng): { x: number; y: number }[] {
  const drawn = (key: Slice['x']): number =>
    slice.base[cellIndex(key)]! * (1 + NOISE_BOX * (2 * rng.uniform() - 1));
  const found: { x: number; y: number }[] = [];
  // the box of an existing cell is nearly all cells; the bound only guards against a slice without any
  for (let tries = 0; found.length < count && tries < 1000 * count; tries++) {
    const point = { x: drawn(slice.x), y: drawn(slice.y) };
    if (cellExists(sliceCell(slice, point.x, point.y))) found.push(point);
  }
  return found;
}
