import type { Waves } from '../../phasing/lab/waves.ts';
import type { Fract } from '../../phasing/positions.ts';
import { EXPERIMENTS, type ExperimentId, type PhasesInputs } from '../../state/phases/phasesSettings.ts';

/** Facts that a step may use about the crystal on screen. */
export interface LessonContext {
  readonly formula: string;
  readonly donor: string;
  readonly hkl: Fract | null;
  readonly conditions: Waves['conditions'];
}

export interface LessonStep {
  readonly title: string;
  /** Prose with its marks. */
  readonly text: string | ((context: LessonContext) => string);
  /** Settings that the step begins with. */
  begin?(context: LessonContext): Partial<PhasesInputs>;
}

/** The words of a step for the crystal on screen. */
export const lessonText = ({ text }: LessonStep, context: LessonContext): string =>
  typeof text === 'string' ? text : text(context);

const HOME: Fract = [0, 0, 0];

export const LESSONS: Readonly<Record<ExperimentId, readonly LessonStep[]>> = {
  waves: [
    {
      title: 'arrows',
      text: 'Each arrow is one atom: its length is the atom’s scattering factor *f*(*s*), its angle 360° times *hx* + *ky* + *lz*. Laid end to end they reach *F*. Choose another reflection in the list, or type its indices.',
      begin: () => ({ moves: [], origin: HOME }),
    },
    {
      title: 'drag an atom',
      text: 'Drag an atom in the cell. Its arrow turns, |*F*| changes, peaks of the pattern rise and fall. The planes are the crests of this wave of density; they follow φ. The atom moves alone: its symmetry copies stay.',
      begin: () => ({ origin: HOME }),
    },
    {
      title: 'Friedel pairs',
      text: 'Reverse the three indices: every arrow is mirrored in the real axis, because the scattering factors are real. |*F*| stays, φ changes its sign. The two reflections have one intensity, and one place in the pattern.',
      begin: ({ hkl }) => (hkl ? { hkl: [0 - hkl[0], 0 - hkl[1], 0 - hkl[2]] } : {}),
    },
    {
      title: 'absences',
      text: ({ conditions, formula }) =>
        conditions.length > 0
          ? 'Here the arrows of each element close into a polygon: *F* is zero whatever the scattering factors. The conditions in the table were found in the computed *F* of this crystal.'
          : `${formula} has no systematic absences down to this resolution: no centring, glide plane or screw axis makes the arrows close. Choose another crystal above to see some.`,
      begin: ({ conditions }) => ({
        moves: [],
        origin: HOME,
        ...(conditions[0] && { hkl: conditions[0].example }),
      }),
    },
    {
      title: 'another origin',
      text: 'Every atom has moved by the same step: another choice of the origin. Each phase turns by 360° times *h* · step; every |*F*| and the whole pattern stay. Phases have a meaning only together with an origin.',
      begin: () => ({ moves: [], hkl: null, origin: [0.1, 0.05, 0.2] }),
    },
  ],
  swap: [
    {
      title: 'the true map',
      text: 'The density is a sum of waves, one for each reflection, with |*F*| for its height and φ for its place. With the true phases it shows the atoms.',
      begin: () => ({ phases: 'true', dMin: 1 }),
    },
    {
      title: 'borrowed phases',
      text: ({ formula, donor }) =>
        donor === formula
          ? 'The lender is the crystal itself: nothing changes. Choose another lender above.'
          : `Keep every |*F*| and borrow the phases of ${donor}. The pattern below does not notice. The map does: its peaks move towards the atoms of ${donor} (crosses).`,
      begin: () => ({ phases: 'borrowed', share: 1 }),
    },
    {
      title: 'random phases',
      text: 'Random phases, drawn from a seed: the same |*F*|, the same pattern, and a map without atoms. Each seed gives another.',
      begin: () => ({ phases: 'random' }),
    },
    {
      title: 'errors of the phases',
      text: 'Errors of standard deviation *w* in every phase. The correlation with the true map falls as exp(−*w*²/2), *w* in radians, if the errors are independent.',
      begin: () => ({ phases: 'perturbed', spread: 45 }),
    },
    {
      title: 'all phases zero',
      text: 'With all phases 0 every wave has a crest at the origin. The map has its highest peak there.',
      begin: () => ({ phases: 'zero' }),
    },
    {
      title: 'fewer waves',
      text: 'True phases, but only reflections with *d* ≥ 2 Å. Peaks are broad, and ripples stand around the heavy atoms: the series ends too early.',
      begin: () => ({ phases: 'true', dMin: 2 }),
    },
  ],
  patterson: [
    {
      title: 'a map of vectors',
      text: 'Without phases |*F*|² still makes a map. It is the autocorrelation of the density: a peak at *u* for every two atoms that are *u* apart, as strong as the product of their electrons.',
      begin: () => ({ sharpen: false, removeOrigin: false }),
    },
    {
      title: 'without the origin peak',
      text: 'Every atom is at distance 0 from itself: the highest peak says nothing. Subtracting Σ *f*² from each |*F*|² takes it away.',
      begin: () => ({ sharpen: false, removeOrigin: true }),
    },
    {
      title: 'sharper',
      text: 'Dividing by the fall-off of Σ *f*² makes the atoms points, so that peaks are told apart; the damping holds down the ripples that this brings.',
      begin: () => ({ sharpen: true, removeOrigin: true, damping: 1 }),
    },
  ],
  homometric: [
    {
      title: 'one pair',
      text: 'Two sets of points with the same differences, each as often. Atoms on them have equal |*F*| in every reflection: no diffraction experiment tells the two crystals apart, with whatever resolution. Patterson found this pair in 1944.',
      begin: () => ({ divisions: 8, points: 4, pairClass: 0, pairSet: 1 }),
    },
    {
      title: 'search for more',
      text: 'All sets of five points on twelve divisions, sorted by their differences. Sets that are turns or mirror images of one another count as one.',
      begin: () => ({ divisions: 12, points: 5, pairClass: 0, pairSet: 1 }),
    },
  ],
  powder: [
    {
      title: 'counting',
      text: 'From *F* to the profile numbers are lost four times: the phases, then what symmetry repeats, then the direction of each reflection, then peaks that overlap. The bars count what is left.',
      begin: () => ({ widthScale: 1 }),
    },
    {
      title: 'sharper peaks',
      text: 'With a third of the width fewer peaks overlap. Reflections at exactly one spacing stay together whatever the width.',
      begin: () => ({ widthScale: 0.33 }),
    },
  ],
  flipping: [
    {
      title: 'charge flipping',
      text: 'From random phases: turn the sign of all density below δ, transform, keep the new phases, put the known |*F*| back, repeat. Nothing but |*F*| goes in. When the structure is found, *R* and the phase error fall together.',
      begin: () => ({ amplitudes: 'ideal', delta: 1, weak: 0.2, running: true }),
    },
    {
      title: 'a failure',
      text: 'With δ far too high almost everything is flipped in every cycle, the atoms too. The run wanders and finds nothing.',
      begin: () => ({ amplitudes: 'ideal', delta: 3, weak: 0, running: true }),
    },
    {
      title: 'from a powder',
      text: 'Now |*F*| is what a powder gives away: the intensity of overlapping peaks is shared out evenly, however it was divided. Atoms are lost, or all of them.',
      begin: () => ({ amplitudes: 'powder', delta: 1, weak: 0.2, running: true }),
    },
  ],
};

/** Next or previous step of a lesson, across experiments; null at both ends. */
export function neighbour(
  experiment: ExperimentId,
  step: number,
  by: 1 | -1,
): { readonly experiment: ExperimentId; readonly step: number } | null {
  const at = step + by;
  if (at >= 0 && at < LESSONS[experiment].length) return { experiment, step: at };
  const next = EXPERIMENTS[EXPERIMENTS.findIndex(entry => entry.id === experiment) + by];
  if (!next) return null;
  return { experiment: next.id, step: by > 0 ? 0 : LESSONS[next.id].length - 1 };
}
