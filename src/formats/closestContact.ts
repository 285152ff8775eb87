import { type Cell, metricTensor } from '../crystal/cell.ts';
import { elementData } from '../crystal/elements.ts';
import { apart, lengthSquared } from '../crystal/siteOrbit.ts';
import type { FilledCell } from './fillCell.ts';
import { MOST_OCCUPANCY } from './limits.ts';

export interface Contact {
  /** Distance over the sum of covalent radii (Cordero): about 1 in a bond, below 0.6 in no known one. */
  readonly ratio: number;
  readonly distance: number;
  readonly labels: readonly [string, string];
}

/** Pairs of atoms that are looked at, 27 cells each. */
const MOST_PAIRS = 100_000;

/**
 * The shortest distance of the cell, by the size of the atoms. Hydrogen and atoms that are not there together
 * (occupancies that add up to one) are passed over; null without a pair, or with too many.
 */
export function closestContact({ sites, firsts }: FilledCell, cell: Cell): Contact | null {
  if (firsts.length * sites.length > MOST_PAIRS) return null;
  const metric = metricTensor(cell);
  const radii = sites.map(site => elementData(site.element).covalentRadius);
  let best: Contact | null = null;
  for (const i of firsts)
    for (const [j, q] of sites.entries()) {
      const p = sites[i]!;
      if (i === j || p.element === 'H' || q.element === 'H' || p.occupancy + q.occupancy <= MOST_OCCUPANCY)
        continue;
      const distance = shortest(apart(p.fract, q.fract), metric);
      const ratio = distance / (radii[i]! + radii[j]!);
      if (best === null || ratio < best.ratio) best = { ratio, distance, labels: [p.label, q.label] };
    }
  return best;
}

/** The shortest of a vector and its neighbours by lattice steps, which in a skewed cell is not the nearest by parts. */
function shortest([x, y, z]: readonly [number, number, number], metric: ArrayLike<number>): number {
  let least = lengthSquared([x, y, z], metric);
  if (metric[1] !== 0 || metric[2] !== 0 || metric[5] !== 0)
    for (let i = -1; i <= 1; i++)
      for (let j = -1; j <= 1; j++)
        for (let k = -1; k <= 1; k++) least = Math.min(least, lengthSquared([x + i, y + j, z + k], metric));
  return Math.sqrt(Math.max(0, least));
}
