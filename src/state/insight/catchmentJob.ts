import { cellIndex } from '../../crystal/cell.ts';
import { isAbort } from '../../engine/engine.ts';
import { endsOnGpu, type GpuShare, type PartTaker } from '../../engine/insight/endsOnGpu.ts';
import { refinementLevels } from '../../landscape/refinement.ts';
import { type Slice, sliceCells } from '../../landscape/slice.ts';
import { reachesTruth } from '../../optimise/outcome.ts';
import { follow } from '../core/follow.ts';
import { Latest } from '../core/latest.ts';
import { chosenFamily, sliceOf } from '../selectors.ts';
import { sharedEngines } from '../sharedEngines.ts';
import { store } from '../store.ts';
import { placeWalkers } from '../walkers.ts';
import { insightPool } from './insightEngine.ts';
import { chosenStrategy, strategyCall } from './insightPlans.ts';
import { type Catchment, IDLE, insightStore } from './insightStore.ts';

/** Keeps the catchment map up to date while it is asked for: from coarse to fine, newest request wins. */
export function followCatchment(): void {
  const latest = new Latest();
  follow(
    state => [
      state.problem,
      state.inputs.slice,
      state.inputs.descent,
      state.inputs.insight.catchment,
      state.inputs.insight.catchmentSide,
      state.inputs.insight.catchmentSteps,
      state.inputs.page === 'explore',
      chosenFamily(state),
      state.inputs.engine,
    ],
    ([problem, , , wanted, , , shown]) => {
      const signal = latest.next();
      if (wanted === 'off')
        insightStore.setState({ catchment: null, catchmentJob: IDLE, catchmentHow: null });
      if (!problem || wanted === 'off' || !shown) return;
      void run(signal);
    },
  );
  cancelCatchment = () => {
    latest.cancel();
    insightStore.setState(({ catchmentJob }) => ({ catchmentJob: { ...catchmentJob, status: 'cancelled' } }));
  };
}

/** Stops the catchment map; what is known stays. Replaced when the jobs start. */
export let cancelCatchment: () => void = () => {};

async function run(signal: AbortSignal): Promise<void> {
  const state = store.getState();
  const { problem, structure, inputs } = state;
  if (!problem || !structure) return;
  const { catchment: mode, catchmentSide: side, catchmentSteps } = inputs.insight;
  if (mode === 'off') return;
  const slice: Slice = { ...sliceOf(inputs, structure.cell, chosenFamily(state)), nx: side, ny: side };
  const order = refinementLevels(side, side).flatMap(level => [...level.indices]);
  const total = order.length;
  const settings = { ...inputs, descent: { ...inputs.descent, maxIterations: catchmentSteps } };
  const strategy = { ...chosenStrategy(settings, slice, 'plain'), mode };
  const call = strategyCall(settings, slice, strategy, { x: slice.xRange[0], y: slice.yRange[0] });
  const [xi, yi] = [cellIndex(slice.x), cellIndex(slice.y)];
  let found: Catchment = {
    slice,
    side,
    known: new Uint8Array(total),
    x: new Float64Array(total),
    y: new Float64Array(total),
    truth: new Uint8Array(total),
    bouncing: new Uint8Array(total),
  };
  const started = performance.now();
  let done = 0;
  insightStore.setState({
    catchment: found,
    catchmentJob: { ...IDLE, status: 'computing', total },
    catchmentHow: null,
  });
  const take: PartTaker = (positions, part) => {
    if (signal.aborted) return;
    found = {
      ...found,
      known: found.known.slice(),
      x: found.x.slice(),
      y: found.y.slice(),
      truth: found.truth.slice(),
      bouncing: found.bouncing.slice(),
    };
    for (let k = 0; k < part.losses.length; k++) {
      const at = order[positions[k]!]!;
      // a start that is no cell reaches nothing
      if (!Number.isFinite(part.losses[k]!)) continue;
      const cell = part.cells.subarray(6 * k, 6 * k + 6);
      found.known[at] = 1;
      found.x[at] = cell[xi]!;
      found.y[at] = cell[yi]!;
      found.truth[at] = +reachesTruth(cell, slice.base);
      found.bouncing[at] = part.bouncing[k]!;
    }
    done += part.losses.length;
    insightStore.setState({
      catchment: found,
      catchmentJob: { ...IDLE, status: 'computing', done, total, elapsed: performance.now() - started },
    });
  };
  try {
    const engines = sharedEngines();
    const { where, reason } = await placeWalkers(engines, problem, slice, total, signal);
    signal.throwIfAborted();
    insightStore.setState({ catchmentHow: reason });
    const starts = sliceCells(slice, order);
    const gpu = where === 'gpu' ? engines.walkersOnGpu : null;
    if (gpu) {
      const share = await endsOnGpu(gpu, insightPool(), problem, call, starts, {
        signal,
        onPart: take,
        onStep: (walkers, steps) => {
          if (signal.aborted) return;
          const together = { walkers, steps };
          insightStore.setState(({ catchmentJob }) => ({ catchmentJob: { ...catchmentJob, together } }));
        },
      });
      if (share.failure) insightStore.setState({ catchmentHow: sharedBy(share, total, engines.cpu.device) });
    } else
      await insightPool().ends(problem, call, starts, {
        signal,
        onPart: (first, part) =>
          take(
            Array.from(part.losses, (_, k) => first + k),
            part,
          ),
      });
    signal.throwIfAborted();
    const elapsed = performance.now() - started;
    insightStore.setState({ catchmentJob: { ...IDLE, status: 'done', done: total, total, elapsed } });
  } catch (error) {
    if (signal.aborted || isAbort(error)) return;
    insightStore.setState({ catchmentJob: { ...IDLE, status: 'failed', message: (error as Error).message } });
  }
}

/** How a map was computed whose descents did not all end on the GPU. */
const sharedBy = ({ onGpu, failure }: GpuShare, total: number, pool: string): string =>
  `WebGL, float32, for ${onGpu} of ${total} descents, until it failed (${failure}); ${pool}, float64, for the rest.`;
