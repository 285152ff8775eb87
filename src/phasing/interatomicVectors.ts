import { latticeMatrix } from '../crystal/cell.ts';
import { elementData } from '../crystal/elements.ts';
import type { Structure } from '../crystal/structure.ts';
import { type Fract, periodicDistance, SAME, samePosition } from './positions.ts';

/** A peak that the Patterson map of a known crystal must have. */
export interface InteratomicVector {
  /** x_j − x_i, unit fractions in [0, 1). */
  readonly vector: Fract;
  /** Σ occ_i Z_i occ_j Z_j over the pairs with this vector, square electrons: what its peak integrates to. */
  readonly weight: number;
  /** Ordered pairs (i, j) of sites with this vector. */
  readonly pairs: readonly (readonly [number, number])[];
  /** Length of the shortest lattice-equivalent vector, angstrom. */
  readonly length: number;
}

const wrap = (value: number): number => {
  const fraction = value - Math.floor(value);
  return fraction > 1 - SAME / 2 ? 0 : fraction;
};

/**
 * All vectors between different positions of a crystal up to lattice translations, heaviest first, equal vectors
 * merged. Both x_j − x_i and x_i − x_j are listed, since the map has both.
 */
export function interatomicVectors({ cell, sites }: Pick<Structure, 'cell' | 'sites'>): InteratomicVector[] {
  const lattice = latticeMatrix(cell);
  const charge = sites.map(({ element, occupancy }) => occupancy * elementData(element).z);
  const found: { vector: Fract; weight: number; pairs: [number, number][] }[] = [];
  // Buckets of one SAME-wide cell each; a vector on a bucket's edge is looked for next door as well.
  const buckets = new Map<string, number[]>();
  const side = Math.floor(1 / SAME);
  const bucketOf = (value: number, offset: number): number =>
    (Math.floor(value * side) + offset + side) % side;
  const lookUp = (vector: Fract): number | undefined => {
    for (const i of [0, -1, 1])
      for (const j of [0, -1, 1])
        for (const k of [0, -1, 1]) {
          const key = `${bucketOf(vector[0], i)} ${bucketOf(vector[1], j)} ${bucketOf(vector[2], k)}`;
          const hit = buckets.get(key)?.find(index => samePosition(found[index]!.vector, vector));
          if (hit !== undefined) return hit;
        }
    return undefined;
  };
  sites.forEach(({ fract: from }, i) => {
    sites.forEach(({ fract: to }, j) => {
      if (samePosition(from, to)) return;
      const vector = [wrap(to[0] - from[0]), wrap(to[1] - from[1]), wrap(to[2] - from[2])] as const;
      const weight = charge[i]! * charge[j]!;
      const known = lookUp(vector);
      if (known !== undefined) {
        found[known]!.weight += weight;
        found[known]!.pairs.push([i, j]);
        return;
      }
      const key = vector.map(value => bucketOf(value, 0)).join(' ');
      buckets.set(key, [...(buckets.get(key) ?? []), found.length]);
      found.push({ vector, weight, pairs: [[i, j]] });
    });
  });
  return found
    .map(entry => ({ ...entry, length: periodicDistance(lattice, entry.vector, [0, 0, 0]) }))
    .sort((p, q) => q.weight - p.weight || p.length - q.length);
}
