import { CELL_KEYS, type CellKey, cellIndex } from '../crystal/cell.ts';
import { type FamilyId, familyOf, projectCell, tiedTo } from '../crystal/family.ts';
import { freeGroups, type SearchSpace } from './modes.ts';

/**
 * One free number of a search, in the variable that the search steps in. Variables are scaled so that one step length
 * suits all: logarithms of lengths and angles in radians for the lattice, ångström for atoms.
 */
export interface FreeParameter {
  /** Of the cell: a, b, c, alpha, beta, gamma, the first of those that move as one. */
  readonly name: string;
  readonly unit: 'ln Å' | 'rad' | 'Å' | '';
}

/** Limits of a search, one a parameter [n], in the variables of the search. */
export interface Box {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** The lattice in the variables of a search: x ↔ cell, and derivatives from one to the other. */
export interface CellParameters {
  readonly free: readonly FreeParameter[];
  /** Parameters of the cell that each free number moves, as indices of `Cell`. */
  readonly groups: readonly (readonly number[])[];
  /** @returns cell [6], angstrom and degrees */
  toCell(x: ArrayLike<number>, out?: Float64Array): Float64Array;
  /** Free numbers of a cell [n]; what the family does not allow is projected away. */
  fromCell(cell: ArrayLike<number>): Float64Array;
  /** ∂L/∂x [n] from ∂L/∂cell [6], per angstrom and per degree. */
  chain(cell: ArrayLike<number>, byCell: ArrayLike<number>, out: Float64Array): Float64Array;
}

const DEGREES = 180 / Math.PI;

/**
 * The free parameters of a crystal family, all six without one: equal lengths move as one, fixed angles not at all.
 * A cubic cell has one, a monoclinic four.
 */
export function cellParameters(family: FamilyId | null): CellParameters {
  const own = familyOf(family ?? 'triclinic');
  const lead = (key: CellKey): readonly CellKey[] => tiedTo(own, key);
  const keys = CELL_KEYS.filter(key => own.fixed[key] === undefined && lead(key)[0] === key);
  return grouped(
    keys.map(key => lead(key).map(cellIndex)),
    CELL_KEYS.map(key => own.fixed[key] ?? 0),
    cell => (family ? projectCell(own, cell) : cell),
  );
}

/** Those that a descent moves: all six, or the two of a slice with what is tied to them. */
export const spaceParameters = (space: SearchSpace, family: FamilyId): CellParameters =>
  space.kind === 'full' ? cellParameters(null) : grouped(freeGroups(space, family), space.base);

/** Groups of parameters that each move as one; the others stay at `rest` [6]. */
function grouped(
  groups: readonly (readonly number[])[],
  rest: ArrayLike<number>,
  project: (cell: ArrayLike<number>) => ArrayLike<number> = cell => cell,
): CellParameters {
  return {
    free: groups.map(([i]) => ({ name: CELL_KEYS[i!]!, unit: i! < 3 ? 'ln Å' : 'rad' })),
    groups,
    toCell(x, out = new Float64Array(6)) {
      out.set(rest);
      for (const [j, group] of groups.entries())
        for (const i of group) out[i] = i < 3 ? Math.exp(x[j]!) : x[j]! * DEGREES;
      return out;
    },
    fromCell(cell) {
      const held = project(cell);
      return Float64Array.from(groups, ([i]) => (i! < 3 ? Math.log(held[i!]!) : held[i!]! / DEGREES));
    },
    chain(cell, byCell, out) {
      for (const [j, group] of groups.entries()) {
        out[j] = 0;
        for (const i of group) out[j]! += byCell[i]! * (i < 3 ? cell[i]! : DEGREES);
      }
      return out;
    },
  };
}

/** The box of so much on either side of a point. @param reach one number a parameter [n] */
export const boxAround = (x: ArrayLike<number>, reach: ArrayLike<number>): Box => ({
  low: Float64Array.from({ length: x.length }, (_, j) => x[j]! - reach[j]!),
  high: Float64Array.from({ length: x.length }, (_, j) => x[j]! + reach[j]!),
});

/** Parameters that stand at a limit of the box. */
export const atLimits = (x: ArrayLike<number>, { low, high }: Box): number[] =>
  Array.from(low.keys()).filter(j => x[j]! <= low[j]! || x[j]! >= high[j]!);
