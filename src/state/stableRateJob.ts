import { cellIndex } from '../crystal/cell.ts';
import type { WorkerEngine } from '../engine/worker/workerEngine.ts';
import { follow } from './core/follow.ts';
import { Latest } from './core/latest.ts';
import { planOf } from './descentJob.ts';
import { firstMap, MAP_PATIENCE } from './firstMap.ts';
import { chosenFamily, sliceOf } from './selectors.ts';
import { store } from './store.ts';

/**
 * Keeps the largest stable learning rate at the truth, 2/λ_max of the Hessian over the parameters that move: above it
 * plain descent cannot come to rest there.
 */
export function followStableRate(cpu: WorkerEngine): void {
  const latest = new Latest();
  const ready = firstMap(MAP_PATIENCE);
  follow(
    state => [
      state.problem,
      state.inputs.slice.x,
      state.inputs.slice.y,
      state.inputs.slice.tied,
      state.inputs.descent.space,
      chosenFamily(state),
    ],
    ([problem, x, y, , , family]) => {
      const signal = latest.next();
      const { inputs, structure } = store.getState();
      store.setState({ stableRate: null });
      if (!problem || !structure) return;
      const slice = sliceOf(inputs, structure.cell, family);
      const at = { x: structure.cell[cellIndex(x)]!, y: structure.cell[cellIndex(y)]! };
      const plan = planOf(inputs, slice, family, at, 'unconstrained');
      ready
        .then(() => cpu.stableRate(problem, plan, signal))
        .then(
          rate => {
            if (!signal.aborted)
              store.setState({ stableRate: rate > 0 && Number.isFinite(rate) ? rate : null });
          },
          () => {
            // Cancelled, or the cell beside the truth does not exist: then there is nothing to say.
          },
        );
    },
  );
}
