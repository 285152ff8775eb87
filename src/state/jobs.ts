import { type Cell, cellProblem } from '../crystal/cell.ts';
import type { Site, Structure } from '../crystal/structure.ts';
import { blurred } from '../diffraction/instrument.ts';
import { WALKERS } from '../engine/chooseWalkers.ts';
import { type Engine, isAbort, type LossProblem, lossOfPattern } from '../engine/engine.ts';
import { Engines } from '../engine/engines.ts';
import type { GridField } from '../landscape/minima.ts';
import { sliceCells, sliceProblem } from '../landscape/slice.ts';
import { followDescents } from './descentJob.ts';
import { firstMap, MAP_PATIENCE } from './firstMap.ts';
import { follow } from './follow.ts';
import { Coalesced, Latest } from './latest.ts';
import { loadStructure } from './loadStructure.ts';
import { computeMap } from './mapJob.ts';
import { minimaOf } from './minimaOf.ts';
import { reflectionsAt, targetOf } from './problem.ts';
import { chosenFamily, currentCell, sliceOf } from './selectors.ts';
import { shareEngines } from './sharedEngines.ts';
import { followStableRate } from './stableRateJob.ts';
import { IDLE_JOB, notify, store } from './store.ts';
import { followMeasured, measuredFor } from './targetJob.ts';
import { placeWalkers, showWalkers } from './walkers.ts';

/** Cells of the start-up timing: enough to fill a GPU chunk, few enough to take no time. */
const TIMED_CELLS = 64;
/** The map waits this long for the check of WebGL before it goes on with the CPU, ms. */
const PATIENCE = 2500;
/** A rest that the CPU computes in this time is not worth waiting, ms. */
const SHORT = 4000;

/** A level that comes sooner after the last is not drawn: it would hold up the next, ms. */
const BETWEEN_PICTURES = 250;

/** Resolves at the first map worth waiting for WebGL, whose check then starts beside it. */
let announceLongMap: () => void = () => {};
const longMap = new Promise<void>(resolve => {
  announceLongMap = resolve;
});

/**
 * Keeps results up to date with the inputs: what changes restarts what depends on it, the newest request wins. Called
 * once when the page starts; the engines live as long as the page.
 */
export function startJobs(): void {
  const engines = new Engines(text => notify({ id: 'webgl', tone: 'warning', text }));
  shareEngines(engines);
  followStructure();
  followMeasured();
  followProblem();
  followEngine(engines);
  followMap(engines);
  followDescents(engines.cpu);
  followCurrent(engines);
  followStableRate(engines.cpu);
}

function followStructure(): void {
  const latest = new Latest();
  follow(
    state => [state.inputs.structureId],
    ([id]) => {
      const signal = latest.next();
      if (store.getState().structureId === id) return;
      store.setState({ loading: id, failure: null });
      loadStructure(id, signal).then(
        structure => {
          if (!signal.aborted) store.setState({ structure, structureId: id, loading: null, failure: null });
        },
        error => {
          if (signal.aborted) return;
          const { structureId } = store.getState();
          store.setState({ loading: null, failure: (error as Error).message });
          // The crystal on screen stays, and the inputs say so.
          if (structureId) store.setState(state => ({ inputs: { ...state.inputs, structureId } }));
          notify({ id: 'structure', tone: 'error', text: (error as Error).message });
        },
      );
    },
  );
}

/** The target pattern: one dense float64 simulation of the true crystal. */
function followProblem(): void {
  follow(
    state => [
      state.structure,
      state.inputs.instrument,
      state.inputs.insight.blur,
      state.inputs.loss,
      state.inputs.loss === 'deGelder' ? state.inputs.lossWidth : null,
      state.inputs.measured.id,
      state.measured,
    ],
    ([structure, own, blur, loss, width]) => {
      if (!structure) return;
      // The last problem stays while a measured target is being prepared.
      const measured = measuredFor(own);
      if (measured === undefined) return;
      const instrument = blurred(own, blur);
      const { target, peaks } = targetOf(structure, instrument);
      if (!target.some(value => value > 0)) {
        const { twoThetaMin, twoThetaMax } = instrument;
        const text = `No reflection of this crystal lies in ${twoThetaMin}°–${twoThetaMax}°: widen the two-theta range or shorten the wavelength.`;
        store.setState({ problem: null, targetPeaks: peaks, failure: text });
        return;
      }
      const problem: LossProblem = {
        kind: 'loss',
        sites: structure.sites,
        instrument,
        loss,
        target: measured ? measured.pattern : target,
        ...(measured ? { excluded: measured.excluded } : {}),
        ...(width === null ? {} : { lossWidth: width }),
      };
      store.setState({ problem, targetPeaks: peaks, failure: null });
    },
  );
}

/** Probes WebGL once there is a problem to time it on and a first map, and keeps the badge true. */
function followEngine(engines: Engines): void {
  const show = (): void => {
    const { inputs, problem } = store.getState();
    const { engine, reason } = engines.choose(inputs.engine, problem);
    const webglAvailable = engines.finding.state === 'ready';
    const probing = engines.finding.state === 'pending';
    store.setState(state => ({
      engine: { ...state.engine, active: engine.kind, reason, probing, webglAvailable },
    }));
    showWalkers(engines);
  };
  let probed = false;
  follow(
    state => [state.problem, state.inputs.engine],
    ([problem]) => {
      show();
      if (!problem || probed) return;
      probed = true;
      const { inputs, structure } = store.getState();
      if (!structure) return;
      const slice = sliceOf(inputs, structure.cell, structure.family);
      const side = Math.round(Math.sqrt(TIMED_CELLS));
      const cells = sliceCells({ ...slice, nx: side, ny: side });
      void Promise.race([firstMap(MAP_PATIENCE), longMap])
        .then(() => engines.probe(problem, cells))
        .then(show)
        .then(() => timeWalkers(engines));
    },
  );
}

/** Times walkers of the problem on screen, so that the badge can say where they run. */
async function timeWalkers(engines: Engines): Promise<void> {
  const { problem, structure, inputs } = store.getState();
  if (!problem || !structure) return;
  const slice = sliceOf(inputs, structure.cell, structure.family);
  if (sliceProblem(slice) === null) await placeWalkers(engines, problem, slice, WALKERS);
}

function followMap(engines: Engines): void {
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

/** The pattern of the current crystal, on the worker that follows the pointer. */
function followCurrent(engines: Engines): void {
  const coalesced = new Coalesced();
  follow(
    state => [
      state.problem,
      state.inputs.focus,
      state.inputs.slice,
      state.hover,
      state.play.playing,
      state.runs,
      state.minima,
      state.guest,
    ],
    () => {
      const state = store.getState();
      const { problem, structure } = state;
      if (!problem || !structure) return;
      const sites = state.hover ? undefined : state.guest?.sites;
      const cell = currentCell(state, sliceOf(state.inputs, structure.cell, chosenFamily(state)));
      if (!cell) return;
      const shown = state.current;
      const same = shown?.problem === problem && shown.sites === sites;
      if (same && shown.cell.every((value, i) => value === cell[i])) return;
      const missing = cellProblem(cell);
      if (missing) {
        store.setState({ missing });
        return;
      }
      coalesced.request(() => showCurrent(engines, problem, structure, cell, sites));
    },
  );
}

async function showCurrent(
  engines: Engines,
  problem: LossProblem,
  structure: Structure,
  cell: Cell,
  sites: readonly Site[] | undefined,
): Promise<void> {
  try {
    const asked = sites ? { ...problem, sites } : problem;
    const pattern = await engines.cpu.patterns(asked, Float64Array.from(cell));
    if (store.getState().problem !== problem) return;
    const loss = lossOfPattern(problem, pattern);
    const peaks = reflectionsAt(sites ? { ...structure, sites } : structure, problem.instrument, cell);
    store.setState({
      current: { problem, cell, loss, pattern, peaks, ...(sites ? { sites } : {}) },
      missing: null,
    });
  } catch (error) {
    notify({ id: 'current', tone: 'error', text: (error as Error).message });
  }
}
