import type { Atoms } from './atoms.ts';
import { neighbourGraph } from './graph.ts';

/** Nearer than this the potential says nothing: it has no repulsion of the nuclei (specification, section 5.7). Angstrom. */
export const CLOSEST = 0.7;

/** Distance of the closest two atoms, angstrom; infinite where none are within 1 Å. */
export const closestPair = (atoms: Atoms): number =>
  neighbourGraph(atoms, 1).distance.reduce((least, r) => Math.min(least, r), Number.POSITIVE_INFINITY);
