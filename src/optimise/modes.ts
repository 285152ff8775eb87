import { CELL_KEYS, type Cell, type CellKey, cellIndex } from '../crystal/cell.ts';
import { type Family, type FamilyId, familyOf, projectCell, tiedTo } from '../crystal/family.ts';

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
      readonly x: CellKey;
      readonly y: CellKey;
      readonly base: Cell;
      /** The slice itself is tied: equal parameters follow the moved one in every mode. */
      readonly tied: boolean;
    }
  | { readonly kind: 'full' };

/** Groups of parameters that move as one: a plain parameter is a group of its own. */
export function freeGroups(space: SearchSpace, family: FamilyId): readonly (readonly number[])[] {
  if (space.kind === 'full') return CELL_KEYS.map((_, i) => [i]);
  const { x, y, tied } = space;
  const members = (key: CellKey, other: CellKey): number[] =>
    tied
      ? tiedTo(familyOf(family), key)
          .filter(member => member === key || member !== other)
          .map(cellIndex)
      : [cellIndex(key)];
  const xs = members(x, y);
  // A third parameter tied to both follows x.
  const ys = members(y, x).filter(i => !xs.includes(i));
  return [xs, ys];
}

/**
 * The projector of a space and reading as a map on cells. Idempotent, but for the reading `full` in a slice where an
 * unmoved length enters a mean (see `fullProjection`).
 */
export function projector(
  space: SearchSpace,
  reading: ProjectorReading,
  familyId: FamilyId,
): (cell: ArrayLike<number>) => Cell {
  const family = familyOf(familyId);
  if (space.kind === 'full') return cell => projectCell(family, cell);
  // In a tied slice every equal parameter follows already; tying the moved ones to each other is all that is left.
  if (space.tied || reading === 'tied') return cell => tiedProjection(family, space, cell, true);
  if (reading === 'movedOnly') return cell => tiedProjection(family, space, cell, false);
  return cell => fullProjection(family, space, cell);
}

type SliceSpace = Extract<SearchSpace, { kind: 'slice' }>;

/**
 * P on all six, only the moved kept. The means contain unmoved values, so that P applied once is not yet a fixed point
 * where one moved length enters a mean with an unmoved one: the limit, at the unmoved value, would forbid any motion.
 * The paper's algorithm applies P once a step, and so does this.
 */
function fullProjection(family: Family, space: SliceSpace, cell: ArrayLike<number>): Cell {
  const whole = Array.from(space.base);
  for (const key of [space.x, space.y]) whole[cellIndex(key)] = cell[cellIndex(key)]!;
  const projected = projectCell(family, whole);
  const out = Array.from(space.base);
  for (const key of [space.x, space.y]) out[cellIndex(key)] = projected[cellIndex(key)]!;
  return out as unknown as Cell;
}

function tiedProjection(family: Family, space: SliceSpace, cell: ArrayLike<number>, follow: boolean): Cell {
  const out = Array.from({ length: 6 }, (_, i) => cell[i]!);
  const moved = [space.x, space.y];
  for (const key of moved) {
    const fixed = family.fixed[key];
    if (fixed !== undefined) out[cellIndex(key)] = fixed;
    const group = tiedTo(family, key);
    const inGroup = moved.filter(other => group.includes(other));
    const mean = inGroup.reduce((sum, other) => sum + cell[cellIndex(other)]!, 0) / inGroup.length;
    if (group.length < 2) continue;
    for (const member of follow ? group : inGroup) out[cellIndex(member)] = mean;
  }
  return out as unknown as Cell;
}
