import type { Structure } from '../crystal/structure.ts';
import { seededRng } from '../num/rng.ts';
import {
  type BorrowedPhases,
  borrowedPhases,
  perturbedPhases,
  randomPhases,
  zeroPhases,
} from './phaseSets.ts';
import { phasesOf, type StructureFactors } from './structureFactors.ts';

/** Choice of the phases that go with the amplitudes of a crystal. Angles in degrees. */
export type PhaseChoice =
  | { readonly kind: 'true' }
  | { readonly kind: 'zero' }
  | { readonly kind: 'random'; readonly seed: number }
  | { readonly kind: 'perturbed'; readonly seed: number; readonly spread: number }
  /** `share` 0 leaves the true phases, 1 takes the lender's; between them each turns the shorter way. */
  | {
      readonly kind: 'borrowed';
      readonly lender: Pick<Structure, 'cell' | 'sites'>;
      readonly share: number;
    };

/** The chosen phases [n] in degrees, and how many reflections the lender has a phase for (all, where nothing is lent). */
export function chosenPhases(factors: StructureFactors, choice: PhaseChoice): BorrowedPhases {
  const all = (phases: Float64Array): BorrowedPhases => ({ phases, matched: phases.length });
  if (choice.kind === 'zero') return all(zeroPhases(factors));
  if (choice.kind === 'random') return all(randomPhases(factors, seededRng(choice.seed)));
  if (choice.kind === 'perturbed')
    return all(perturbedPhases(factors, choice.spread, seededRng(choice.seed)));
  const truth = phasesOf(factors);
  if (choice.kind === 'true') return all(truth);
  const { phases, matched } = borrowedPhases(factors, choice.lender);
  return { phases: truth.map((phase, k) => phase + choice.share * turn(phase, phases[k]!)), matched };
}

/** From one angle to another the shorter way, degrees in [−180, 180). */
const turn = (from: number, to: number): number => to - from - 360 * Math.floor((to - from) / 360 + 0.5);
