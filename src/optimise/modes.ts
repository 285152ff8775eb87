import { type CellKey, cellIndex } from '../crystal/cell.ts';
import { type Family, type FamilyId, familyOf, projectCell, tiedTo } from '../crystal/family.ts';
import { isCellKey } from '../model/cellParameter.ts';
import type { Point, Symmetriser } from '../model/parameter.ts';

/** The three settings of the paper (section 3.1.1): where the symmetry projector P acts. */
export type DescentMode = 'unconstrained' | 'constrainedStart' | 'constrained';

/**
 * Readings of P in a slice, where only two parameters move (conventions, "Descent"):
 * `full`: P acts on all six, unmoved ones entering the means with their slice values, and only the moved are kept;
 * `movedOnly`: moved parameters are tied among themselves and to fixed angles;
 * `tied`: every parameter that symmetry makes equal follows the moved one.
 */
export type ProjectorReading = 'full' | 'movedOnly' | 'tied';
export const PROJECTOR_READINGS: readonly ProjectorReading[] = ['full', 'movedOnly', 'tied'];

export type SearchSpace =
  | {
      readonly kind: 'slice';
      readonly x: string;
      readonly y: string;
      readonly base: Point;
      /** The slice itself is tied: equal parameters follow the moved one in every mode. */
      readonly tied: boolean;
      /** Places in the point of axes that are none of the cell; absent: both are of the cell. */
      readonly places?: readonly [number, number] | undefined;
    }
  | {
      readonly kind: 'full';
      /** Absent: the six of the cell alone. */
      readonly model?: WholeModel | undefined;
    };

/** A space of more than the cell. */
export interface WholeModel {
  /** The cell moves too. */
  readonly cell: boolean;
  /** Parameters beyond the cell. */
  readonly count: number;
  /** Absent: symmetry says nothing about them. */
  readonly symmetric?: Symmetriser | undefined;
}

/** Groups of parameters that move as one: a plain parameter is a group of its own. */
export function freeGroups(space: SearchSpace, family: FamilyId): readonly (readonly number[])[] {
  if (space.kind === 'full') {
    const { cell = true, count = 0 } = space.model ?? {};
    return Array.from({ length: 6 + count }, (_, i) => [i]).slice(cell ? 0 : 6);
  }
  const { x, y, tied, places } = space;
  const members = (id: string, other: string, place: number | undefined): number[] => {
    if (!isCellKey(id)) return [place!];
    return tied
      ? tiedTo(familyOf(family), id)
          .filter(member => member === id || member !== other)
          .map(cellIndex)
      : [cellIndex(id)];
  };
  const xs = members(x, y, places?.[0]);
  // A third parameter tied to both follows x.
  const ys = members(y, x, places?.[1]).filter(i => !xs.includes(i));
  return [xs, ys];
}

/**
 * The projector of a space and reading as a map on points. Idempotent, but for the reading `full` in a slice where an
 * unmoved length enters a mean (see `fullProjection`). In a slice it says nothing about parameters beyond the cell.
 */
export function projector(
  space: SearchSpace,
  reading: ProjectorReading,
  familyId: FamilyId,
): (point: ArrayLike<number>) => Point {
  const family = familyOf(familyId);
  if (space.kind === 'full') {
    const { model } = space;
    return point => [
      ...(model?.cell === false ? first(point) : projectCell(family, point)),
      ...(model?.symmetric ? symmetrised(model.symmetric, point) : rest(point)),
    ];
  }
  // In a tied slice every equal parameter follows already; tying the moved ones to each other is all that is left.
  if (space.tied || reading === 'tied') return point => tiedProjection(family, space, point, true);
  if (reading === 'movedOnly') return point => tiedProjection(family, space, point, false);
  return point => fullProjection(family, space, point);
}

const first = (point: ArrayLike<number>): number[] => Array.from({ length: 6 }, (_, i) => point[i]!);
const rest = (point: ArrayLike<number>): number[] => Array.from(point).slice(6);

const symmetrised = (rows: Symmetriser, point: ArrayLike<number>): number[] =>
  rows.map(({ from, weights, offset }) =>
    from.reduce((sum, j, k) => sum + weights[k]! * point[6 + j]!, offset),
  );

type SliceSpace = Extract<SearchSpace, { kind: 'slice' }>;

const cellKeys = ({ x, y }: SliceSpace): CellKey[] => [x, y].filter(isCellKey);

/**
 * P on all six, only the moved kept. The means contain unmoved values, so that P applied once is not yet a fixed point
 * where one moved length enters a mean with an unmoved one: the limit, at the unmoved value, would forbid any motion.
 * The paper's algorithm applies P once a step, and so does this.
 */
function fullProjection(family: Family, space: SliceSpace, point: ArrayLike<number>): Point {
  const whole = Array.from(space.base);
  for (const key of cellKeys(space)) whole[cellIndex(key)] = point[cellIndex(key)]!;
  const projected = projectCell(family, whole);
  const out = [...first(space.base), ...rest(point)];
  for (const key of cellKeys(space)) out[cellIndex(key)] = projected[cellIndex(key)]!;
  return out;
}

function tiedProjection(family: Family, space: SliceSpace, point: ArrayLike<number>, follow: boolean): Point {
  const out = Array.from(point);
  const moved = cellKeys(space);
  for (const key of moved) {
    const fixed = family.fixed[key];
    if (fixed !== undefined) out[cellIndex(key)] = fixed;
    const group = tiedTo(family, key);
    const inGroup = moved.filter(other => group.includes(other));
    const mean = inGroup.reduce((sum, other) => sum + point[cellIndex(other)]!, 0) / inGroup.length;
    if (group.length < 2) continue;
    for (const member of follow ? group : inGroup) out[cellIndex(member)] = mean;
  }
  return out;
}
