import type { Structure } from '../../crystal/structure.ts';
import type { PhaseChoice } from '../../phasing/phaseChoice.ts';
import type { Fract } from '../../phasing/positions.ts';
import { DEFAULT_INPUTS } from '../core/inputs.ts';
import { notify } from '../core/notices.ts';
import { store } from '../core/store.ts';
import { changeSettings } from '../core/undo.ts';
import { chooseStructure } from '../explore/actions.ts';
import { PHASES, type PhasesInputs } from './phasesSettings.ts';

/** Changes settings of the laboratory; the jobs bring the results up to date. */
export const setPhases = (change: Partial<PhasesInputs>, undoable?: boolean): void =>
  void changeSettings('phases', change, undoable);

/** Settings that more than one experiment uses. */
const SHARED = ['hkl', 'dMin', 'blur', 'plane', 'height', 'contour'] as const;

/**
 * Opens a step of a lesson, as one change to undo. What several experiments use is as at first when another experiment
 * begins, so that no lesson starts with the resolution or the section of the last.
 * @param crystal id of the one that the step is shown on
 */
export function openStep(
  to: Pick<PhasesInputs, 'experiment' | 'step'>,
  crystal: string,
  change: Partial<PhasesInputs>,
): void {
  const { inputs } = store.getState();
  const other = crystal !== inputs.structureId;
  const shared = to.experiment === inputs.phases.experiment ? [] : SHARED;
  const atFirst = Object.fromEntries(shared.map(key => [key, DEFAULT_INPUTS.phases[key]]));
  if (other) chooseStructure(crystal);
  setPhases({ ...atFirst, ...to, ...change }, !other);
}

/** As a link carries them. */
const rounded = (value: number): number => Number((value - Math.floor(value)).toFixed(5)) % 1;

/**
 * Puts the sites of one position somewhere else; the first is the chosen one. A gesture is undone as a whole, so that
 * only its first call counts.
 */
export function moveAtom(sites: readonly number[], fract: Fract, undoable: boolean): void {
  const { moves } = store.getState().inputs.phases;
  const others = moves.filter(move => !sites.includes(move.site));
  if (others.length + sites.length > PHASES.moves.codec.most) {
    const text = `At most ${PHASES.moves.codec.most} atoms can be moved. Put some back first.`;
    notify({ id: 'moves', tone: 'warning', text });
    return;
  }
  const [x, y, z] = fract;
  const place = [rounded(x), rounded(y), rounded(z)] as const;
  setPhases(
    { moves: [...others, ...sites.map(site => ({ site, fract: place }))], atom: sites[0] ?? 0 },
    undoable,
  );
}

/** The sites with the moved ones where they are now; the very same list where none is. */
export function shiftedSites(structure: Structure, moves: PhasesInputs['moves']): Structure['sites'] {
  const known = moves.filter(({ site }) => site < structure.sites.length);
  if (known.length === 0) return structure.sites;
  const places = new Map(known.map(({ site, fract }) => [site, fract]));
  return structure.sites.map((site, i) => ({ ...site, fract: places.get(i) ?? site.fract }));
}

/** The choice of phases that the settings ask for; null until the donor has been read. */
export function phaseChoiceOf(
  {
    phases,
    seed,
    spread,
    share,
    donor,
  }: Pick<PhasesInputs, 'phases' | 'seed' | 'spread' | 'share' | 'donor'>,
  lent: { readonly id: string; readonly structure: Structure } | null,
): PhaseChoice | null {
  if (phases === 'random') return { kind: 'random', seed };
  if (phases === 'perturbed') return { kind: 'perturbed', seed, spread };
  if (phases === 'borrowed')
    return lent?.id === donor ? { kind: 'borrowed', donor: lent.structure, share } : null;
  return { kind: phases };
}
