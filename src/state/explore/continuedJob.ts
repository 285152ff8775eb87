import { type Engine, isAbort, type LossProblem } from '../../engine/engine.ts';
import type { ContinuedPath } from '../../engine/methods/recovery.ts';
import { type RecoveryEngine, recoveryEngine } from '../../engine/recoveryEngine.ts';
import { type Slice, strideOf } from '../../landscape/slice.ts';
import type { Inputs } from '../core/inputs.ts';
import { job } from '../core/job.ts';
import { type State, store } from '../core/store.ts';
import { type ContinuedRun, emptyContinued, walked } from './continuedRun.ts';
import { planOf } from './descentJob.ts';
import type { Start } from './exploreSettings.ts';
import { chosenFamily, sceneOf } from './selectors.ts';
import { sharedEngines } from './sharedEngines.ts';

/** Long descents are not waited for, ms: the continued path then takes turns with them. */
const PATIENCE = 3000;

/** Follows the paper's descents with a path by width continuation from each start, once they have come to rest. */
export const continuedJob = job({
  select: state => [
    state.problem,
    state.inputs.starts,
    state.inputs.descent.continued,
    state.inputs.descent.space,
    state.inputs.slice.x,
    state.inputs.slice.y,
    state.inputs.slice.tied,
    chosenFamily(state),
  ],
  args(state) {
    const scene = sceneOf(state);
    return scene && state.inputs.descent.continued && state.inputs.starts.length > 0 ? scene : null;
  },
  rest({ continued }) {
    if (continued.length > 0) store.setState({ continued: [] });
  },
  async run({ inputs, problem, slice }, { signal }) {
    const { starts } = inputs;
    store.setState({ continued: starts.map((_, index) => emptyContinued(index, strideOf(slice))) });
    const change = (index: number, next: (run: ContinuedRun) => ContinuedRun): void => {
      if (signal.aborted) return;
      store.setState(({ continued }) => ({
        continued: continued.map(run => (run.start === index ? next(run) : run)),
      }));
    };
    await descentsRest(signal);
    const walk = async (index: number): Promise<void> => {
      try {
        const engines = { recovery: recoveryEngine(), cpu: sharedEngines().cpu };
        const path = await continuedFrom(engines, problem, inputs, slice, starts[index]!, signal);
        change(index, run => walked(run, path));
      } catch (error) {
        if (isAbort(error)) return;
        const { message } = error as Error;
        change(index, run => ({ ...run, status: 'failed', message }));
      }
    };
    await Promise.all(starts.map((_, index) => walk(index)));
  },
});

/** The continued path from a start. */
export async function continuedFrom(
  { recovery, cpu }: { readonly recovery: RecoveryEngine; readonly cpu: Engine },
  problem: LossProblem,
  inputs: Inputs,
  slice: Slice,
  from: Start,
  signal: AbortSignal,
): Promise<ContinuedPath> {
  const { start, space, family } = planOf(inputs, slice, slice.family, from, 'unconstrained');
  const path = await recovery.continued(problem, { start, space, family }, signal);
  const first = Math.max(0, path.stages.indexOf(path.widths.length - 1));
  const { loss } = await cpu.evaluate(problem, path.cells.slice(strideOf(slice) * first), { signal });
  // the last stage runs on the map itself, whose losses are told
  path.losses.set(loss, first);
  return path;
}

/** Stops the continued paths under way. */
export function stopContinued(): void {
  continuedJob.cancel();
  store.setState(({ continued }) => ({
    continued: continued.map(run => (run.status === 'computing' ? { ...run, status: 'cancelled' } : run)),
  }));
}

/** Resolves when no descent is under way, or after a while. */
function descentsRest(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const end = (): void => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const look = ({ runs }: State): void => {
      if (signal.aborted || !runs.some(run => run.status === 'computing')) end();
    };
    const timer = setTimeout(end, PATIENCE);
    const stop = store.subscribe(look);
    signal.addEventListener('abort', end, { once: true });
    look(store.getState());
  });
}
