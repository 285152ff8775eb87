import { LIBRARY } from '../../crystal/library.ts';
import type { Structure } from '../../crystal/structure.ts';
import { contributions } from '../../phasing/contributions.ts';
import type { Fract } from '../../phasing/positions.ts';
import { type State, store } from '../../state/core/store.ts';
import { openStep } from '../../state/phases/phasesActions.ts';
import { EXPERIMENTS, type ExperimentId, type PhasesInputs } from '../../state/phases/phasesSettings.ts';
import type { PhasesState } from '../../state/phases/phasesSlice.ts';
import { formatNumber, formatPercent, THIN } from '../../ui/format.ts';
import { findRow, mateOf, phaseText, spreadOf, TELLING } from './reflections.ts';
import { IN_SECTION, sectionAtoms } from './sectionFrame.ts';

/** What a sentence of a lesson may speak of: the crystal on screen, the settings, and what was computed from them. */
export interface LessonFacts {
  readonly structure: Structure;
  /** Formula of the crystal that lends its phases. */
  readonly donor: string;
  readonly hkl: Fract | null;
  readonly settings: PhasesInputs;
  readonly results: Pick<PhasesState, 'waves' | 'maps' | 'patterson' | 'search' | 'powder' | 'flip'>;
}

export interface LessonStep {
  readonly title: string;
  /** Library crystal that shows it; left out where every crystal does. */
  readonly crystal?: string;
  /** A reflection of that crystal that shows it. */
  readonly hkl?: Fract;
  /** Prose with its marks; what is true of one crystal alone is read off the facts. */
  readonly text: string | ((facts: LessonFacts) => string);
  /** Settings that the step begins with; no facts where the crystal is another one than that on screen. */
  begin?(facts: LessonFacts | null): Partial<PhasesInputs>;
}

/** The words of a step for what is on screen. */
export const lessonText = ({ text }: LessonStep, facts: LessonFacts): string =>
  typeof text === 'string' ? text : text(facts);

/** The facts of a step, but for the reflection: a strong one stands for one that was not chosen. */
export function factsOf(
  { inputs, phases: results }: Pick<State, 'inputs' | 'phases'>,
  structure: Structure,
  hkl: Fract | null,
): LessonFacts {
  const { phases: settings } = inputs;
  const donor = LIBRARY.find(({ id }) => id === settings.donor)?.formula ?? settings.donor;
  return { structure, donor, hkl, settings, results };
}

const HOME: Fract = [0, 0, 0];
const [WAVES_ON, SWAP_ON, POWDER_ON, FLIPPING_ON] = ['BPO4', 'Ga2O3', 'NdAl8Cu4', 'VNi2S3'];

const two = (value: number): string => formatNumber(value, 2);

/** Atoms or ends of vectors that the section shows as lying in it; null where no section is drawn. */
function inSection(
  { structure, settings }: LessonFacts,
  places: readonly { readonly fract: Fract }[],
): number | null {
  const { picture, plane, height } = settings;
  if (picture !== 'section') return null;
  const near = sectionAtoms(places, structure.cell, plane, height).filter(
    ({ away }) => Math.abs(away) <= IN_SECTION,
  );
  return new Set(near.map(({ site }) => site)).size;
}

/** The outcome of a run that has ended, after the words that lead to it. */
function outcome({ results: { flip } }: LessonFacts, words: string): string {
  if (flip.status !== 'done' || !flip.end) return '';
  const { found, atoms } = flip.end;
  return `${words} ${found === atoms ? `all ${atoms} atoms are found` : `${found} of ${atoms} atoms are found`}.`;
}

export const LESSONS: Readonly<Record<ExperimentId, readonly LessonStep[]>> = {
  waves: [
    {
      title: 'arrows',
      crystal: WAVES_ON,
      text({ structure, hkl }) {
        const flat = hkl !== null && spreadOf(contributions(structure, hkl)) <= TELLING;
        return `Each arrow is one atom: its length is the atom’s scattering factor *f*(*s*), its angle 360° times *hx* + *ky* + *lz*. Laid end to end they reach *F*. ${
          flat
            ? 'All arrows of this reflection lie on one line, one over another. Choose another in the list.'
            : 'Choose another reflection in the list, or type its indices.'
        }`;
      },
      begin: () => ({ moves: [], origin: HOME }),
    },
    {
      title: 'drag an atom',
      crystal: WAVES_ON,
      text: 'Drag an atom in the cell. Its arrow turns, |*F*| changes, peaks of the pattern rise and fall. The planes are the crests of this wave of density; they follow φ. The atom moves alone: its symmetry copies stay.',
      begin: () => ({ origin: HOME }),
    },
    {
      title: 'Friedel pairs',
      crystal: WAVES_ON,
      text({ hkl, results: { waves } }) {
        const row = hkl && waves.value && findRow(waves.value.reflections, hkl);
        const turned = row && !row.absent && [phaseText(row.otherPhase), phaseText(-row.otherPhase)];
        const sign =
          turned && turned[0] === turned[1]
            ? `φ is ${turned[0]} for both, so that they lie on one another: an inversion centre at the origin leaves no other phases than 0° and 180°.`
            : `|*F*| stays, φ changes its sign${turned ? `: ${turned[0]} and ${turned[1]}` : ''}.`;
        return `Reverse the three indices: every arrow is mirrored in the real axis, because the scattering factors are real. ${sign} The two reflections have one intensity, and one place in the pattern.`;
      },
      hkl: [-1, -1, 2],
      begin: facts => (facts?.hkl ? { hkl: mateOf(facts.hkl) } : { moves: [], origin: HOME }),
    },
    {
      title: 'absences',
      crystal: WAVES_ON,
      hkl: [1, 0, 0],
      text: ({ structure, results }) =>
        (results.waves.value?.conditions.length ?? 0) > 0
          ? 'Here the arrows of each element close into a polygon: *F* is zero whatever the scattering factors. The conditions in the table were found in the computed *F* of this crystal.'
          : `\`${structure.formula}\` has no systematic absences down to this resolution: no centring, glide plane or screw axis makes the arrows close.`,
      begin(facts) {
        const absent = facts?.results.waves.value?.conditions[0]?.example;
        return { moves: [], origin: HOME, ...(absent && { hkl: absent }) };
      },
    },
    {
      title: 'another origin',
      crystal: WAVES_ON,
      text({ hkl, settings: { origin } }) {
        const turn = hkl ? 360 * hkl.reduce((sum, index, i) => sum + index * origin[i]!, 0) : null;
        return `Every atom has moved by the same step: another choice of the origin. Each phase turns by 360° times **h** · step${turn === null ? '' : `, this one by ${phaseText(turn)}`}; every |*F*| and the whole pattern stay. Phases have a meaning only together with an origin.`;
      },
      begin: () => ({ moves: [], hkl: null, origin: [0.1, 0.05, 0.2] }),
    },
  ],
  swap: [
    {
      title: 'the true map',
      crystal: SWAP_ON,
      hkl: [5, 1, 0],
      text(facts) {
        const seen = inSection(facts, facts.structure.sites);
        return `The density is a sum of waves, one for each reflection, with |*F*| for its height and φ for its place. With the true phases it shows the atoms${
          seen === null
            ? '.'
            : seen > 0
              ? `, ${seen} of ${facts.structure.sites.length} in this section.`
              : ', but none lies in this section: change its height.'
        }`;
      },
      begin: () => ({ phases: 'true', dMin: 1, plane: 'y', height: 0 }),
    },
    {
      title: 'borrowed phases',
      crystal: SWAP_ON,
      hkl: [5, 1, 0],
      text({ structure: { formula }, donor, settings, results: { maps } }) {
        if (donor === formula)
          return 'The lender is the crystal itself: nothing changes. Choose another lender above.';
        const { correlation = null, donorCorrelation: byDonor = null } = maps.value ?? {};
        const start = `Keep every |*F*| and borrow the phases of \`${donor}\`. The pattern below does not notice. `;
        if (settings.phases !== 'borrowed' || correlation === null || byDonor === null)
          return `${start}The map does.`;
        const figures = `the map correlates by ${two(correlation)} with the true map, by ${two(byDonor)} with the density of \`${donor}\``;
        return correlation < byDonor
          ? `${start}The map does: its peaks move towards the atoms of \`${donor}\` (crosses); ${figures}.`
          : `${start}The map does less than elsewhere, since many phases of the two crystals are alike: ${figures}.`;
      },
      begin: () => ({ phases: 'borrowed', share: 1, donor: 'SrTiO3' }),
    },
    {
      title: 'random phases',
      crystal: SWAP_ON,
      text({ settings, results: { maps } }) {
        const correlation = settings.phases === 'random' ? maps.value?.correlation : undefined;
        return `Random phases, drawn from a seed: the same |*F*|, the same pattern, and a map without atoms${correlation === undefined ? '' : `, which correlates by ${two(correlation)} with the true one`}. Each seed gives another.`;
      },
      begin: () => ({ phases: 'random' }),
    },
    {
      title: 'errors of the phases',
      crystal: SWAP_ON,
      text({ settings, results: { maps } }) {
        const shown = settings.phases === 'perturbed' ? maps.value : null;
        const expected = Math.exp(-0.5 * ((settings.spread * Math.PI) / 180) ** 2);
        return `Errors of standard deviation *w* in every phase. The correlation with the true map falls as exp(−*w*²/2), *w* in radians, if the errors are independent and the reflections many${
          shown
            ? `: ${two(expected)} for *w* = ${formatNumber(settings.spread, 0)}°; these ${shown.reflections.d.length} give ${two(shown.correlation)}`
            : ''
        }.`;
      },
      begin: () => ({ phases: 'perturbed', spread: 45 }),
    },
    {
      title: 'all phases zero',
      crystal: SWAP_ON,
      text({ structure, settings: { phases, plane, height, picture }, results: { maps } }) {
        const same = phases === 'zero' && (maps.value?.correlation ?? 0) > 0.995;
        const off = picture === 'section' && height % 1 !== 0;
        return `With all phases 0 every wave has a crest at the origin. The map has its highest peak there${off ? `, outside this section: set *${plane}* to 0` : ''}.${same ? ` All phases of \`${structure.formula}\` are 0 in truth, or nearly so: the two maps are one.` : ''}`;
      },
      begin: () => ({ phases: 'zero', height: 0 }),
    },
    {
      title: 'fewer waves',
      crystal: SWAP_ON,
      text({ settings: { dMin }, results: { maps } }) {
        const shown = maps.value;
        return `True phases, but only ${shown ? `the ${shown.reflections.d.length} ` : ''}reflections with *d* ≥ ${formatNumber(dMin)}${THIN}Å. The series ends early: peaks are broad${shown ? `, ${formatNumber(shown.truth.highest, 0)}${THIN}e${THIN}Å⁻³ high,` : ''} and ripples stand around the heavy atoms${shown ? `, down to ${formatNumber(shown.truth.lowest, 1)}${THIN}e${THIN}Å⁻³, where no density is below 0` : ''}.`;
      },
      begin: () => ({ phases: 'true', dMin: 2 }),
    },
  ],
  patterson: [
    {
      title: 'a map of vectors',
      crystal: SWAP_ON,
      text(facts) {
        const vectors = facts.results.patterson.value?.vectors.map(({ vector }) => ({ fract: vector }));
        const seen = vectors ? inSection(facts, vectors) : null;
        return `Without phases |*F*|² still makes a map. It is the autocorrelation of the density: a peak at *u* for every two atoms that are *u* apart, as strong as the product of their electrons.${
          seen === null
            ? ''
            : seen > 0
              ? ` ${seen} of the vectors listed end in this section.`
              : ' No vector ends in this section: choose one in the list.'
        }`;
      },
      begin: () => ({ sharpen: false, removeOrigin: false, plane: 'y', height: 0 }),
    },
    {
      title: 'without the origin peak',
      crystal: SWAP_ON,
      text({ settings: { removeOrigin }, results: { patterson } }) {
        const shown = removeOrigin ? patterson.value : null;
        const highest = Math.max(0, ...(shown?.vectors.map(({ height }) => height) ?? []));
        return `Every atom is at distance 0 from itself: the highest peak says nothing. Subtracting Σ *f*² from each |*F*|² takes it away${
          shown && highest > 0
            ? `: ${formatNumber(shown.origin, 0)}${THIN}e²${THIN}Å⁻³ are left at the origin, ${formatNumber(highest, 0)} stand at the highest vector`
            : ''
        }.`;
      },
      begin: () => ({ sharpen: false, removeOrigin: true }),
    },
    {
      title: 'sharper',
      crystal: SWAP_ON,
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
      text({ settings: { divisions, points }, results: { search } }) {
        const found = search.value?.n === divisions && search.value.k === points ? search.value : null;
        return `All sets of ${points} points on ${divisions} divisions, sorted by their differences${found ? `: ${found.classes.length} times different sets share them` : ''}. Sets that are turns or mirror images of one another count as one.`;
      },
      begin: () => ({ divisions: 12, points: 5, pairClass: 0, pairSet: 1 }),
    },
  ],
  powder: [
    {
      title: 'counting',
      crystal: POWDER_ON,
      text({ structure, results: { powder } }) {
        const counts = powder.value?.counts;
        const free = counts
          ? [
              counts.laue === counts.friedel && 'symmetry',
              counts.shells === counts.laue && 'the direction',
              counts.resolved === counts.shells && 'overlap',
            ].filter(name => name !== false)
          : [];
        return `From *F* to the profile numbers are lost four times: the phases, then what symmetry repeats, then the direction of each reflection, then peaks that overlap. The bars count what is left.${free.length > 0 ? ` With \`${structure.formula}\` nothing is lost by ${free.join(' nor by ')}.` : ''}`;
      },
      begin: () => ({ widthScale: 1 }),
    },
    {
      title: 'sharper peaks',
      crystal: POWDER_ON,
      text({ structure, settings: { widthScale }, results: { powder } }) {
        const shown = powder.value;
        if (!shown) return 'The narrower the peaks, the fewer of them overlap.';
        const { counts, groups } = shown;
        const exact = groups.filter(({ forms }) => forms > 1).length;
        return `The narrower the peaks, the fewer of them overlap: with widths × ${two(widthScale)} it is ${counts.overlapped} of ${counts.shells}. ${
          exact > 0
            ? `Reflections at exactly one spacing stay together whatever the width: ${exact} peaks hold such.`
            : `No two forms of \`${structure.formula}\` have exactly one spacing; such would stay together whatever the width.`
        }`;
      },
      begin: () => ({ widthScale: 0.33 }),
    },
  ],
  flipping: [
    {
      title: 'charge flipping',
      crystal: FLIPPING_ON,
      text: facts =>
        `From random phases: turn the sign of all density below δ, transform, keep the new phases, put the known |*F*| back, repeat. Nothing but |*F*| goes in. When the structure is found, *R* and the phase error fall together.${outcome(facts, ' In this run')}`,
      begin: () => ({ amplitudes: 'ideal', delta: 0.8, weak: 0.2, flipBlur: 0, flipSeed: 1, running: true }),
    },
    {
      title: 'a failure',
      crystal: FLIPPING_ON,
      text(facts) {
        const { flip } = facts.results;
        const flipped = flip.status === 'done' && flip.end ? flip.end.frame.flipped : null;
        const solved = flipped !== null && flip.end?.found === flip.end?.atoms;
        return `With δ far too high almost everything is flipped in every cycle, the atoms too${flipped === null ? '' : ` (${formatPercent(flipped, 0)} in the last)`}. ${
          solved
            ? 'This run found every atom all the same: so few have their places by chance.'
            : `The run wanders and finds nothing.${outcome(facts, ' Peaks stand where')}`
        }`;
      },
      begin: () => ({ amplitudes: 'ideal', delta: 3, weak: 0, flipBlur: 0, flipSeed: 1, running: true }),
    },
    {
      title: 'from a powder',
      crystal: FLIPPING_ON,
      text(facts) {
        const { frame } = facts.results.flip;
        const off = frame?.extraction;
        const given = off
          ? off.error < 0.005
            ? ` Hardly any peaks of \`${facts.structure.formula}\` overlap: |*F*| is as good as before.`
            : ` Here ${off.groups} intensities stand for ${frame.reflections} reflections, and |*F*| is off by ${formatPercent(off.error, 0)}.`
          : '';
        return `Now |*F*| is what a powder gives away: the intensity of overlapping peaks is shared out evenly, however it was divided.${given}${outcome(facts, ' In this run')}`;
      },
      begin: () => ({ amplitudes: 'powder', delta: 0.8, weak: 0.2, flipBlur: 0, flipSeed: 1, running: true }),
    },
  ],
};

/** Crystals that the lessons choose between, and the one that the page starts with. */
const LESSON_CRYSTALS = new Set([
  LIBRARY[0]!.id,
  ...Object.values(LESSONS)
    .flat()
    .flatMap(({ crystal }) => crystal ?? []),
]);

/**
 * Opens a step as it begins, on the crystal that shows it; one that the reader has chosen and that no lesson uses stays.
 * @param facts of what is on screen, where the step goes on from there
 * @param on id of the crystal where it is to be that one
 */
export function openLesson(
  to: Pick<PhasesInputs, 'experiment' | 'step'>,
  facts: LessonFacts | null,
  on?: string,
): void {
  const { crystal, hkl, begin } = LESSONS[to.experiment][to.step]!;
  const { structureId } = store.getState().inputs;
  const shown = on ?? ((LESSON_CRYSTALS.has(structureId) && crystal) || structureId);
  const shows = hkl && shown === crystal ? { hkl } : {};
  openStep(to, shown, { ...shows, ...begin?.(shown === structureId ? facts : null) });
}

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
