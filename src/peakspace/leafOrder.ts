import type { AxisCells } from './axisCells.ts';
import type { Peaks } from './peakStage.ts';
import { type Arrays, HEAP } from './simdModule.ts';

/** Peaks sorted by leaf cell, in list order within a leaf. */
export interface LeafOrder {
  /** Peaks of leaf c: start[c] … start[c + 1] − 1, [leaves + 1]. */
  readonly start: Int32Array;
  /** Index into the unsorted peaks. */
  readonly peak: Int32Array;
  readonly position: Float64Array;
  readonly width: Float64Array;
  readonly intensity: Float64Array;
  readonly widthSlope: Float64Array;
  /** Local coordinate in the leaf, −1 … 1. */
  readonly local: Float64Array;
  /** Of the unsorted peaks: leaf and local coordinate. */
  readonly leafOf: Int32Array;
  readonly localOf: Float64Array;
}

export function leafOrder(leaves: number, room: number, { f64, i32 }: Arrays = HEAP): LeafOrder {
  const column = (): Float64Array => f64(room);
  return {
    start: i32(leaves + 1),
    peak: i32(room),
    position: column(),
    width: column(),
    intensity: column(),
    widthSlope: column(),
    local: column(),
    leafOf: i32(room),
    localOf: column(),
  };
}

/** Counting sort. */
export function sortIntoLeaves({ low, leafWidth, leaves }: AxisCells, peaks: Peaks, out: LeafOrder): void {
  const { start, peak, position, width, intensity, widthSlope, local, leafOf, localOf } = out;
  const perLeaf = 1 / leafWidth;
  start.fill(0);
  for (let n = 0; n < peaks.count; n++) {
    const scaled = (peaks.position[n] - low) * perLeaf;
    const leaf = Math.min(scaled | 0, leaves - 1);
    leafOf[n] = leaf;
    localOf[n] = 2 * (scaled - leaf) - 1;
    start[leaf]++;
  }
  // ends of the leaves; placing the peaks backwards turns them into starts
  for (let c = 1; c <= leaves; c++) start[c] += start[c - 1];
  for (let n = peaks.count - 1; n >= 0; n--) {
    const at = --start[leafOf[n]];
    peak[at] = n;
    position[at] = peaks.position[n];
    width[at] = peaks.width[n];
    intensity[at] = peaks.intensity[n];
    widthSlope[at] = peaks.widthSlope[n];
    local[at] = localOf[n];
  }
}
