import type { AxisCells } from './axisCells.ts';
import { type LeafOrder, leafOrder, sortIntoLeaves } from './leafOrder.ts';
import type { Peaks } from './peakStage.ts';
import { type Arrays, HEAP } from './simdModule.ts';

/** Peaks at different positions, sorted by leaf, with the intensities of those at the same position added up. */
export interface DistinctPeaks {
  readonly order: LeafOrder;
  /** Of each of the unsorted peaks: the place in `order` of the one that stands for it. */
  readonly place: Int32Array;
}

export const distinctPeaks = (leaves: number, room: number, arrays: Arrays = HEAP): DistinctPeaks => ({
  order: leafOrder(leaves, room, arrays),
  place: arrays.i32(room),
});

/** Degrees. Reflections equal by symmetry differ by rounding, 1e-13; a shift of this much changes a profile by 1e-9. */
export const SAME_POSITION = 3e-10;

/** Sorts the peaks into leaves without adding any up. */
export function sortAll(axis: AxisCells, peaks: Peaks, { order, place }: DistinctPeaks): void {
  sortIntoLeaves(axis, peaks, order);
  for (let i = 0; i < peaks.count; i++) place[order.peak[i]] = i;
}

/** Sorts the peaks into leaves, then keeps the first of those of one position, in list order. */
export function sortDistinct(axis: AxisCells, peaks: Peaks, { order, place }: DistinctPeaks): void {
  sortIntoLeaves(axis, peaks, order);
  const { start, peak, position, width, intensity, widthSlope, local } = order;
  let kept = 0;
  let next = start[0];
  for (let c = 0; c < axis.leaves; c++) {
    const end = start[c + 1];
    const first = kept;
    for (let i = next; i < end; i++) {
      const t = position[i];
      let at = first;
      while (at < kept && Math.abs(position[at] - t) > SAME_POSITION) at++;
      place[peak[i]] = at;
      if (at < kept) {
        intensity[at] += intensity[i];
        continue;
      }
      position[at] = t;
      width[at] = width[i];
      intensity[at] = intensity[i];
      widthSlope[at] = widthSlope[i];
      local[at] = local[i];
      kept++;
    }
    next = end;
    start[c + 1] = kept;
  }
}
