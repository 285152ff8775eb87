import { type MatchOptions, matchReduced, type ReducedCrystal, reduceCrystal } from '../matching/matcher.ts';
import type { Crystal } from '../matching/periodicSet.ts';

/** Lattices are one to 0.5 % of every length and 0.5° of every angle. */
const SAME_LATTICE: MatchOptions = {
  ltol: 0.005,
  angleTol: 0.5,
  stol: 0.2,
  primitiveCell: true,
  scale: false,
};

/** Structures are one where no atom lies further from its place, ångström. */
export const SAME_PLACE = 0.05;

/**
 * Distance of the furthest atom from its place in another crystal, ångström, over all settings of the lattice, mirror images
 * and origins (the mean shift is taken off); null where the lattices are not one or an atom has no place.
 */
export function furthestAtom(truth: ReducedCrystal, crystal: Crystal): number | null {
  const { matched, maximum, freeLength } = matchReduced(truth, reduceCrystal(crystal), SAME_LATTICE);
  return matched ? maximum! * freeLength : null;
}

/** One structure within the strict limits. */
export function sameStructure(truth: ReducedCrystal, crystal: Crystal): boolean {
  const furthest = furthestAtom(truth, crystal);
  return furthest !== null && furthest <= SAME_PLACE;
}
