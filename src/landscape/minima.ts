import { disjointSets } from '../num/disjointSets.ts';

/** A scalar on a regular grid: values [iy * xs.length + ix], NaN where it cannot be computed. */
export interface GridField {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly values: Float64Array;
}

export interface Minimum {
  /** Refined below the grid by a quadratic through the neighbours. */
  readonly x: number;
  readonly y: number;
  readonly value: number;
  /** Height that must be climbed to reach a lower point; for the lowest minimum, up to the highest value. */
  readonly prominence: number;
  /** Grid index iy * nx + ix of the lowest point. */
  readonly index: number;
  /** Its pattern is that of the truth, to within the rounding of the loss; absent: it is not, or not known yet. */
  readonly sameAsTruth?: boolean;
}

export interface MinimaOptions {
  /** Shallower ones are left out. */
  readonly minProminence?: number;
  /** Higher ones are left out. */
  readonly maxLoss?: number;
  /** Share of the width and height at the border where minima are left out: there they may belong to a slope outside. */
  readonly borderShare?: number;
}

/** Finite range of a field; [0, 1] when nothing is finite. */
export function fieldRange(values: Float64Array): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}

/**
 * Local minima with their topographic prominence, by flooding the field from below: points join their neighbours in
 * order of value; where two basins meet, the one with the higher floor ends and its prominence is the level of the pass
 * minus its floor (0-dimensional persistence). Missing points are walls. Sorted by value, lowest first; the lowest is
 * always kept.
 */
export function findMinima(field: GridField, options: MinimaOptions = {}): Minimum[] {
  const { minProminence = 0.009, maxLoss = Number.POSITIVE_INFINITY, borderShare = 0.03 } = options;
  const nx = field.xs.length;
  const ny = field.ys.length;
  const [, high] = fieldRange(field.values);
  const found = basins(field.values, nx, ny).map(({ index, pass }) => ({
    index,
    prominence: (pass ?? high) - field.values[index]!,
    lowest: pass === null,
  }));
  const inside = (index: number): boolean => {
    const fx = (index % nx) / (nx - 1);
    const fy = Math.floor(index / nx) / (ny - 1);
    return Math.min(fx, 1 - fx, fy, 1 - fy) >= borderShare;
  };
  const globalFloor = Math.min(...found.map(({ index }) => field.values[index]!));
  return found
    .filter(
      ({ index, prominence }) =>
        field.values[index] === globalFloor ||
        (prominence >= minProminence && field.values[index]! <= maxLoss && inside(index)),
    )
    .map(({ index, prominence }) => ({ ...refined(field, index), prominence, index }))
    .sort((p, q) => p.value - q.value);
}

/** Floor of every basin and the level at which it joins a deeper one; null for the deepest of a connected part. */
function basins(values: Float64Array, nx: number, ny: number): { index: number; pass: number | null }[] {
  const { parent, root } = disjointSets(values.length);
  const passes = new Map<number, number | null>();
  for (const i of floodingOrder(values)) {
    // The root of a basin is its floor: the first of its points to be flooded.
    const roots = new Set(floodedNeighbours(i, nx, ny, parent).map(root));
    const sorted = [...roots].sort((p, q) => values[p]! - values[q]! || p - q);
    const deepest = sorted[0];
    if (deepest === undefined) {
      parent[i] = i;
      passes.set(i, null);
      continue;
    }
    parent[i] = deepest;
    for (const other of sorted.slice(1)) {
      parent[other] = deepest;
      // A plateau that joins at its own level is no basin.
      if (values[other]! < values[i]!) passes.set(other, values[i]!);
      else passes.delete(other);
    }
  }
  return [...passes].map(([index, pass]) => ({ index, pass }));
}

/** Finite points of a field from the lowest up. */
export const floodingOrder = (values: Float64Array): number[] =>
  Array.from(values.keys())
    .filter(i => Number.isFinite(values[i]!))
    .sort((p, q) => values[p]! - values[q]! || p - q);

/** Neighbours of a point, diagonals included, that are in a set already. */
export function floodedNeighbours(i: number, nx: number, ny: number, parent: Int32Array): number[] {
  const ix = i % nx;
  const iy = (i - ix) / nx;
  const found: number[] = [];
  for (let y = Math.max(0, iy - 1); y <= Math.min(ny - 1, iy + 1); y++)
    for (let x = Math.max(0, ix - 1); x <= Math.min(nx - 1, ix + 1); x++) {
      const j = y * nx + x;
      if (j !== i && parent[j] !== -1) found.push(j);
    }
  return found;
}

/** Vertex of the parabola through three equally spaced values, at most half a step away. */
function vertex(below: number, at: number, above: number): { shift: number; drop: number } {
  const bend = below - 2 * at + above;
  if (!(bend > 0)) return { shift: 0, drop: 0 };
  const shift = Math.max(-0.5, Math.min(0.5, (0.5 * (below - above)) / bend));
  return { shift, drop: 0.25 * (below - above) * shift };
}

function refined({ xs, ys, values }: GridField, index: number): { x: number; y: number; value: number } {
  const nx = xs.length;
  const ix = index % nx;
  const iy = (index - ix) / nx;
  const along = (before: number, after: number, usable: boolean): { shift: number; drop: number } =>
    usable ? vertex(values[before]!, values[index]!, values[after]!) : { shift: 0, drop: 0 };
  const dx = along(index - 1, index + 1, ix > 0 && ix < nx - 1);
  const dy = along(index - nx, index + nx, iy > 0 && iy < ys.length - 1);
  const stepX = nx > 1 ? xs[1]! - xs[0]! : 0;
  const stepY = ys.length > 1 ? ys[1]! - ys[0]! : 0;
  return {
    x: xs[ix]! + dx.shift * stepX,
    y: ys[iy]! + dy.shift * stepY,
    value: values[index]! - dx.drop - dy.drop,
  };
}
