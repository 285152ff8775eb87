import { nearestDistances } from './neighbours.ts';
import { type Crystal, periodicSet } from './periodicSet.ts';
import { earthMoversDistance } from './transport.ts';

/** Number of neighbours of the paper's invariants. */
const NEIGHBOURS = 100;

/**
 * The Pointwise Distance Distribution (Widdowson & Kurlin, NeurIPS 2022): a row of distances to the k nearest
 * neighbours for each position of the cell, all of one weight. Independent of the cell chosen, continuous under noise,
 * blind to elements; species that share a position count once. Equal rows are not merged, which changes no distance.
 */
export interface PointwiseDistances {
  /** [n] summing to one */
  readonly weights: Float64Array;
  /** Ascending, angstrom. [n][k] */
  readonly rows: readonly Float64Array[];
}

export function pointwiseDistances(crystal: Crystal, k = NEIGHBOURS): PointwiseDistances {
  const rows = nearestDistances(periodicSet(crystal), k);
  return { rows, weights: new Float64Array(rows.length).fill(1 / rows.length) };
}

/**
 * Average Minimum Distances AMD₁ … AMD_k (Widdowson et al., MATCH 87, 529, 2022): the mean of the rows of the PDD.
 * Angstrom. [k]
 */
export function averageMinimumDistances({ rows, weights }: PointwiseDistances): Float64Array {
  return rows[0]!.map((_, i) => rows.reduce((sum, row, r) => sum + weights[r]! * row[i]!, 0));
}

/** Largest difference of two vectors of one length: the metric between rows of PDDs and between AMDs. */
export function chebyshevDistance(p: ArrayLike<number>, q: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < p.length; i++) most = Math.max(most, Math.abs(p[i]! - q[i]!));
  return most;
}

/** Earth Mover's Distance between two PDDs with the Chebyshev metric between rows, angstrom. 0 for equal crystals. */
export function pointwiseDistance(first: PointwiseDistances, second: PointwiseDistances): number {
  const cost = first.rows.flatMap(row => second.rows.map(other => chebyshevDistance(row, other)));
  return earthMoversDistance(first.weights, second.weights, cost);
}
