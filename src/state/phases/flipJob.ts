import { isAbort } from '../../engine/engine.ts';
import type { FlipArgs } from '../../engine/methods/flip.ts';
import type { PhasingEngine } from '../../engine/phasingEngine.ts';
import { instrumentTo } from '../../phasing/powderCounts.ts';
import { follow } from '../core/follow.ts';
import { Latest } from '../core/latest.ts';
import { type State, store } from '../store.ts';
import { setPhases } from './phasesActions.ts';
import { NO_RUN, phasesStore } from './phasesStore.ts';

/** Points along the longer edge of the section that a run shows. */
const POINTS = 96;

/** The settings of a run but its seed, as text. */
export const flipSettings = (state: State): string => {
  const { structureId, inputs } = state;
  const { amplitudes, flipDMin, flipBlur, delta, weak, cycles, powderWavelength, powderWidth } =
    inputs.phases;
  const powder =
    amplitudes === 'powder' ? [powderWavelength, powderWidth, JSON.stringify(inputs.instrument)] : [];
  return [structureId, amplitudes, flipDMin, flipBlur, delta, weak, cycles, ...powder].join(' ');
};

function flipArgs({ structure, inputs }: State): FlipArgs | null {
  if (!structure) return null;
  const { phases, instrument } = inputs;
  const { flipDMin, powderWavelength, powderWidth } = phases;
  return {
    crystal: structure,
    dMin: flipDMin,
    blur: phases.flipBlur,
    delta: phases.delta,
    weakShare: phases.weak,
    seed: phases.flipSeed,
    cycles: phases.cycles,
    powder:
      phases.amplitudes === 'powder'
        ? instrumentTo(instrument, { wavelength: powderWavelength, widthScale: powderWidth, dMin: flipDMin })
        : null,
    section: { axis: phases.plane, height: phases.height, points: POINTS },
    level: phases.picture === 'surface' ? phases.level : null,
  };
}

/**
 * Runs charge flipping while the settings say so; a change of what it depends on starts it again from its seed, and
 * `running` is part of the link. Returns the way to stop.
 */
export function followFlip(engine: PhasingEngine): () => void {
  const latest = new Latest();
  const stop = follow(
    state => {
      const { experiment, running, flipSeed, picture, plane, height, level } = state.inputs.phases;
      return [
        experiment === 'flipping' &&
          state.structure !== null &&
          state.inputs.structureId === state.structureId,
        running,
        flipSettings(state),
        flipSeed,
        `${picture} ${plane} ${height} ${picture === 'surface' && level}`,
      ];
    },
    ([here, running]) => {
      const signal = latest.next();
      if (here && running) {
        void start(engine, signal);
        return;
      }
      if (phasesStore.getState().flip.status === 'running')
        phasesStore.setState(({ flip }) => ({ flip: { ...flip, status: 'stopped' } }));
    },
  );
  return () => {
    stop();
    latest.cancel();
  };
}

async function start(engine: PhasingEngine, signal: AbortSignal): Promise<void> {
  const state = store.getState();
  const settings = flipSettings(state);
  const seed = state.inputs.phases.flipSeed;
  try {
    const args = flipArgs(state);
    if (!args) return;
    phasesStore.setState({ flip: { ...NO_RUN, status: 'running' } });
    const end = await engine.run('flip', args, {
      signal,
      onRestart: () => {
        if (!signal.aborted) phasesStore.setState({ flip: { ...NO_RUN, status: 'running' } });
      },
      onProgress: frame => {
        if (signal.aborted) return;
        phasesStore.setState(({ flip }) => ({
          flip: {
            ...flip,
            frame,
            rValues: joined(flip.rValues, frame.rValues),
            phaseErrors: joined(flip.phaseErrors, frame.phaseErrors),
          },
        }));
      },
    });
    if (signal.aborted) return;
    const { frame, found, atoms } = end;
    phasesStore.setState(({ flip, outcomes }) => {
      const rValues = joined(flip.rValues, frame.rValues);
      const phaseErrors = joined(flip.phaseErrors, frame.phaseErrors);
      const outcome = {
        settings,
        seed,
        rValue: rValues.at(-1) ?? Number.NaN,
        phaseError: phaseErrors.at(-1) ?? Number.NaN,
        found,
        atoms,
      };
      const others = outcomes.filter(entry => entry.seed !== seed || entry.settings !== settings);
      return {
        flip: { status: 'done', frame, rValues, phaseErrors, end, message: null },
        outcomes: [...others, outcome].sort((p, q) => p.seed - q.seed),
      };
    });
  } catch (error) {
    if (signal.aborted || isAbort(error)) return;
    phasesStore.setState({ flip: { ...NO_RUN, status: 'failed', message: (error as Error).message } });
    setPhases({ running: false }, false);
  }
}

function joined(p: Float64Array, q: Float64Array): Float64Array {
  const out = new Float64Array(p.length + q.length);
  out.set(p);
  out.set(q, p.length);
  return out;
}
