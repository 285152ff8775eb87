import { sliceParameter } from '../../landscape/slice.ts';
import { job } from '../core/job.ts';
import { store } from '../core/store.ts';
import { planOf } from './descentJob.ts';
import { firstMap, MAP_PATIENCE } from './firstMap.ts';
import { chosenFamily, sceneOf } from './selectors.ts';
import { sharedEngines } from './sharedEngines.ts';

/**
 * Keeps the largest stable learning rate at the truth, 2/λ_max of the Hessian over the parameters that move: above it
 * plain descent cannot come to rest there. It begins after the first map.
 */
export const stableRateJob = job({
  select: state => [
    state.problem,
    state.inputs.slice.x,
    state.inputs.slice.y,
    state.inputs.slice.tied,
    state.inputs.descent.space,
    chosenFamily(state),
  ],
  calm: 300,
  args: sceneOf,
  rest: ({ stableRate }) => stableRate !== null && store.setState({ stableRate: null }),
  async run({ inputs, slice, problem }, { signal }) {
    ready ??= firstMap(MAP_PATIENCE);
    await ready;
    const at = { x: sliceParameter(slice, 'x').value, y: sliceParameter(slice, 'y').value };
    const plan = planOf(inputs, slice, slice.family, at, 'unconstrained');
    // Where the cell beside the truth does not exist there is nothing to say.
    const rate = await sharedEngines().cpu.stableRate(problem, plan, signal);
    if (!signal.aborted) store.setState({ stableRate: rate > 0 && Number.isFinite(rate) ? rate : null });
  },
});

let ready: Promise<void> | null = null;
