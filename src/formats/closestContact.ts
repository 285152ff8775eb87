import { type Cell, metricTensor } from '../crystal/cell.ts';
import { elementData } from '../crystal/elements.ts';
import { apart, lengthSquared, squareApart } from '../crystal/siteOrbit.ts';
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
  const g = metricTensor(cell);
  // By parts the nearest image is the nearest in a right-angled cell; in a skewed one its neighbours are looked at too.
  const skewed = g[1] !== 0 || g[2] !== 0 || g[5] !== 0;
  const radii = sites.map(site => (site.element === 'H' ? 0 : elementData(site.element).covalentRadius));
  let least = Number.POSITIVE_INFINITY;
  let pair: readonly [number, number] | null = null;
  for (const i of firsts)
    for (let j = 0; j < sites.length; j++) {
      const [p, q] = [sites[i]!, sites[j]!];
      if (i === j || radii[i] === 0 || radii[j] === 0 || p.occupancy + q.occupancy <= MOST_OCCUPANCY)
        continue;
      let square = squareApart(p.fract, q.fract, g);
      if (skewed) {
        const [x, y, z] = apart(p.fract, q.fract);
        for (const [u, v, w] of AROUND) square = Math.min(square, lengthSquared([x + u, y + v, z + w], g));
      }
      const ratio = square / (radii[i]! + radii[j]!) ** 2;
      if (ratio < least) [least, pair] = [ratio, [i, j]];
    }
  if (!pair) return null;
  const [p, q] = [sites[pair[0]]!, sites[pair[1]]!];
  const ratio = Math.sqrt(Math.max(0, least));
  return { ratio, distance: ratio * (radii[pair[0]]! + radii[pair[1]]!), labels: [p.label, q.label] };
}

/** Steps to the neighbouring cells. */
const AROUND = [-1, 0, 1].flatMap(i => [-1, 0, 1].flatMap(j => [-1, 0, 1].map(k => [i, j, k] as const)));
