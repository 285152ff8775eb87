import { NO_BASIN, nearestPoint } from './basins.ts';
import type { GridField } from './minima.ts';

/** End of the descent of a start: a listed minimum, the truth itself, or out of the map. */
export const AT_TRUTH = -2;

export interface CatchmentEnd {
  /** On the slice. */
  readonly x: number;
  readonly y: number;
  /** The cell it ended in is the true one within the tolerance. */
  readonly truth: boolean;
}

/**
 * End of the descent of every start: `AT_TRUTH`, else the minimum whose basin the end lies in (its position in the
 * list of minima), else `NO_BASIN`.
 * @param basins of the grid points of `field`, from `watershed`
 */
export function catchmentLabels(
  field: GridField,
  basins: Int32Array,
  ends: readonly CatchmentEnd[],
): Int32Array {
  return Int32Array.from(ends, ({ x, y, truth }) => {
    if (truth) return AT_TRUTH;
    const at = nearestPoint(field, x, y);
    return at < 0 ? NO_BASIN : basins[at]!;
  });
}
