import type { Structure } from '../../crystal/structure.ts';
import type { PhaseChoice } from '../../phasing/phaseChoice.ts';
import type { PhasesInputs } from './phasesSettings.ts';

/** The choice of phases that the settings ask for; null until the lender has been read. */
export function phaseChoiceOf(
  {
    phases,
    seed,
    spread,
    share,
    lender,
  }: Pick<PhasesInputs, 'phases' | 'seed' | 'spread' | 'share' | 'lender'>,
  lent: { readonly id: string; readonly structure: Structure } | null,
): PhaseChoice | null {
  if (phases === 'random') return { kind: 'random', seed };
  if (phases === 'perturbed') return { kind: 'perturbed', seed, spread };
  if (phases === 'borrowed')
    return lent?.id === lender ? { kind: 'borrowed', lender: lent.structure, share } : null;
  return { kind: phases };
}
