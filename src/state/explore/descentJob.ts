import { FAMILIES } from '../../crystal/family.ts';
import type { WorkerEngine } from '../../engine/workerEngine.ts';
import { type Slice, slicePlaces, slicePoint } from '../../landscape/slice.ts';
import type { DescentPlan } from '../../optimise/descent.ts';
import type { DescentMode, SearchSpace } from '../../optimise/modes.ts';
import { follow } from '../core/follow.ts';
import type { Inputs } from '../core/inputs.ts';
import { store } from '../core/store.ts';
import { type DescentRun, emptyRun, runDescent } from './descentRun.ts';
import type { Start } from './exploreSettings.ts';
import { sceneOf } from './selectors.ts';

/** The paper's window for the least gain, in steps (S1.4). */
const STOP_WINDOW = 1000;

/** What a descent moves. */
export function spaceOf({ descent }: Pick<Inputs, 'descent'>, slice: Slice): SearchSpace {
  const { x, y, base, tied, model } = slice;
  if (descent.space !== 'full')
    return { kind: 'slice', x, y, base, tied, ...(model ? { places: slicePlaces(slice) } : {}) };
  if (!model) return { kind: 'full' };
  const { moved, cellMoves, symmetric } = model;
  return { kind: 'full', model: { cell: cellMoves, count: moved.length, symmetric } };
}

/** Plan of one descent. */
export function planOf(
  inputs: Inputs,
  slice: Slice,
  family: string,
  start: Start,
  mode: DescentMode,
): DescentPlan {
  const { reading, learningRate, maxIterations, stopGain, momentum, jitter } = inputs.descent;
  const space = spaceOf(inputs, slice);
  return {
    // In the space of the slice a start off it begins at its projection.
    start:
      (space.kind === 'full' && start.cell?.length === slice.base.length && start.cell) ||
      slicePoint(slice, start.x, start.y),
    mode,
    space,
    reading,
    family: FAMILIES.find(entry => entry.id === family)?.id ?? 'triclinic',
    learningRate,
    maxIterations,
    stopGain,
    stopWindow: STOP_WINDOW,
    momentum,
    jitter,
  };
}

const stops = new Map<DescentPlan, AbortController>();

/**
 * Runs the descents that the inputs ask for. A run whose plan has not changed is kept, so that another start or another
 * mode adds runs without repeating those on screen.
 */
export function followDescents(cpu: WorkerEngine): () => void {
  let lastProblem: object | null = null;
  return follow(
    state => [
      state.problem,
      state.inputs.starts,
      state.inputs.descent,
      state.inputs.slice.x,
      state.inputs.slice.y,
      state.inputs.slice.tied,
    ],
    ([problem]) => {
      const state = store.getState();
      const scene = sceneOf(state);
      if (!problem || !scene) return;
      const { inputs, slice } = scene;
      const fresh = problem !== lastProblem;
      lastProblem = problem;
      const runs: DescentRun[] = [];
      const begin: DescentRun[] = [];
      inputs.starts.forEach((start, index) => {
        for (const mode of inputs.descent.modes) {
          const plan = planOf(inputs, slice, slice.family, start, mode);
          const same = (run: DescentRun): boolean =>
            run.start === index && run.mode === mode && JSON.stringify(run.plan) === JSON.stringify(plan);
          const kept = fresh ? undefined : state.runs.find(same);
          const run = kept ?? emptyRun(index, mode, plan);
          runs.push(run);
          if (!kept) begin.push(run);
        }
      });
      for (const [plan, stop] of stops)
        if (!runs.some(run => run.plan === plan)) {
          stop.abort();
          stops.delete(plan);
        }
      store.setState({ runs });
      for (const run of begin) {
        const stop = new AbortController();
        stops.set(run.plan, stop);
        void runDescent(
          stop.signal,
          onChunk => cpu.descend(problem, run.plan, { signal: stop.signal, onChunk }),
          change =>
            store.setState(now => ({
              runs: now.runs.map(entry => (entry.plan === run.plan ? change(entry) : entry)),
            })),
        ).finally(() => stops.delete(run.plan));
      }
    },
  );
}

/** Stops the descents under way where they are. */
export function stopDescents(): void {
  for (const stop of stops.values()) stop.abort();
}
