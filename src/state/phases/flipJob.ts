import type { FlipArgs, FlipFrame } from '../../engine/methods/flip.ts';
import type { PhasingEngine } from '../../engine/phasingEngine.ts';
import { joined } from '../../num/joined.ts';
import { instrumentTo } from '../../phasing/powderCounts.ts';
import { type Job, job } from '../core/job.ts';
import type { State } from '../core/store.ts';
import { setPhases } from './phasesActions.ts';
import { lab, NO_RUN } from './phasesSlice.ts';

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
 * `running` is part of the link.
 */
export function flipJob(engine: PhasingEngine): Job {
  const flipping: Job = job({
    select(state) {
      const { running, flipSeed, picture, plane, height, level } = state.inputs.phases;
      return [
        isHere(state),
        running,
        flipSettings(state),
        flipSeed,
        `${picture} ${plane} ${height} ${picture === 'surface' && level}`,
      ];
    },
    args(state) {
      const args = isHere(state) && state.inputs.phases.running ? flipArgs(state) : null;
      return args && { args, settings: flipSettings(state) };
    },
    rest: () => flipping.cancel(),
    async run({ args, settings }, { signal }) {
      const begin = (): void => lab.set({ flip: { ...NO_RUN, status: 'computing' } });
      begin();
      const { seed } = args;
      const grow = (frame: FlipFrame): void =>
        lab.set(({ flip }) => ({
          flip: {
            ...flip,
            frame,
            rValues: joined(flip.rValues, frame.rValues),
            phaseErrors: joined(flip.phaseErrors, frame.phaseErrors),
          },
        }));
      const end = await engine.run('flip', args, {
        signal,
        onRestart() {
          if (!signal.aborted) begin();
        },
        onProgress(frame) {
          if (!signal.aborted) grow(frame);
        },
      });
      if (signal.aborted) return;
      const { frame, found, atoms } = end;
      grow(frame);
      lab.set(({ flip, outcomes }) => {
        const [rValue = Number.NaN, phaseError = Number.NaN] = [flip.rValues.at(-1), flip.phaseErrors.at(-1)];
        const others = outcomes.filter(entry => entry.seed !== seed || entry.settings !== settings);
        const outcome = { settings, seed, rValue, phaseError, found, atoms };
        return {
          flip: { ...flip, end },
          outcomes: [...others, outcome].sort((p, q) => p.seed - q.seed),
        };
      });
    },
    into: ({ status, message }) => lab.set(({ flip }) => ({ flip: { ...flip, status, message } })),
    failed(message) {
      lab.set({ flip: { ...NO_RUN, status: 'failed', message } });
      setPhases({ running: false }, false);
    },
  });
  return flipping;
}

/** The experiment is on screen, and so is the crystal that it asks for. */
const isHere = ({ inputs, structure, structureId }: State): boolean =>
  inputs.phases.experiment === 'flipping' && structure !== null && inputs.structureId === structureId;
