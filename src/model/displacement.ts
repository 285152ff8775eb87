import { latticeMatrix } from '../crystal/cell.ts';
import { apart } from '../crystal/siteOrbit.ts';
import type { Site } from '../crystal/structure.ts';
import { isCoordinate, type MovedParameter } from './parameter.ts';
import { sitesAt } from './point.ts';

/** The atom furthest from its place. */
export interface Displacement {
  readonly label: string;
  /** Angstrom, by the shortest way, in the cell of the point. */
  readonly distance: number;
}

/** The atom of a point [6 + m] that is furthest from where the crystal as given has it; null where no atom moves. */
export function furthestDisplacement(
  sites: readonly Site[],
  moved: readonly MovedParameter[],
  point: ArrayLike<number>,
): Displacement | null {
  if (!moved.some(isCoordinate)) return null;
  const lattice = latticeMatrix(Array.from(point).slice(0, 6));
  const now = sitesAt(sites, moved, point);
  return sites.reduce<Displacement | null>((worst, { label, fract }, i) => {
    const off = apart(now[i]!.fract, fract);
    const along = (axis: number): number =>
      lattice[3 * axis]! * off[0] + lattice[3 * axis + 1]! * off[1] + lattice[3 * axis + 2]! * off[2];
    const distance = Math.hypot(along(0), along(1), along(2));
    return worst && worst.distance >= distance ? worst : { label, distance };
  }, null);
}
