import type { Cell } from './cell.ts';
import type { FamilyId } from './family.ts';

/** One atom of the unit cell. Several sites may share a position (mixed occupancy). */
export interface Site {
  readonly label: string;
  /** Element symbol, e.g. "Ti". */
  readonly element: string;
  /** Fractional coordinates, unit fraction. */
  readonly fract: readonly [number, number, number];
  /** Occupancy in (0, 1]. */
  readonly occupancy: number;
}

/** A crystal: every atom of the full (conventional) cell is listed; symmetry is already applied. */
export interface Structure {
  readonly name: string;
  readonly formula: string;
  readonly cell: Cell;
  readonly sites: readonly Site[];
  /** Hermann–Mauguin symbol as in the file, e.g. "P 6/m m m", and number 1–230 where known. */
  readonly spaceGroup: { readonly symbol: string; readonly number: number | null };
  readonly family: FamilyId;
  /** Source of the structure, one sentence. */
  readonly source: string;
}

/** Elements in order of first appearance. */
export const elementsOf = (sites: readonly Site[]): string[] => [...new Set(sites.map(site => site.element))];
