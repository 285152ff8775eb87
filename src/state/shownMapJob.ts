import { type Engine, isAbort, type LossProblem } from '../engine/engine.ts';
import type { Engines } from '../engine/engines.ts';
import type { GridField } from '../landscape/minima.ts';
import { sliceProblem } from '../landscape/slice.ts';
import { follow } from './core/follow.ts';
import { Latest } from './core/latest.ts';
import { computeMap } from './mapJob.ts';
import { minimaOf } from './minimaOf.ts';
import { chosenFamily, sliceOf } from './selectors.ts';
import { IDLE_JOB, notify, store } from './store.ts';

/** The map waits this long for the check of WebGL before it goes on with the CPU, ms. */
const PATIENCE = 2500;
/** A rest that the CPU computes in this time is not worth waiting, ms. */
const SHORT = 4000;

/** A level that comes sooner after the last is not drawn: it would hold up the next, ms. */
const BETWEEN_PICTURES = 250;

/** Resolves at the first map worth waiting for WebGL, whose check then starts beside it. */
let announceLongMap: () => void = () => {};
export const longMap = new Promise<void>(resolve => {
  announceLongMap = resolve;
});

/** Keeps the map on screen up to date with what it shows; the newest request wins. */
export function followMap(engines: Engines): void {
  const latest = new Latest();
  follow(
    state => [
      state.problem,
      state.inputs.slice,
      state.inputs.engine,
      state.structure,
      state.inputs.slice.tied ? chosenFamily(state) : null,
      state.inputs.page === 'explore',
    ],
    ([problem, sliceInputs, , structure, , shown]) => {
      const signal = latest.next();
      if (!problem || !structure || !shown) return;
      const slice = sliceOf(store.getState().inputs, structure.cell, chosenFamily(store.getState()));
      if (alreadyDrawn(problem, slice)) return;
      const refused = sliceProblem(slice);
      if (refused) {
        store.setState({ job: { ...IDLE_JOB, status: 'failed', message: refused } });
        return;
      }
      void runMap(engines, problem, slice, signal, sliceInputs.resolution ** 2);
    },
  );
  cancelMap = () => {
    latest.cancel();
    store.setState(state =>
      state.job.status === 'computing' ? { job: { ...state.job, status: 'cancelled', remaining: null } } : {},
    );
  };
}

/** Stops the map where it is; what is computed stays. Replaced when the jobs start. */
export let cancelMap: () => void = () => {};

/** Whether the finished map on screen is the one asked for: nothing to do when the explorer is opened again. */
function alreadyDrawn(problem: LossProblem, slice: ReturnType<typeof sliceOf>): boolean {
  const { map, job } = store.getState();
  if (job.status !== 'done' || !map?.final || map.problem !== problem) return false;
  return JSON.stringify(map.slice) === JSON.stringify(slice);
}

async function runMap(
  engines: Engines,
  problem: LossProblem,
  slice: ReturnType<typeof sliceOf>,
  signal: AbortSignal,
  total: number,
): Promise<void> {
  const started = performance.now();
  let failed: Engine | null = null;
  let done = 0;
  // The first level, in code that was never run before, says little about the pace.
  let levels = 0;
  const engineFor = async (pace: number | null): Promise<Engine> => {
    const rest = ((pace ?? 0) * (total - done)) / engines.cpu.size;
    // The first pictures come from the CPU at once when WebGL is still being checked.
    const insists = store.getState().inputs.engine === 'webgl';
    if (levels++ >= 2 && (insists || rest >= SHORT)) {
      announceLongMap();
      await settled(engines, signal);
    }
    const { engine } = engines.choose(store.getState().inputs.engine, problem);
    return engine === failed ? engines.cpu : engine;
  };
  let nextPicture = 0;
  const attempt = (): Promise<void> =>
    computeMap(problem, slice, engineFor, signal, {
      progress: (progress, engine) => {
        if (signal.aborted) return;
        done = progress.done;
        const elapsed = performance.now() - started;
        const remaining = elapsed > 500 && done > 0 ? (elapsed / done) * (total - done) : null;
        const job = {
          ...IDLE_JOB,
          status: 'computing',
          done,
          total,
          remaining,
          engine: engine.kind,
        } as const;
        store.setState({ job });
      },
      level: map => {
        if (signal.aborted || (!map.final && performance.now() < nextPicture)) return;
        nextPicture = performance.now() + BETWEEN_PICTURES;
        store.setState({ map, ...(map.final ? {} : { minima: [] }) });
        if (map.final) showMinima(map);
      },
    });
  store.setState({ job: { ...IDLE_JOB, status: 'computing', total } });
  try {
    try {
      await attempt();
    } catch (error) {
      const { engine } = engines.choose(store.getState().inputs.engine, problem);
      if (isAbort(error) || engine === engines.cpu) throw error;
      failed = engine;
      notify({
        id: 'webgl',
        tone: 'warning',
        text: `WebGL failed (${(error as Error).message}); the CPU computes this map instead.`,
      });
      await attempt();
    }
    const { job } = store.getState();
    const elapsed = performance.now() - started;
    store.setState({ job: { ...job, status: 'done', done: total, total, remaining: null, elapsed } });
  } catch (error) {
    if (signal.aborted || isAbort(error)) return;
    store.setState({ job: { ...IDLE_JOB, status: 'failed', message: (error as Error).message } });
  }
}

/** Waits for the check of WebGL, but not for ever. */
async function settled(engines: Engines, signal: AbortSignal): Promise<void> {
  const end = performance.now() + PATIENCE;
  while (engines.finding.state === 'pending' && performance.now() < end && !signal.aborted)
    await new Promise(resolve => setTimeout(resolve, 20));
}

function showMinima(map: GridField): void {
  store.setState(({ inputs }) => ({ minima: minimaOf(map, inputs.loss) }));
}
