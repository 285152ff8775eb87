import type { LossProblem } from '../../engine/engine.ts';
import { roughness } from '../../landscape/roughness.ts';
import { sliceAxis, sliceCells } from '../../landscape/slice.ts';
import { LOSSES } from '../../losses/registry.ts';
import { job } from '../core/job.ts';
import type { State } from '../core/store.ts';
import { chosenFamily, lossWidthsOf, sceneOf } from '../explore/selectors.ts';
import { sharedEngines } from '../explore/sharedEngines.ts';
import { analysis } from './analysisSlice.ts';

/** Points along each axis of a map of the wall. */
export const WALL_SIDE = 61;

const isShown = ({ inputs }: State): boolean => inputs.analysis.view === 'wall' && inputs.page === 'explore';

/** Keeps the maps of the metric wall up to date while it is shown. Cancelled, finished maps stay. */
export const wallJob = job({
  select: state => [
    isShown(state),
    state.problem?.target,
    state.inputs.lossWidth,
    state.inputs.lossAlpha,
    state.inputs.slice,
    chosenFamily(state),
  ],
  args: state => (isShown(state) ? sceneOf(state) : null),
  async run({ inputs, problem, slice: whole }, { signal, report }) {
    const side = Math.min(WALL_SIDE, inputs.slice.resolution);
    const slice = { ...whole, nx: side, ny: side };
    const cells = sliceCells(slice);
    const [xs, ys] = [sliceAxis(slice, 'x'), sliceAxis(slice, 'y')];
    analysis.set({ wall: [] });
    report({ total: LOSSES.length * side * side });
    for (const [at, { id }] of LOSSES.entries()) {
      const other: LossProblem = { ...problem, loss: id, lossWidths: lossWidthsOf(inputs) };
      const { loss: values } = await sharedEngines().cpu.evaluate(other, cells, {
        signal,
        onProgress: done => report({ done: at * side * side + done }),
      });
      signal.throwIfAborted();
      const map = { loss: id, xs, ys, values, roughness: roughness({ xs, ys, values }) };
      analysis.set(({ wall }) => ({ wall: [...wall, map] }));
    }
  },
  into: wallJob => analysis.set({ wallJob }),
});
