import type { Structure } from '../../crystal/structure.ts';
import { WALKERS } from '../../engine/chooseWalkers.ts';
import type { Engines } from '../../engine/engines.ts';
import { type Slice, slicePoints, sliceProblem } from '../../landscape/slice.ts';
import { follow } from '../core/follow.ts';
import type { Inputs } from '../core/inputs.ts';
import { store } from '../core/store.ts';
import { firstMap, MAP_PATIENCE } from './firstMap.ts';
import { longMap } from './mapJob.ts';
import { isLatticeSlice, latticeAxes } from './modelChoice.ts';
import { sliceOf } from './selectors.ts';
import { placeWalkers, showWalkers } from './walkers.ts';

/** Cells of the start-up timing: enough to fill a GPU chunk, few enough to take no time. */
const TIMED_CELLS = 64;

/**
 * Probes WebGL once there is a problem to time it on and a first map, and where the user chooses what was not checked
 * then; keeps the badge true.
 */
export function followEngine(engines: Engines): void {
  const show = (): void => {
    const { inputs, problem } = store.getState();
    const { engine, reason } = engines.choose(inputs.engine, problem);
    const webglAvailable = engines.webglProbe.state === 'ready';
    const probing = engines.webglProbe.state === 'pending';
    store.setState(state => ({
      engine: { ...state.engine, active: engine.kind, reason, probing, webglAvailable },
    }));
    showWalkers(engines);
  };
  const probe = async (): Promise<void> => {
    const { inputs, problem, structure } = store.getState();
    if (!problem || !structure || !engines.wantsProbe(inputs.engine)) return;
    const slice = timedSlice(inputs, structure);
    const side = Math.round(Math.sqrt(TIMED_CELLS));
    const found = engines.probe(inputs.engine, problem, slicePoints({ ...slice, nx: side, ny: side }));
    show();
    await found;
    show();
    await timeWalkers(engines);
    // chosen while what was not chosen was looked at
    await probe();
  };
  let begun = false;
  follow(
    state => [state.problem, state.inputs.engine],
    ([problem]) => {
      if (problem && !begun) {
        begun = true;
        void Promise.race([firstMap(MAP_PATIENCE), longMap]).then(probe);
      } else if (engines.webglProbe.state !== 'pending') void probe();
      show();
    },
  );
}

/** Cells that engines are timed on: those of the map where it is over the cell, which WebGL needs. */
function timedSlice(inputs: Inputs, { cell, family }: Structure): Slice {
  const slice = isLatticeSlice(inputs)
    ? inputs.slice
    : { ...inputs.slice, ...latticeAxes(inputs), xRange: null, yRange: null };
  return sliceOf({ slice }, cell, family);
}

/** Times walkers of the problem on screen, so that the badge can say where they run. */
async function timeWalkers(engines: Engines): Promise<void> {
  const { problem, structure, inputs } = store.getState();
  if (!problem || !structure) return;
  const slice = timedSlice(inputs, structure);
  if (!problem.model && sliceProblem(slice) === null) await placeWalkers(engines, problem, slice, WALKERS);
}
