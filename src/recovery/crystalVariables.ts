import { latticeMatrix } from '../crystal/cell.ts';
import { sharedPositions } from '../crystal/sharedPositions.ts';
import { fractOf } from '../crystal/siteVector.ts';
import type { Crystal } from '../matching/periodicSet.ts';
import { inverse } from '../num/matrix3.ts';
import { cellParameters, type FreeParameter } from '../optimise/parameters.ts';

/** Weight of the lattice against the atoms: this change of a log length, or in radians, counts as 1 Å of a coordinate. */
export const LATTICE_UNIT = 0.2;

/** A point of a search: cell [6], angstrom and degrees, and fractional coordinates [sites * 3]. */
export interface CrystalPoint {
  readonly cell: Float64Array;
  readonly fract: Float64Array;
}

/** Cell and atoms in the variables of a search, and derivatives from one to the other. */
export interface CrystalVariables {
  /** One a variable: first those of the cell, where it is free, then x, y, z of every position. */
  readonly free: readonly FreeParameter[];
  toCrystal(x: Float64Array, out: CrystalPoint): void;
  fromCrystal(point: { readonly cell: ArrayLike<number>; readonly fract: ArrayLike<number> }): Float64Array;
  /** ∂L/∂x from ∂L/∂cell and ∂L/∂fract at a point. */
  chain(point: CrystalPoint, slopes: CrystalPoint, out: Float64Array): void;
}

/**
 * Variables in which a step of one length suits all: ångström along Cartesian axes for atoms, as the cell of the start has
 * them, and log lengths and radians over `LATTICE_UNIT` for the lattice, which takes all six parameters. Species that share
 * a position move as one.
 * @param start elements and order of the sites, shared positions, and the cell by which fractions become ångström
 */
export function crystalVariables(start: Crystal, cellIsFree: boolean): CrystalVariables {
  const lattice = cellIsFree ? cellParameters(null) : null;
  const first = lattice?.free.length ?? 0;
  const positions = sharedPositions(start.sites);
  const toAngstrom = latticeMatrix(start.cell);
  const toFraction = inverse(toAngstrom);
  const atoms = positions.flatMap(([site]) =>
    ['x', 'y', 'z'].map(axis => ({ name: `${start.sites[site!]!.label} ${axis}`, unit: 'Å' as const })),
  );
  return {
    free: [...(lattice?.free ?? []), ...atoms],
    toCrystal(x, { cell, fract }) {
      if (lattice)
        lattice.toCell(
          x.subarray(0, first).map(value => value * LATTICE_UNIT),
          cell,
        );
      else cell.set(start.cell);
      for (const [p, sites] of positions.entries())
        for (let i = 0; i < 3; i++) {
          const value = row(toFraction, i, x, first + 3 * p);
          for (const j of sites) fract[3 * j + i] = value;
        }
    },
    fromCrystal({ cell, fract }) {
      const x = new Float64Array(first + 3 * positions.length);
      if (lattice) x.set(lattice.fromCell(cell).map(value => value / LATTICE_UNIT));
      for (const [p, [site]] of positions.entries())
        for (let i = 0; i < 3; i++) x[first + 3 * p + i] = row(toAngstrom, i, fract, 3 * site!);
      return x;
    },
    chain({ cell }, slopes, out) {
      if (lattice) {
        lattice.chain(cell, slopes.cell, out);
        for (let i = 0; i < first; i++) out[i]! *= LATTICE_UNIT;
      }
      for (const [p, sites] of positions.entries()) {
        const sum = [0, 1, 2].map(k => sites.reduce((total, j) => total + slopes.fract[3 * j + k]!, 0));
        for (let i = 0; i < 3; i++)
          out[first + 3 * p + i] =
            toFraction[i]! * sum[0]! + toFraction[3 + i]! * sum[1]! + toFraction[6 + i]! * sum[2]!;
      }
    },
  };
}

/** Row of a matrix times the vector that begins at a place of a list. */
const row = (m: Float64Array, i: number, v: ArrayLike<number>, at: number): number =>
  m[3 * i]! * v[at]! + m[3 * i + 1]! * v[at + 1]! + m[3 * i + 2]! * v[at + 2]!;

export const pointOf = (crystal: Crystal): CrystalPoint => ({
  cell: Float64Array.from(crystal.cell),
  fract: fractOf(crystal.sites),
});
