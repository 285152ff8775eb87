import type { LossProblem } from '../../engine/engine.ts';
import { roughness } from '../../landscape/roughness.ts';
import { sliceAxis, slicePoints } from '../../landscape/slice.ts';
import type { LossId } from '../../losses/loss.ts';
import { LOSSES } from '../../losses/registry.ts';
import { job } from '../core/job.ts';
import { type State, store } from '../core/store.ts';
import { chosenFamily, lossWidthsOf, sceneOf } from '../explore/selectors.ts';
import { sharedEngines } from '../explore/sharedEngines.ts';
import { analysis } from './analysisSlice.ts';

/** Points along each axis of a map of the wall. */
export const WALL_SIDE = 61;

const isShown = ({ inputs }: State): boolean => inputs.analysis.view === 'wall' && inputs.page === 'explore';

/**
 * Keeps the maps of the metric wall up to date while it is shown. Cancelled, finished maps stay; where the width of one loss
 * moves, the others are not computed again and its last map stays until the next is there.
 */
export const wallJob = job({
  select: state => [
    isShown(state),
    state.problem?.target,
    // by its numbers: a width that moves makes a new instrument; a measured target does not follow the peaks of the model
    JSON.stringify(state.problem?.instrument),
    state.inputs.lossWidth,
    state.inputs.lossAlpha,
    state.inputs.slice,
    chosenFamily(state),
  ],
  args: state => (isShown(state) ? sceneOf(state) : null),
  async run({ inputs, problem, slice: whole }, { signal, report }) {
    const side = Math.min(WALL_SIDE, inputs.slice.resolution);
    const slice = { ...whole, nx: side, ny: side };
    const cells = slicePoints(slice);
    const [xs, ys] = [sliceAxis(slice, 'x'), sliceAxis(slice, 'y')];
    const lossWidths = lossWidthsOf(inputs);
    const widthOf = (id: LossId): number | null =>
      id === 'deGelder' ? lossWidths.width : id === 'gpwdf' ? lossWidths.alpha : null;
    const of = { target: problem.target, on: JSON.stringify([slice, problem.instrument]) };
    const kept = store.getState().analysis.wall.filter(map => map.target === of.target && map.on === of.on);
    const due = LOSSES.filter(
      ({ id }) => !kept.some(({ loss, width }) => loss === id && width === widthOf(id)),
    );
    analysis.set({ wall: kept });
    report({ total: due.length * side * side });
    for (const [at, { id }] of due.entries()) {
      const other: LossProblem = { ...problem, loss: id, lossWidths };
      const { loss: values } = await sharedEngines().cpu.evaluate(other, cells, {
        signal,
        onProgress: done => report({ done: at * side * side + done }),
      });
      signal.throwIfAborted();
      const figures = roughness({ xs, ys, values });
      const map = { ...of, loss: id, width: widthOf(id), xs, ys, values, roughness: figures };
      analysis.set(({ wall }) => ({ wall: [...wall.filter(({ loss }) => loss !== id), map] }));
    }
  },
  into: wallJob => analysis.set({ wallJob }),
});
