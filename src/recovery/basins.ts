import type { Cell } from '../crystal/cell.ts';
import type { Site } from '../crystal/structure.ts';
import { cellOfMetric } from '../matching/basis.ts';
import { latticeMappings } from '../matching/latticeMappings.ts';
import { type MatchOptions, matchReduced, type ReducedCrystal, reduceCrystal } from '../matching/matcher.ts';
import { offBy } from '../optimise/outcome.ts';

/** Nearness of two cells: a share of a length, degrees. */
export interface Nearness {
  readonly length: number;
  readonly angle: number;
}

/** Two ends of searches that came to rest at one point. */
export const ONE_END: Nearness = { length: 0.001, angle: 0.1 };

/**
 * Displacement of an atom that counts as none, in units of the free length: 0.01 Å or so. All cells have the same
 * coordinates, so that another setting leaves none at all.
 */
const SAME_PLACE = 0.005;

/** Relation of two cells of one list of sites. */
export type Relation = 'same' | 'sameLattice' | 'other';

/**
 * Relation of cells to one another when the same sites stand in them: the same crystal, be it in another setting (axes
 * that may be exchanged, another choice of axes of a monoclinic lattice); one lattice with the atoms along other axes of it,
 * as a pseudo-symmetric crystal ends; or neither.
 */
export class SettingsOf {
  private readonly sites: readonly Site[];
  private readonly reduced = new Map<Cell, ReducedCrystal>();

  constructor(sites: readonly Site[]) {
    this.sites = sites;
  }

  relation(p: Cell, q: Cell, near: Nearness): Relation {
    const { length, angle } = offBy(q, p);
    if (length <= near.length && angle <= near.angle) return 'same';
    const [first, second] = [this.reducedAt(p), this.reducedAt(q)];
    if (first.problem ?? second.problem) return 'other';
    const tolerances = { ltol: near.length, angleTol: near.angle };
    if (latticeMappings(first.set.metric, cellOfMetric(second.set.metric), tolerances).length === 0)
      return 'other';
    const options: MatchOptions = { ...tolerances, stol: SAME_PLACE, primitiveCell: true, scale: false };
    return matchReduced(first, second, options).matched ? 'same' : 'sameLattice';
  }

  private reducedAt(cell: Cell): ReducedCrystal {
    const found = this.reduced.get(cell) ?? reduceCrystal({ cell, sites: this.sites });
    this.reduced.set(cell, found);
    return found;
  }
}
