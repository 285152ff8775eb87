import { FAMILIES } from '../crystal/family.ts';
import { isAbort, type LossProblem } from '../engine/engine.ts';
import type { WorkerEngine } from '../engine/worker/workerEngine.ts';
import { type Slice, sliceCell } from '../landscape/slice.ts';
import type { DescentPlan } from '../optimise/descent.ts';
import type { DescentMode } from '../optimise/modes.ts';
import { follow } from './core/follow.ts';
import type { Inputs } from './core/inputs.ts';
import { appended, type DescentRun } from './descentRun.ts';
import type { Start } from './explore/exploreSettings.ts';
import { chosenFamily, sliceOf } from './selectors.ts';
import { store } from './store.ts';

/** The paper's window for the least gain, in steps (S1.4). */
const STOP_WINDOW = 1000;

/** What one descent is asked to do. */
export function planOf(
  inputs: Inputs,
  slice: Slice,
  family: string,
  start: Start,
  mode: DescentMode,
): DescentPlan {
  const { space, reading, learningRate, maxIterations, stopGain, momentum, jitter } = inputs.descent;
  return {
    // In the space of the slice a start off it begins at its projection.
    start: (space === 'full' && start.cell) || sliceCell(slice, start.x, start.y),
    mode,
    space:
      space === 'full'
        ? { kind: 'full' }
        : { kind: 'slice', x: slice.x, y: slice.y, base: slice.base, tied: slice.tied },
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

/**
 * Runs the descents that the inputs ask for. A run whose plan has not changed is kept, so that another start or another
 * mode adds runs without repeating those on screen.
 */
export function followDescents(cpu: WorkerEngine): void {
  const stops = new Map<DescentRun['plan'], AbortController>();
  let lastProblem: object | null = null;
  follow(
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
      const { inputs, structure } = state;
      if (!problem || !structure) return;
      const slice = sliceOf(inputs, structure.cell, chosenFamily(state));
      const fresh = problem !== lastProblem;
      lastProblem = problem;
      const runs: DescentRun[] = [];
      const begin: DescentRun[] = [];
      inputs.starts.forEach((start, index) => {
        for (const mode of inputs.descent.modes) {
          const plan = planOf(inputs, slice, chosenFamily(state), start, mode);
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
        void execute(cpu, run, stop.signal).finally(() => stops.delete(run.plan));
      }
    },
  );
  stopDescents = () => {
    for (const stop of stops.values()) stop.abort();
  };
}

/** Stops the descents under way where they are. Replaced when the jobs start. */
export let stopDescents: () => void = () => {};

/** A descent that has been asked for and has no iterate yet. */
export const emptyRun = (start: number, mode: DescentMode, plan: DescentPlan): DescentRun => ({
  start,
  mode,
  plan,
  count: 0,
  cells: new Float64Array(0),
  losses: new Float64Array(0),
  status: 'running',
  end: null,
  message: null,
});

async function execute(cpu: WorkerEngine, run: DescentRun, signal: AbortSignal): Promise<void> {
  const { problem } = store.getState();
  if (!problem) return;
  await runDescent(cpu, problem, run, signal, change =>
    store.setState(state => ({
      runs: state.runs.map(entry => (entry.plan === run.plan ? change(entry) : entry)),
    })),
  );
}

/** Runs one descent to its end, reporting each change of it. Never rejects: what fails is in the run. */
export async function runDescent(
  cpu: WorkerEngine,
  problem: LossProblem,
  run: DescentRun,
  signal: AbortSignal,
  update: (change: (run: DescentRun) => DescentRun) => void,
): Promise<void> {
  try {
    const end = await cpu.descend(problem, run.plan, {
      signal,
      onChunk: chunk => {
        if (!signal.aborted) update(entry => appended(entry, chunk.cells, chunk.losses));
      },
    });
    update(entry => ({ ...entry, status: 'done', end }));
  } catch (error) {
    if (isAbort(error)) update(entry => ({ ...entry, status: 'cancelled' }));
    else update(entry => ({ ...entry, status: 'failed', message: (error as Error).message }));
  }
}
