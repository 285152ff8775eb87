import type { Cell } from '../../src/crystal/cell.ts';
import type { FamilyId } from '../../src/crystal/family.ts';
import type { Site } from '../../src/crystal/structure.ts';
import type { Nearness } from '../../src/recovery/basins.ts';

/** A crystal with a neighbour: the same sites in another cell, whose pattern all but coincides with its own. */
export interface PseudoSymmetric {
  readonly name: string;
  readonly family: FamilyId;
  readonly cell: Cell;
  readonly twin: Cell;
  readonly sites: readonly Site[];
  /** A cell so near is the crystal's and not its twin's: a quarter of what they differ by. */
  readonly near: Nearness;
  /** Cell that the distorted copies are made of, and σ, where not the true one and that of the run. */
  readonly from?: { readonly cell: Cell; readonly sigma: number };
}

const sitesOf = (...rows: readonly (readonly [string, number, number, number])[]): Site[] =>
  rows.map(([element, x, y, z], i) => ({
    label: `${element}${i + 1}`,
    element,
    fract: [x, y, z],
    occupancy: 1,
  }));

/** BaTiO3 with titanium and oxygen moved along c, along a, in the plane of a and c, or along all three axes. */
const perovskite = ([x, y, z]: readonly [number, number, number]): Site[] =>
  sitesOf(
    ['Ba', 0, 0, 0],
    ['Ti', 0.5 + x, 0.5 + y, 0.5 + z],
    ['O', 0.5 - x, 0.5 - y, -1.5 * z],
    ['O', 0.5 - x, -1.5 * y, 0.5 - z],
    ['O', -1.5 * x, 0.5 - y, 0.5 - z],
  );

const tetragonal = (ratio: number): PseudoSymmetric => ({
  name: `perovskite, c/a ${ratio}`,
  family: 'tetragonal',
  cell: [3.99, 3.99, 3.99 * ratio, 90, 90, 90],
  twin: [3.99 * ratio, 3.99, 3.99, 90, 90, 90],
  sites: perovskite([0, 0, 0.015]),
  near: { length: (ratio - 1) / 4, angle: 0.25 },
});

/** Constructed crystals whose lattice is nearly more symmetric than their atoms are. */
export const PSEUDO_SYMMETRIC: readonly PseudoSymmetric[] = [
  tetragonal(1.005),
  tetragonal(1.01),
  tetragonal(1.02),
  {
    name: 'perovskite, b/a 1.007',
    family: 'orthorhombic',
    cell: [3.99, 4.018, 4.15, 90, 90, 90],
    twin: [4.018, 3.99, 4.15, 90, 90, 90],
    sites: perovskite([0.015, 0, 0]),
    near: { length: 0.007 / 4, angle: 0.25 },
  },
  {
    name: 'perovskite, β 90.3°',
    family: 'monoclinic',
    cell: [3.99, 4.03, 4.1, 90, 90.3, 90],
    twin: [3.99, 4.03, 4.1, 90, 89.7, 90],
    sites: perovskite([0.012, 0, 0.015]),
    near: { length: 0.002, angle: 0.15 },
  },
  {
    name: 'perovskite, α = β = γ 90.3°',
    family: 'triclinic',
    cell: [4, 4, 4, 90.3, 90.3, 90.3],
    twin: [4, 4, 4, 90.3, 89.7, 89.7],
    sites: perovskite([0.015, 0.015, 0.015]),
    near: { length: 0.002, angle: 0.15 },
  },
  {
    name: 'nearly hexagonal, a/b 1.006',
    family: 'triclinic',
    cell: [4.857, 4.828, 2.847, 90, 90, 120],
    twin: [4.828, 4.857, 2.847, 90, 90, 120],
    sites: sitesOf(['Ti', 0, 0, 0], ['U', 0.35, 0.66, 0.5], ['U', 0.67, 0.31, 0.5]),
    near: { length: 0.0015, angle: 0.15 },
  },
];

/** Derivative lattices: all spacings of one are those of the other (Mighell & Santoro, J. Appl. Cryst. 8, 372, 1975). */
export const DERIVATIVE: readonly PseudoSymmetric[] = [
  {
    name: 'cubic a, and tetragonal a/√2, a',
    family: 'triclinic',
    cell: [3.35, 3.35, 3.35, 90, 90, 90],
    twin: [3.35 * Math.SQRT1_2, 3.35 * Math.SQRT1_2, 3.35, 90, 90, 90],
    sites: sitesOf(['Po', 0, 0, 0]),
    near: { length: 0.005, angle: 0.5 },
    from: { cell: [3.35 * 0.84, 3.35 * 0.84, 3.35, 90, 90, 90], sigma: 0.2 },
  },
  {
    name: 'hexagonal a, c, and orthorhombic a/2, √3a/2, c',
    family: 'triclinic',
    cell: [4.6, 4.6, 2.82, 90, 90, 120],
    twin: [2.3, 2.3 * Math.sqrt(3), 2.82, 90, 90, 90],
    sites: sitesOf(['Po', 0, 0, 0]),
    near: { length: 0.005, angle: 0.5 },
    from: { cell: [2.3, 2.3 * Math.sqrt(3), 2.82, 90, 90, 90], sigma: 0.1 },
  },
];
