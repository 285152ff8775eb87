import { CELL_KEYS, type Cell, type CellKey, cellProblem, isLength } from '../crystal/cell.ts';
import { type FamilyId, familyOf, tiedTo } from '../crystal/family.ts';
import { parameterLimits } from '../model/cellRange.ts';

export { defaultRange, parameterLimits } from '../model/cellRange.ts';

/** A two-parameter cut through the six-dimensional space of cells, with its grid. Angstrom and degrees. */
export interface Slice {
  readonly x: CellKey;
  readonly y: CellKey;
  /** The true cell: parameters that are not moved stay here. */
  readonly base: Cell;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  readonly nx: number;
  readonly ny: number;
  /** Parameters that symmetry makes equal to a moved one follow it; two moved ones each keep their own value. */
  readonly tied: boolean;
  readonly family: FamilyId;
}

/** For each of the six parameters the moved one that sets it, or null where it stays at the base. */
export function drivers(slice: Pick<Slice, 'x' | 'y' | 'tied' | 'family'>): readonly ('x' | 'y' | null)[] {
  const followers = (key: CellKey): readonly CellKey[] =>
    slice.tied ? tiedTo(familyOf(slice.family), key) : [key];
  return CELL_KEYS.map(key => {
    if (key === slice.x) return 'x';
    if (key === slice.y) return 'y';
    if (followers(slice.x).includes(key)) return 'x';
    return followers(slice.y).includes(key) ? 'y' : null;
  });
}

/** The cell at a point of the slice. */
export function sliceCell(slice: Slice, x: number, y: number): Cell {
  const driven = drivers(slice);
  return slice.base.map((value, i) =>
    driven[i] === 'x' ? x : driven[i] === 'y' ? y : value,
  ) as unknown as Cell;
}

/** Grid values along an axis, both ends included [nx] or [ny]. */
export function sliceAxis(slice: Slice, axis: 'x' | 'y'): Float64Array {
  const [low, high] = axis === 'x' ? slice.xRange : slice.yRange;
  const n = axis === 'x' ? slice.nx : slice.ny;
  return Float64Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1));
}

/** Cells of grid points, flat [n * 6]; `indices` are iy * nx + ix, all points in order without it. */
export function sliceCells(slice: Slice, indices?: ArrayLike<number>): Float64Array {
  const xs = sliceAxis(slice, 'x');
  const ys = sliceAxis(slice, 'y');
  const n = indices?.length ?? slice.nx * slice.ny;
  const driven = drivers(slice);
  const out = new Float64Array(n * 6);
  for (let k = 0; k < n; k++) {
    const index = indices ? indices[k]! : k;
    const x = xs[index % slice.nx]!;
    const y = ys[Math.floor(index / slice.nx)]!;
    for (let i = 0; i < 6; i++)
      out[6 * k + i] = driven[i] === 'x' ? x : driven[i] === 'y' ? y : slice.base[i]!;
  }
  return out;
}

/** Why a slice cannot be computed, naming value and unit; null when it can. */
export function sliceProblem(slice: Slice): string | null {
  if (slice.x === slice.y) return `a slice needs two different parameters, not ${slice.x} twice`;
  for (const [key, [low, high]] of [
    [slice.x, slice.xRange],
    [slice.y, slice.yRange],
  ] as const) {
    const unit = isLength(key) ? '\u202fÅ' : '°';
    if (!(low < high))
      return `the range of ${key} runs from ${low}${unit} to ${high}${unit}: low to high is needed`;
    const [least, most] = parameterLimits(key);
    if (low < least || high > most)
      return `the range of ${key}, ${low}${unit} to ${high}${unit}, leaves ${least}${unit} to ${most}${unit}`;
  }
  return cellProblem(slice.base);
}
