import { blurred, type Instrument } from '../../diffraction/instrument.ts';
import { PhasingEngine } from '../../engine/phasingEngine.ts';
import { follow } from '../core/follow.ts';
import { Latest } from '../core/latest.ts';
import { loadStructure } from '../loadStructure.ts';
import { notify, type State, store } from '../store.ts';
import { followFlip } from './flipJob.ts';
import { homometricPair } from './homometricPair.ts';
import { followLive } from './liveJob.ts';
import { phaseChoiceOf } from './phaseChoiceOf.ts';
import { movedSites } from './phasesActions.ts';
import type { ExperimentId } from './phasesSettings.ts';
import { type PhasesState, phasesStore } from './phasesStore.ts';
import { followSearch } from './searchJob.ts';

/** Points along the longer edge of a section. */
const POINTS = 150;

const here = ({ inputs: { phases } }: State, ...ids: readonly ExperimentId[]): boolean =>
  ids.includes(phases.experiment);

/** The instrument of the pattern on screen: widths may be wider there than the settings say. */
const shownInstrument = (state: State): Instrument => state.problem?.instrument ?? state.inputs.instrument;

/** Starts what the laboratory computes; returns the way to end it. Called while the page is open. */
export function startPhasesJobs(): () => void {
  const engine = new PhasingEngine();
  const stops = [
    followLender(),
    followWaves(engine),
    followPattern(engine),
    followMaps(engine),
    followPatterson(engine),
    followSearch(engine),
    followPair(engine),
    followPowder(engine),
    followFlip(engine),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Reads the crystal that lends its phases. */
function followLender(): () => void {
  const latest = new Latest();
  const stop = follow(
    ({ inputs: { phases } }) => [phases.lender, phases.phases === 'borrowed'] as const,
    ([id, wanted]) => {
      const signal = latest.next();
      if (!wanted || phasesStore.getState().lender?.id === id) return;
      loadStructure(id, signal).then(
        structure => {
          if (!signal.aborted) setResult({ lender: { id, structure } });
        },
        error => {
          if (!signal.aborted) notify({ id: 'lender', tone: 'error', text: (error as Error).message });
        },
      );
    },
  );
  return () => {
    stop();
    latest.cancel();
  };
}

/** A change of results that jobs of the main store depend on: the store is told, so that they look again. */
function setResult(change: Partial<PhasesState>): void {
  phasesStore.setState(change);
  store.setState(state => ({ ...state }));
}

const followWaves = (engine: PhasingEngine): (() => void) =>
  followLive(
    engine,
    'waves',
    state => {
      const { moves, origin, dMin } = state.inputs.phases;
      return [here(state, 'waves'), state.structure, moves, origin, dMin] as const;
    },
    ([wanted, crystal, moves, origin, dMin]) =>
      wanted && crystal ? { crystal, moved: movedSites(crystal, moves), origin, dMin } : null,
  );

const followPattern = (engine: PhasingEngine): (() => void) =>
  followLive(
    engine,
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
        phasesStore.getState().lender,
        ...(waves ? [] : [phases.phases, phases.seed, phases.spread, phases.share, phases.lender]),
      ] as const;
    },
    ([waves, swap, scale, crystal, instrument]) => {
      if (!crystal || !(waves || swap || scale !== null)) return null;
      const { phases } = store.getState().inputs;
      const choice = !swap
        ? ({ kind: 'true' } as const)
        : phaseChoiceOf(phases, phasesStore.getState().lender);
      return (
        choice && {
          crystal,
          instrument: blurred(instrument, scale ?? 1),
          choice,
          moved: waves ? movedSites(crystal, phases.moves) : null,
          origin: waves ? phases.origin : [0, 0, 0],
        }
      );
    },
  );

const followMaps = (engine: PhasingEngine): (() => void) =>
  followLive(
    engine,
    'maps',
    state => {
      const { phases } = state.inputs;
      const { plane, height, contour, dMin, blur, picture, level } = phases;
      return [
        here(state, 'swap'),
        state.structure,
        phasesStore.getState().lender,
        `${phases.phases} ${phases.seed} ${phases.spread} ${phases.share} ${phases.lender}`,
        `${plane} ${height} ${contour} ${dMin} ${blur} ${picture} ${picture === 'surface' && level}`,
      ] as const;
    },
    ([wanted, crystal, lender]) => {
      const { phases } = store.getState().inputs;
      const choice = phaseChoiceOf(phases, lender);
      if (!wanted || !crystal || !choice) return null;
      const { plane, height, contour, dMin, blur, picture, level } = phases;
      return {
        crystal,
        choice,
        dMin,
        blur,
        section: { axis: plane, height, points: POINTS },
        spacing: contour,
        level: picture === 'surface' ? level : null,
      };
    },
  );

const followPatterson = (engine: PhasingEngine): (() => void) =>
  followLive(
    engine,
    'patterson',
    state => {
      const { plane, height, dMin, sharpen, removeOrigin, damping, picture, level } = state.inputs.phases;
      return [
        here(state, 'patterson'),
        state.structure,
        `${plane} ${height} ${dMin} ${sharpen} ${removeOrigin} ${sharpen && damping} ${picture} ${picture === 'surface' && level}`,
      ] as const;
    },
    ([wanted, crystal]) => {
      if (!wanted || !crystal) return null;
      const { plane, height, dMin, sharpen, removeOrigin, damping, picture, level } =
        store.getState().inputs.phases;
      return {
        crystal,
        dMin,
        sharpen,
        removeOrigin,
        damping,
        section: { axis: plane, height, points: POINTS },
        level: picture === 'surface' ? level : null,
      };
    },
  );

const followPair = (engine: PhasingEngine): (() => void) => {
  // The pair depends on the search, which is a result: its end is reported to the main store's followers.
  const heard = phasesStore.subscribe((state, before) => {
    if (state.search.value !== before.search.value) store.setState(main => ({ ...main }));
  });
  const stop = followLive(
    engine,
    'pair',
    state => {
      const { divisions, points, pairClass, pairSet, dMin } = state.inputs.phases;
      return [
        here(state, 'homometric'),
        state.structure,
        shownInstrument(state),
        phasesStore.getState().search.value,
        `${divisions} ${points} ${pairClass} ${pairSet} ${dMin}`,
      ] as const;
    },
    ([wanted, structure, instrument, search]) => {
      if (!wanted || !structure) return null;
      const { phases } = store.getState().inputs;
      const pair = homometricPair(search, phases, structure);
      return pair && { first: pair.crystals[0], second: pair.crystals[1], dMin: phases.dMin, instrument };
    },
  );
  return () => {
    heard();
    stop();
  };
};

const followPowder = (engine: PhasingEngine): (() => void) =>
  followLive(
    engine,
    'powder',
    state =>
      [
        here(state, 'powder'),
        state.structure,
        shownInstrument(state),
        state.inputs.phases.widthScale,
      ] as const,
    ([wanted, crystal, instrument, scale]) =>
      wanted && crystal ? { crystal, instrument: blurred(instrument, scale) } : null,
  );
