import { cellProblem } from '../../crystal/cell.ts';
import { type Engine, isAbort, type LossProblem } from '../../engine/engine.ts';
import type { Engines } from '../../engine/engines.ts';
import type { Minimum } from '../../landscape/minima.ts';
import { COARSE } from '../../landscape/refinement.ts';
import { cellAt, slicePoints, sliceProblem, strideOf } from '../../landscape/slice.ts';
import { type Job, job, type RunContext } from '../core/job.ts';
import { notify } from '../core/notices.ts';
import { type State, store } from '../core/store.ts';
import { tooDear } from '../files/cost.ts';
import type { MapProgress } from './exploreState.ts';
import { computeMap, minimaOf } from './refine.ts';
import { chosenFamily, type Scene, sceneOf } from './selectors.ts';
import { sharedEngines } from './sharedEngines.ts';

/** The map waits this long for the check of WebGL before it goes on with the CPU, ms. */
const PATIENCE = 2500;
/** A rest that the CPU computes in this time is not worth waiting, ms. */
const SHORT = 4000;

/** A level that comes sooner after the last is not drawn: it would hold up the next, ms. */
const BETWEEN_PICTURES = 60;

/**
 * Under a slider that changes the problem the first level is the finest that takes no longer, ms: a picture as soon as
 * the next frames, and none coarser than need be.
 */
const FIRST_PICTURE = 25;

/** The problem of the last level, and ms a point summed over the threads. */
let last: { readonly problem: LossProblem; readonly pace: number } | null = null;

/** Columns of the first level, as the last map of the crystal under the same loss lets expect; undefined: not known. */
function coarsest(problem: LossProblem, threads: number): number | undefined {
  const known = last?.problem.sites === problem.sites && last.problem.loss === problem.loss ? last : null;
  return known ? Math.max(COARSE, Math.floor(Math.sqrt((FIRST_PICTURE * threads) / known.pace))) : undefined;
}

const NONE: readonly Minimum[] = [];

/** Progress is told no sooner after the last: every call of a thread would render what shows it anew, ms. */
const BETWEEN_REPORTS = 100;

/** Resolves at the first map worth waiting for WebGL, whose check then starts beside it. */
let announceLongMap: () => void = () => {};
export const longMap = new Promise<void>(resolve => {
  announceLongMap = resolve;
});

/** Keeps the map on screen up to date with what it shows. Cancelled, what is computed stays. */
export const mapJob: Job = job({
  select: state => [
    state.problem,
    state.inputs.slice,
    state.inputs.engine,
    state.structure,
    state.inputs.slice.tied ? chosenFamily(state) : null,
    state.inputs.page === 'explore',
  ],
  args(state) {
    const scene = sceneOf(state);
    if (!scene || state.inputs.page !== 'explore' || alreadyDrawn(state, scene)) return null;
    const refused = sliceProblem(scene.slice) ?? dearCell(state, scene);
    if (refused) throw new Error(refused);
    return scene;
  },
  run: runMap,
  into: job => store.setState({ job }),
});

/** Why the largest cell of a map is left out: the ends and the middles of its axes are looked at; null where none is. */
function dearCell({ structureId }: State, { problem, slice }: Scene): string | null {
  const points = slicePoints({ ...slice, nx: 3, ny: 3 });
  for (let at = 0; at < points.length; at += strideOf(slice)) {
    const cell = cellAt(points.subarray(at));
    if (cellProblem(cell) !== null) continue;
    const dear = tooDear({ cell, sites: problem.sites }, problem.instrument, structureId);
    if (dear) return `the largest cells of these ranges cost too much. ${dear} Narrow the ranges`;
  }
  return null;
}

/** True where the finished map on screen is the one asked for: nothing to do when the explorer is opened again. */
const alreadyDrawn = ({ map, job }: State, { problem, slice }: Scene): boolean =>
  job.status === 'done' &&
  map?.final === true &&
  map.problem === problem &&
  JSON.stringify(map.slice) === JSON.stringify(slice);

async function runMap({ problem, slice }: Scene, { signal, report }: RunContext<MapProgress>): Promise<void> {
  const engines = sharedEngines();
  const total = slice.nx * slice.ny;
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
  let nextReport = 0;
  const attempt = (): Promise<void> =>
    computeMap(
      problem,
      slice,
      engineFor,
      signal,
      {
        progress(points, engine) {
          done = points;
          if (performance.now() < nextReport) return;
          nextReport = performance.now() + BETWEEN_REPORTS;
          report({ done, engine: engine.kind });
        },
        level(map, pace) {
          if (pace) last = { problem, pace };
          if (!map.final && performance.now() < nextPicture) return;
          nextPicture = performance.now() + BETWEEN_PICTURES;
          store.setState(({ inputs }) => ({ map, minima: map.final ? minimaOf(map, inputs.loss) : NONE }));
        },
      },
      coarsest(problem, engines.cpu.size),
    );
  report({ total });
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
}

/** Waits for the check of WebGL, but not for ever. */
async function settled(engines: Engines, signal: AbortSignal): Promise<void> {
  const end = performance.now() + PATIENCE;
  while (engines.webglProbe.state === 'pending' && performance.now() < end && !signal.aborted)
    await new Promise(resolve => setTimeout(resolve, 20));
}
