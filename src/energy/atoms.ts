import { type Cell, latticeMatrix } from '../crystal/cell.ts';
import type { Site } from '../crystal/structure.ts';

/** The 89 elements of the MatPES models in the order of their embedding: H to Pu without Po, At, Rn, Fr and Ra. */
export const MODEL_ELEMENTS: readonly string[] = (
  'H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb ' +
  'Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au ' +
  'Hg Tl Pb Bi Ac Th Pa U Np Pu'
).split(' ');

/** Row of an element in the embedding; −1 where the model was not trained on it. */
export const elementRow = (symbol: string): number => MODEL_ELEMENTS.indexOf(symbol);

/** Atoms of a periodic cell, as the potential sees them. */
export interface Atoms {
  /** 3 × 3 row-major, vectors as columns, angstrom; any orientation. */
  readonly lattice: Float64Array;
  /** Row of each element in the model [n]. */
  readonly elements: Int32Array;
  /** Fractional coordinates, any integer part [3n]. */
  readonly fract: Float64Array;
}

/** Why the potential cannot describe these sites, one sentence; null when it can. */
export function coverageProblem(sites: readonly Site[]): string | null {
  const unknown = [...new Set(sites.map(site => site.element).filter(element => elementRow(element) < 0))];
  if (unknown.length > 0)
    return `The potential was not trained on ${unknown.join(', ')}: it knows H to Pu without Po, At, Rn, Fr and Ra.`;
  const shared = sites.find(site => site.occupancy < 1);
  if (shared)
    return `Site ${shared.label} is occupied to ${shared.occupancy}: an energy needs whole atoms, one to a site.`;
  return null;
}

/** The atoms of a crystal in a cell; the sites must be covered. */
export function atomsOf(sites: readonly Site[], cell: Cell): Atoms {
  return {
    lattice: latticeMatrix(cell),
    elements: Int32Array.from(sites, site => elementRow(site.element)),
    fract: Float64Array.from(sites.flatMap(site => site.fract)),
  };
}
