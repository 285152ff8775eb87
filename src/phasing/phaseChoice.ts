import type { Structure } from '../crystal/structure.ts';
import { type Rng, seededRng } from '../num/rng.ts';
import { amplitudesOf, phasesOf, type StructureFactors, structureFactorsAt } from './structureFactors.ts';

/**
 * Other phases for the same amplitudes. The list holds one reflection of each Friedel pair and the mate is always its
 * conjugate, so every choice is Friedel-consistent and every map is real. Phases in degrees [n].
 */

/** The amplitudes of `factors` with other phases; F(000) stays. */
export function withPhases(factors: StructureFactors, phases: ArrayLike<number>): StructureFactors {
  const amplitudes = amplitudesOf(factors);
  if (phases.length !== amplitudes.length)
    throw new Error(`${phases.length} phases for ${amplitudes.length} reflections`);
  const radians = (k: number): number => (phases[k]! * Math.PI) / 180;
  return {
    ...factors,
    re: amplitudes.map((amplitude, k) => amplitude * Math.cos(radians(k))),
    im: amplitudes.map((amplitude, k) => amplitude * Math.sin(radians(k))),
  };
}

export const zeroPhases = (factors: StructureFactors): Float64Array => new Float64Array(factors.re.length);

/** Uniform in [−180, 180), drawn in the order of the list. */
export const randomPhases = (factors: StructureFactors, rng: Rng): Float64Array =>
  Float64Array.from(factors.re, () => 360 * rng.uniform() - 180);

/** The phases of `factors` plus independent Gaussian errors of standard deviation `width` degrees. */
export const perturbedPhases = (factors: StructureFactors, width: number, rng: Rng): Float64Array =>
  phasesOf(factors).map(phase => phase + width * rng.normal());

/** Of F(000): below this the other crystal has no phase to give. */
const NO_AMPLITUDE = 1e-9;

/** Phases of one crystal for the reflections of another. */
interface BorrowedPhases {
  readonly phases: Float64Array;
  /** Reflections at which the donor's amplitude is not zero; the others get phase 0. */
  readonly matched: number;
}

/**
 * The phases of `donor` at the indices of `factors`, hkl for hkl: the donor is evaluated at those indices in its own
 * cell, so that no index is missing, however different the cells.
 */
export function borrowedPhases(
  factors: StructureFactors,
  donor: Pick<Structure, 'cell' | 'sites'>,
): BorrowedPhases {
  const lent = structureFactorsAt(donor, factors.hkl);
  const amplitudes = amplitudesOf(lent);
  const present = amplitudes.map(amplitude => (amplitude > NO_AMPLITUDE * lent.f000 ? 1 : 0));
  return {
    phases: phasesOf(lent).map((phase, k) => (present[k] ? phase : 0)),
    matched: present.reduce((sum, one) => sum + one, 0),
  };
}

/** Choice of the phases that go with the amplitudes of a crystal. Angles in degrees. */
export type PhaseChoice =
  | { readonly kind: 'true' }
  | { readonly kind: 'zero' }
  | { readonly kind: 'random'; readonly seed: number }
  | { readonly kind: 'perturbed'; readonly seed: number; readonly spread: number }
  /** `share` 0 leaves the true phases, 1 takes the donor's; between them each turns the shorter way. */
  | {
      readonly kind: 'borrowed';
      readonly donor: Pick<Structure, 'cell' | 'sites'>;
      readonly share: number;
    };

/** The chosen phases [n] in degrees, and how many reflections the donor has a phase for (all, where nothing is lent). */
export function chosenPhases(factors: StructureFactors, choice: PhaseChoice): BorrowedPhases {
  const all = (phases: Float64Array): BorrowedPhases => ({ phases, matched: phases.length });
  if (choice.kind === 'zero') return all(zeroPhases(factors));
  if (choice.kind === 'random') return all(randomPhases(factors, seededRng(choice.seed)));
  if (choice.kind === 'perturbed')
    return all(perturbedPhases(factors, choice.spread, seededRng(choice.seed)));
  const truth = phasesOf(factors);
  if (choice.kind === 'true') return all(truth);
  const { phases, matched } = borrowedPhases(factors, choice.donor);
  return { phases: truth.map((phase, k) => phase + choice.share * turn(phase, phases[k]!)), matched };
}

/** From one angle to another the shorter way, degrees in [−180, 180). */
const turn = (from: number, to: number): number => to - from - 360 * Math.floor((to - from) / 360 + 0.5);
