import { type MatchOptions, matchReduced, type ReducedCrystal, reduceCrystal } from '../matching/matcher.ts';
import type { Crystal } from '../matching/periodicSet.ts';
import { STRICT } from '../optimise/outcome.ts';

/** Lattices are one within the strict limits. */
const SAME_LATTICE: MatchOptions = {
  ltol: STRICT.length,
  angleTol: STRICT.angle,
  stol: 0.2,
  primitiveCell: true,
  scale: false,
};

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
  return furthest !== null && furthest <= STRICT.displacement;
}
