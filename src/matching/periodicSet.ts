import { metricTensor } from '../crystal/cell.ts';
import { sharedPositions } from '../crystal/sharedPositions.ts';
import type { Site, Structure } from '../crystal/structure.ts';

/** The part of a crystal that matching and invariants need. */
export type Crystal = Pick<Structure, 'cell' | 'sites'>;

/** Labelled points that repeat with a lattice. */
export interface PeriodicSet {
  /** Metric tensor of the lattice, 3 × 3 row-major, square angstrom. */
  readonly metric: Float64Array;
  /** Label of each point: "Ti", "O:0.5", "Co:0.3 Ni:0.7". [n] */
  readonly labels: readonly string[];
  /** Fractional coordinates, point by point. [3n] */
  readonly fract: Float64Array;
}

/** The points of a crystal in the order of its sites; species that share a position make one point. */
export function periodicSet({ cell, sites }: Crystal): PeriodicSet {
  const groups = sharedPositions(sites);
  return {
    metric: metricTensor(cell),
    labels: groups.map(group => speciesLabel(group.map(i => sites[i]!))),
    fract: Float64Array.from(groups.flatMap(group => [...sites[group[0]!]!.fract])),
  };
}

/** Full occupancy is left out, so that plain elements read as themselves. Occupancies that differ below 1e-6 agree. */
function speciesLabel(sites: readonly Site[]): string {
  const occupancy = new Map<string, number>();
  for (const site of sites) occupancy.set(site.element, (occupancy.get(site.element) ?? 0) + site.occupancy);
  const parts = [...occupancy].map(([element, share]) => ({ element, share: Math.round(share * 1e6) / 1e6 }));
  if (parts.length === 1 && parts[0]!.share === 1) return parts[0]!.element;
  return parts
    .sort((p, q) => (p.element < q.element ? -1 : 1))
    .map(({ element, share }) => `${element}:${share}`)
    .join(' ');
}

/** Indices of the points of each label, labels in order of first appearance. */
export function pointsByLabel(labels: readonly string[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [i, label] of labels.entries()) {
    const group = groups.get(label);
    if (group) group.push(i);
    else groups.set(label, [i]);
  }
  return groups;
}
