import { blurred, type Instrument } from '../../diffraction/instrument.ts';
import { PhasingEngine, type PhasingMethods } from '../../engine/phasingEngine.ts';
import type { ArgsOf } from '../../engine/protocol.ts';
import { type Job, job } from '../core/job.ts';
import { notify } from '../core/notices.ts';
import type { State } from '../core/store.ts';
import { loadStructure } from '../files/loadStructure.ts';
import { flipJob } from './flipJob.ts';
import { homometricPair } from './homometricPair.ts';
import { phaseChoiceOf, shiftedSites } from './phasesActions.ts';
import type { ExperimentId } from './phasesSettings.ts';
import { type Live, lab, type PhasesState } from './phasesSlice.ts';

/** Points along the longer edge of a section. */
const POINTS = 150;

const here = ({ inputs: { phases } }: State, ...ids: readonly ExperimentId[]): boolean =>
  ids.includes(phases.experiment);

/** The instrument of the pattern on screen: widths may be wider there than the settings say. */
const shownInstrument = (state: State): Instrument => state.problem?.instrument ?? state.inputs.instrument;

/** Starts what the laboratory computes; returns the way to end it. Called while the page is open. */
export function startPhasesJobs(engine = new PhasingEngine()): () => void {
  const jobs = [wavesJob, patternJob, mapsJob, pattersonJob, searchJob, pairJob, powderJob, flipJob];
  const stops = [donorJob, ...jobs.map(made => made(engine))].map(({ follow }) => follow());
  return () => {
    for (const stop of stops) stop();
  };
}

/** Results with one method of the worker each. */
type LiveKey = 'waves' | 'pattern' | 'maps' | 'patterson' | 'pair' | 'powder';

/**
 * A result that is kept up to date while it is on screen: every finished picture is shown, and only the newest setting is
 * computed next.
 */
const live =
  <K extends LiveKey, T extends readonly unknown[]>(
    key: K,
    select: (state: State) => readonly [...T],
    args: (state: State) => ArgsOf<PhasingMethods[K]> | null,
  ) =>
  (engine: PhasingEngine): Job =>
    job({
      coalesce: true,
      select,
      args,
      async run(given, { signal }) {
        const value = await engine.run(key, given);
        if (!signal.aborted) show(key, { value });
      },
      into: progress => show(key, progress),
    });

const show = (key: LiveKey | 'search', change: Partial<Live<unknown>>): void =>
  lab.set(state => ({ [key]: { ...state[key], ...change } }) as Partial<PhasesState>);

/** Reads the crystal that lends its phases. */
const donorJob = job({
  select: ({ inputs: { phases } }) => [phases.donor, phases.phases === 'borrowed'],
  args({ inputs: { phases }, phases: { donor } }) {
    return phases.phases === 'borrowed' && donor?.id !== phases.donor ? phases.donor : null;
  },
  async run(id, { signal }) {
    const structure = await loadStructure(id, signal);
    if (!signal.aborted) lab.set({ donor: { id, structure } });
  },
  failed: text => notify({ id: 'donor', tone: 'error', text }),
});

/** Searches for homometric sets whenever circle or number of points change. */
const searchJob = (engine: PhasingEngine): Job =>
  job({
    select: state => [here(state, 'homometric'), state.inputs.phases.divisions, state.inputs.phases.points],
    args(state) {
      const { divisions: n, points: k } = state.inputs.phases;
      const { value } = state.phases.search;
      return here(state, 'homometric') && !(value?.n === n && value.k === k) ? { n, k } : null;
    },
    async run(args, { signal, report }) {
      const value = await engine.run('search', args, {
        signal,
        onProgress: ({ examined, total }) => report({ done: examined, total }),
      });
      if (!signal.aborted) show('search', { value });
    },
    into: progress => show('search', progress),
  });

const wavesJob = live(
  'waves',
  state => {
    const { moves, origin, dMin } = state.inputs.phases;
    return [here(state, 'waves'), state.structure, moves, origin, dMin];
  },
  state => {
    const { structure: crystal, inputs } = state;
    const { moves, origin, dMin } = inputs.phases;
    return here(state, 'waves') && crystal
      ? { crystal, moved: shiftedSites(crystal, moves), origin, dMin }
      : null;
  },
);

/** Source of borrowed phases, and all that decides the phases. */
const phaseParts = ({ inputs, phases: { donor } }: State): readonly unknown[] => {
  const { phases, seed, spread, share, donor: name } = inputs.phases;
  return [donor, `${phases} ${seed} ${spread} ${share} ${name}`];
};

const patternJob = live(
  'pattern',
  state => {
    const { phases } = state.inputs;
    const waves = here(state, 'waves');
    return [
      waves,
      here(state, 'swap'),
      here(state, 'powder') ? phases.widthScale : null,
      state.structure,
      shownInstrument(state),
      waves ? phases.moves : null,
      waves ? phases.origin : null,
      ...(waves ? [] : phaseParts(state)),
    ];
  },
  state => {
    const { structure: crystal, inputs } = state;
    const { phases } = inputs;
    const [waves, swap, powder] = (['waves', 'swap', 'powder'] as const).map(id => here(state, id));
    if (!crystal || !(waves || swap || powder)) return null;
    const choice = swap ? phaseChoiceOf(phases, state.phases.donor) : ({ kind: 'true' } as const);
    return (
      choice && {
        crystal,
        instrument: blurred(shownInstrument(state), powder ? phases.widthScale : 1),
        choice,
        moved: waves ? shiftedSites(crystal, phases.moves) : null,
        origin: waves ? phases.origin : [0, 0, 0],
      }
    );
  },
);

/** The section or surface that the pane draws. */
const drawn = ({ inputs: { phases } }: State) => ({
  section: { axis: phases.plane, height: phases.height, points: POINTS },
  level: phases.picture === 'surface' ? phases.level : null,
});

const mapsJob = live(
  'maps',
  state => {
    const { contour, dMin, blur } = state.inputs.phases;
    return [
      here(state, 'swap'),
      state.structure,
      ...phaseParts(state),
      `${JSON.stringify(drawn(state))} ${contour} ${dMin} ${blur}`,
    ];
  },
  state => {
    const { contour, dMin, blur } = state.inputs.phases;
    const { structure: crystal } = state;
    const choice = phaseChoiceOf(state.inputs.phases, state.phases.donor);
    if (!here(state, 'swap') || !crystal || !choice) return null;
    return { crystal, choice, dMin, blur, spacing: contour, ...drawn(state) };
  },
);

const pattersonJob = live(
  'patterson',
  state => {
    const { dMin, sharpen, removeOrigin, damping } = state.inputs.phases;
    return [
      here(state, 'patterson'),
      state.structure,
      `${JSON.stringify(drawn(state))} ${dMin} ${sharpen} ${removeOrigin} ${sharpen && damping}`,
    ];
  },
  state => {
    const { dMin, sharpen, removeOrigin, damping } = state.inputs.phases;
    const { structure: crystal } = state;
    if (!here(state, 'patterson') || !crystal) return null;
    return { crystal, dMin, sharpen, removeOrigin, damping, ...drawn(state) };
  },
);

const pairJob = live(
  'pair',
  state => {
    const { divisions, points, pairClass, pairSet, dMin } = state.inputs.phases;
    return [
      here(state, 'homometric'),
      state.structure,
      shownInstrument(state),
      state.phases.search.value,
      `${divisions} ${points} ${pairClass} ${pairSet} ${dMin}`,
    ];
  },
  state => {
    const { structure, inputs } = state;
    if (!here(state, 'homometric') || !structure) return null;
    const pair = homometricPair(state.phases.search.value, inputs.phases, structure);
    return (
      pair && {
        first: pair.crystals[0],
        second: pair.crystals[1],
        dMin: inputs.phases.dMin,
        instrument: shownInstrument(state),
      }
    );
  },
);

const powderJob = live(
  'powder',
  state => [here(state, 'powder'), state.structure, shownInstrument(state), state.inputs.phases.widthScale],
  state => {
    const { structure: crystal, inputs } = state;
    return here(state, 'powder') && crystal
      ? { crystal, instrument: blurred(shownInstrument(state), inputs.phases.widthScale) }
      : null;
  },
);
