import { cellExists } from '../crystal/cell.ts';
import type { Rng } from '../num/rng.ts';
import { type Slice, sliceCell, sliceParameter } from './slice.ts';

/** The box of the paper's lattice noise at its level 0.1: this share of the true value on either side. */
export const NOISE_BOX = 0.1;

/**
 * Points drawn uniformly from the ±10 % box around the truth, of parameters beyond the cell from the range of the map,
 * without those that are no cell. Slice coordinates.
 */
export function boxStarts(slice: Slice, count: number, rng: Rng): { x: number; y: number }[] {
  const drawn = (axis: 'x' | 'y'): number => {
    const { group, value } = sliceParameter(slice, axis);
    if (group === 'cell') return value * (1 + NOISE_BOX * (2 * rng.uniform() - 1));
    const [low, high] = slice[`${axis}Range`];
    return low + (high - low) * rng.uniform();
  };
  const found: { x: number; y: number }[] = [];
  // the box of an existing cell is nearly all cells; the bound only guards against a slice without any
  for (let tries = 0; found.length < count && tries < 1000 * count; tries++) {
    const point = { x: drawn('x'), y: drawn('y') };
    if (cellExists(sliceCell(slice, point.x, point.y))) found.push(point);
  }
  return found;
}
