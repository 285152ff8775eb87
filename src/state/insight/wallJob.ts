import { isAbort, type LossProblem } from '../../engine/engine.ts';
import { roughness } from '../../landscape/roughness.ts';
import { sliceAxis, sliceCells } from '../../landscape/slice.ts';
import { LOSSES } from '../../losses/registry.ts';
import { follow } from '../core/follow.ts';
import { Latest } from '../core/latest.ts';
import { chosenFamily, sliceOf } from '../selectors.ts';
import { sharedEngines } from '../sharedEngines.ts';
import { store } from '../store.ts';
import { IDLE, insightStore } from './insightStore.ts';

/** Points along each axis of a map of the wall. */
export const WALL_SIDE = 61;

/** Keeps the five maps of the metric wall up to date while it is shown. */
export function followWall(): void {
  const latest = new Latest();
  follow(
    state => [
      state.inputs.insight.view === 'wall' && state.inputs.page === 'explore',
      state.problem?.target,
      state.inputs.lossWidth,
      state.inputs.slice,
      chosenFamily(state),
    ],
    ([shown]) => {
      const signal = latest.next();
      if (shown) void run(signal);
    },
  );
  cancelWall = () => {
    latest.cancel();
    insightStore.setState(({ wallJob }) => ({ wallJob: { ...wallJob, status: 'cancelled' } }));
  };
}

/** Stops the wall; finished maps stay. Replaced when the jobs start. */
export let cancelWall: () => void = () => {};

async function run(signal: AbortSignal): Promise<void> {
  const state = store.getState();
  const { problem, structure, inputs } = state;
  if (!problem || !structure) return;
  const side = Math.min(WALL_SIDE, inputs.slice.resolution);
  const slice = { ...sliceOf(inputs, structure.cell, chosenFamily(state)), nx: side, ny: side };
  const cells = sliceCells(slice);
  const [xs, ys] = [sliceAxis(slice, 'x'), sliceAxis(slice, 'y')];
  const total = LOSSES.length * side * side;
  const started = performance.now();
  insightStore.setState({ wall: [], wallJob: { ...IDLE, status: 'computing', total } });
  try {
    for (const [at, { id }] of LOSSES.entries()) {
      const other: LossProblem = { ...problem, loss: id, lossWidth: inputs.lossWidth };
      const { loss: values } = await sharedEngines().cpu.evaluate(other, cells, {
        signal,
        onProgress: done => {
          if (signal.aborted) return;
          insightStore.setState({
            wallJob: { ...IDLE, status: 'computing', done: at * side * side + done, total },
          });
        },
      });
      signal.throwIfAborted();
      const map = { loss: id, xs, ys, values, roughness: roughness({ xs, ys, values }) };
      insightStore.setState(({ wall }) => ({ wall: [...wall, map] }));
    }
    const elapsed = performance.now() - started;
    insightStore.setState({ wallJob: { ...IDLE, status: 'done', done: total, total, elapsed } });
  } catch (error) {
    if (signal.aborted || isAbort(error)) return;
    insightStore.setState({ wallJob: { ...IDLE, status: 'failed', message: (error as Error).message } });
  }
}
