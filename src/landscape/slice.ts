import { type Cell, type CellKey, cellIndex, cellProblem } from '../crystal/cell.ts';
import { type FamilyId, familyOf, tiedTo } from '../crystal/family.ts';
import { cellParameter, isCellKey } from '../model/cellParameter.ts';
import type { ModelParameter, MovedParameter, Point, Symmetriser } from '../model/parameter.ts';
import type { SpecialPosition } from '../model/specialPositions.ts';

/** A two-parameter cut through the space of models, with its grid. Angstrom, degrees, and the units of other parameters. */
export interface Slice {
  /** Names of its parameters in links. */
  readonly x: string;
  readonly y: string;
  /** The true point: parameters that are not moved stay here. */
  readonly base: Point;
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  readonly nx: number;
  readonly ny: number;
  /** Parameters that symmetry makes equal to a moved one of the cell follow it; two moved ones each keep their own value. */
  readonly tied: boolean;
  readonly family: FamilyId;
  /** Where an axis is none of the cell: both of them, and the parameters beyond the cell that a point has [m]. */
  readonly model?: SliceModel | undefined;
}

export interface SliceModel {
  readonly x: ModelParameter;
  readonly y: ModelParameter;
  readonly moved: readonly MovedParameter[];
  /** An axis is of the cell. */
  readonly cellMoves: boolean;
  /** Symmetric values of the numbers beyond the cell; absent: symmetry says nothing about them. */
  readonly symmetric?: Symmetriser | undefined;
  /** Where the symmetry of a moved site rises. */
  readonly special?: readonly SpecialPosition[] | undefined;
}

/** The parameter along an axis. */
export const sliceParameter = (slice: Slice, axis: 'x' | 'y'): ModelParameter =>
  slice.model?.[axis] ?? cellParameter(slice[axis] as CellKey, slice.base as unknown as Cell);

const NONE: readonly MovedParameter[] = [];

export const movedOf = ({ model }: Pick<Slice, 'model'>): readonly MovedParameter[] => model?.moved ?? NONE;

/** Numbers of a point. */
export const strideOf = (slice: Pick<Slice, 'model'>): number => 6 + movedOf(slice).length;

/** The cell of a point. */
export const cellAt = (point: ArrayLike<number>): Cell =>
  Array.from({ length: 6 }, (_, i) => point[i]!) as unknown as Cell;

/** For each parameter of the cell the moved one that sets it, or null where it stays at the base. */
export function drivers(slice: Pick<Slice, 'x' | 'y' | 'tied' | 'family'>): readonly ('x' | 'y' | null)[] {
  const followers = (id: string): readonly string[] =>
    slice.tied && isCellKey(id) ? tiedTo(familyOf(slice.family), id) : [id];
  const [xs, ys] = [followers(slice.x), followers(slice.y)];
  return CELL.map(key => {
    if (key === slice.x) return 'x';
    if (key === slice.y) return 'y';
    if (xs.includes(key)) return 'x';
    return ys.includes(key) ? 'y' : null;
  });
}

const CELL: readonly CellKey[] = ['a', 'b', 'c', 'alpha', 'beta', 'gamma'];

/**
 * By how much a number beyond the cell moves with a unit of a parameter: 1 where it is that parameter, the tie of its
 * slot where the parameter moves it with others.
 */
function shareOf(moved: readonly MovedParameter[], number: MovedParameter, axis: ModelParameter): number {
  if (axis.group === 'cell') return 0;
  if (moved.some(({ id }) => id === axis.id)) return number.id === axis.id ? 1 : 0;
  return axis.moves.find(({ slot }) => slot === number.moves[0]!.slot)?.factor ?? 0;
}

/** Place in a point of the number that a parameter is read from: its own, or that of the first that it moves. */
export function placeInPoint(
  moved: readonly MovedParameter[],
  parameter: Pick<ModelParameter, 'id' | 'moves'>,
): number {
  if (isCellKey(parameter.id)) return cellIndex(parameter.id);
  const own = moved.findIndex(({ id }) => id === parameter.id);
  return 6 + (own >= 0 ? own : moved.findIndex(({ moves }) => moves[0]!.slot === parameter.moves[0]!.slot));
}

/** Places in a point of the two axes. */
export const slicePlaces = (slice: Slice): readonly [number, number] => [
  placeInPoint(movedOf(slice), sliceParameter(slice, 'x')),
  placeInPoint(movedOf(slice), sliceParameter(slice, 'y')),
];

/** Values inside a range at which an axis has its true value, whole periods away included. */
function trueValues(slice: Slice, axis: 'x' | 'y', place: number): number[] {
  const { period } = sliceParameter(slice, axis);
  const value = slice.base[place]!;
  if (period === null) return [value];
  const [low, high] = slice[`${axis}Range`];
  const from = Math.ceil((low - value) / period - 1e-9);
  const count = Math.floor((high - value) / period + 1e-9) - from + 1;
  return Array.from({ length: Math.max(0, count) }, (_, k) => value + (from + k) * period);
}

/** Places of the true crystal in a slice: once, and again at whole periods of its coordinates inside the ranges. */
export function truthsOf(slice: Slice): (readonly [number, number])[] {
  const [px, py] = slicePlaces(slice);
  const [xs, ys] = [trueValues(slice, 'x', px), trueValues(slice, 'y', py)];
  return ys.flatMap(y => xs.map(x => [x, y] as const));
}

/** Change of a point with a unit along each axis: a slice is flat. */
export function sliceDirections(slice: Slice): readonly [Float64Array, Float64Array] {
  const [x, y] = [sliceParameter(slice, 'x').value, sliceParameter(slice, 'y').value];
  const from = slicePoint(slice, x, y);
  const change = (to: Point): Float64Array => Float64Array.from(to, (value, i) => value - from[i]!);
  return [change(slicePoint(slice, x + 1, y)), change(slicePoint(slice, x, y + 1))];
}

/** What fills in points of a slice: (x, y, where to, from which place on). */
function pointFiller(slice: Slice): (x: number, y: number, out: Float64Array | number[], at: number) => void {
  const driven = drivers(slice);
  const { base } = slice;
  const moved = movedOf(slice);
  const [px, py] = [sliceParameter(slice, 'x'), sliceParameter(slice, 'y')];
  const shares = moved.map(number => [shareOf(moved, number, px), shareOf(moved, number, py)] as const);
  return (x, y, out, at) => {
    for (let i = 0; i < 6; i++) out[at + i] = driven[i] === 'x' ? x : driven[i] === 'y' ? y : base[i]!;
    for (let j = 0; j < shares.length; j++) {
      const [sx, sy] = shares[j]!;
      // the number itself and not a sum, so that a point keeps all its digits
      out[at + 6 + j] =
        sx === 1 && sy === 0
          ? alone(x, px, moved[j]!)
          : sy === 1 && sx === 0
            ? alone(y, py, moved[j]!)
            : base[6 + j]! + sx * (x - px.value) + sy * (y - py.value);
    }
  };
}

const alone = (value: number, axis: ModelParameter, number: MovedParameter): number =>
  axis.value === number.value ? value : number.value + (value - axis.value);

/** The point of a slice. */
export function slicePoint(slice: Slice, x: number, y: number): Point {
  const out: number[] = [];
  pointFiller(slice)(x, y, out, 0);
  return out;
}

/** The cell at a point of the slice. */
export const sliceCell = (slice: Slice, x: number, y: number): Cell => cellAt(slicePoint(slice, x, y));

/** Grid values along an axis, both ends included [nx] or [ny]. */
export function sliceAxis(slice: Slice, axis: 'x' | 'y'): Float64Array {
  const [low, high] = axis === 'x' ? slice.xRange : slice.yRange;
  const n = axis === 'x' ? slice.nx : slice.ny;
  return Float64Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1));
}

/** Grid points, flat [n * (6 + m)]; `indices` are iy * nx + ix, all points in order without it. */
export function slicePoints(slice: Slice, indices?: ArrayLike<number>): Float64Array {
  const xs = sliceAxis(slice, 'x');
  const ys = sliceAxis(slice, 'y');
  const n = indices?.length ?? slice.nx * slice.ny;
  const stride = strideOf(slice);
  const fill = pointFiller(slice);
  const out = new Float64Array(n * stride);
  for (let k = 0; k < n; k++) {
    const index = indices ? indices[k]! : k;
    fill(xs[index % slice.nx]!, ys[Math.floor(index / slice.nx)]!, out, stride * k);
  }
  return out;
}

/** Why a slice cannot be computed, naming value and unit; null when it can. */
export function sliceProblem(slice: Slice): string | null {
  if (slice.x === slice.y) return `a slice needs two different parameters, not ${slice.x} twice`;
  for (const axis of ['x', 'y'] as const) {
    const { id, unit: bare, limits } = sliceParameter(slice, axis);
    const [low, high] = slice[`${axis}Range`];
    const unit = bare === '°' || bare === '' ? bare : `\u202f${bare}`;
    if (!(low < high))
      return `the range of ${id} runs from ${low}${unit} to ${high}${unit}: low to high is needed`;
    const [least, most] = limits;
    if (low < least || high > most)
      return `the range of ${id}, ${low}${unit} to ${high}${unit}, leaves ${least}${unit} to ${most}${unit}`;
  }
  return cellProblem(slice.base);
}

/** The usual range of a parameter of a cell, angstrom or degrees. */
export const defaultRange = (key: CellKey, cell: Cell): readonly [number, number] =>
  cellParameter(key, cell).range;
