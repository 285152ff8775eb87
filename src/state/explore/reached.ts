import type { Site } from '../../crystal/structure.ts';
import { type Slice, sliceParameter } from '../../landscape/slice.ts';
import { furthestDisplacement } from '../../model/displacement.ts';
import { isCoordinate } from '../../model/parameter.ts';
import { reachesTruth, STRICT } from '../../optimise/outcome.ts';

/** A parameter beyond cell and atoms has its true value within this share of its usual range. */
const SHARE = 0.02;

/** True where a point has the true cell, no atom further than 0.05 Å from its place, and the other axes their true values. */
export function reachesPoint(slice: Slice, sites: readonly Site[], point: ArrayLike<number>): boolean {
  const { base, model } = slice;
  if (!reachesTruth(point, base)) return false;
  if (!model) return true;
  const { moved } = model;
  const atom = furthestDisplacement(sites, moved, point);
  if (atom && atom.distance > STRICT.displacement) return false;
  return moved.every(({ id, value, period }, j) => {
    const axis = [sliceParameter(slice, 'x'), sliceParameter(slice, 'y')].find(entry => entry.id === id);
    if (isCoordinate({ period }) || !axis) return true;
    return Math.abs(point[6 + j]! - value) <= SHARE * (axis.range[1] - axis.range[0]);
  });
}
