import { disjointSets } from '../num/disjointSets.ts';
import { floodedNeighbours, floodingOrder, type GridField, type Minimum } from './minima.ts';

/** Basin of a point of the grid: the position of a minimum in its list, or none. */
export const NO_BASIN = -1;

/**
 * The basin of every grid point [iy * nx + ix] by flooding from below (watershed, Vincent & Soille, IEEE PAMI 13, 583,
 * 1991): points join the basin of their lowest neighbour in order of value. Where two meet, a minimum that is not in the
 * list gives its points to the other; two that are listed keep theirs. Missing points, and what only unlisted minima
 * drain, belong to none.
 * @param minima as `findMinima` returned them
 */
export function watershed(field: GridField, minima: readonly Pick<Minimum, 'index'>[]): Int32Array {
  const { values } = field;
  const nx = field.xs.length;
  const ny = field.ys.length;
  const listed = new Map(minima.map(({ index }, i) => [index, i]));
  const { parent, root } = disjointSets(values.length);
  for (const i of floodingOrder(values)) {
    const neighbours = floodedNeighbours(i, nx, ny, parent);
    if (neighbours.length === 0 || listed.has(i)) {
      parent[i] = i;
      continue;
    }
    const lowest = neighbours.reduce((best, j) => (values[j]! < values[best]! ? j : best));
    parent[i] = root(lowest);
    for (const j of neighbours) {
      const [own, other] = [root(i), root(j)];
      if (own === other) continue;
      // of two that are not listed the deeper one stays
      const otherStays = listed.has(other) || (!listed.has(own) && values[other]! < values[own]!);
      if (listed.has(own) && listed.has(other)) continue;
      if (otherStays) parent[own] = other;
      else parent[other] = own;
    }
  }
  return Int32Array.from(values, (value, i) =>
    Number.isFinite(value) ? (listed.get(root(i)) ?? NO_BASIN) : NO_BASIN,
  );
}

/** Index of the grid point nearest to a point; −1 outside the grid by more than half a step. */
export function nearestPoint({ xs, ys }: Pick<GridField, 'xs' | 'ys'>, x: number, y: number): number {
  const at = (axis: Float64Array, value: number): number => {
    const step = (axis.at(-1)! - axis[0]!) / (axis.length - 1);
    const i = Math.round((value - axis[0]!) / step);
    return i >= 0 && i < axis.length ? i : -1;
  };
  const [ix, iy] = [at(xs, x), at(ys, y)];
  return ix < 0 || iy < 0 ? -1 : iy * xs.length + ix;
}
