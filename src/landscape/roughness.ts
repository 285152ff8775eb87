import { NO_BASIN, watershed } from './basins.ts';
import { convexity } from './convexity.ts';
import { findMinima, type GridField } from './minima.ts';
import { comparedMinima } from './minimaOptions.ts';

/** Measures of the roughness of a slice that hold for any loss. */
export interface Roughness {
  /** Minima deeper than 0.9 % of the range of the map, away from its border. */
  readonly minima: number;
  /** Share of the inner grid points whose 2 × 2 Hessian has a negative eigenvalue. */
  readonly nonConvex: number;
  /** Median over the minima of the share of the map that drains into them. */
  readonly medianBasin: number;
  /** Share of the map that drains into the lowest minimum. */
  readonly lowestBasin: number;
}

export function roughness(field: GridField): Roughness {
  const minima = findMinima(field, comparedMinima(field));
  const shares = basinShares(watershed(field, minima), minima.length);
  return {
    minima: minima.length,
    nonConvex: nonConvexShare(field),
    medianBasin: median(shares),
    lowestBasin: shares[0] ?? 0,
  };
}

/** Share of the grid points that drain into each minimum. */
export function basinShares(basins: Int32Array, count: number): number[] {
  const points = new Array<number>(count).fill(0);
  for (const label of basins) if (label !== NO_BASIN) points[label]!++;
  return points.map(n => n / basins.length);
}

/** Share of the inner points where the field is not convex; NaN where no point has all its neighbours. */
export function nonConvexShare(field: GridField): number {
  const { points, nonConvex } = convexity(field);
  return points === 0 ? Number.NaN : nonConvex / points;
}

/** Middle value; NaN of nothing. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((p, q) => p - q);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : 0.5 * (sorted[half - 1]! + sorted[half]!);
}
