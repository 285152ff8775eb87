import { WALKERS, type WalkerChoice } from '../../engine/chooseWalkers.ts';
import type { LossProblem } from '../../engine/engine.ts';
import type { Engines } from '../../engine/engines.ts';
import { type Slice, slicePoints } from '../../landscape/slice.ts';
import { store } from '../core/store.ts';
import { firstMap } from './firstMap.ts';

/**
 * Times a step of many walkers on both engines for a problem, where that is not known yet, and says where `n` descents
 * run. The figures go to the badge.
 * @param slice walkers are spread over it
 */
export async function placeWalkers(
  engines: Engines,
  problem: LossProblem,
  slice: Slice,
  n: number,
  signal?: AbortSignal,
): Promise<WalkerChoice> {
  const wanted = store.getState().inputs.engine;
  if (n >= WALKERS && engines.timesWalkers(wanted, problem)) {
    // A map under way would be timed too.
    await firstMap(Number.POSITIVE_INFINITY);
    signal?.throwIfAborted();
    const side = Math.round(Math.sqrt(WALKERS));
    await engines.timeWalkers(problem, slicePoints({ ...slice, nx: side, ny: side }), signal);
    showWalkers(engines);
  }
  return engines.chooseWalkers(wanted, problem, n);
}

/** Says in the badge where many descents of the problem on screen run. */
export function showWalkers(engines: Engines): void {
  const { problem, inputs, engine } = store.getState();
  const walkers = problem && engines.chooseWalkers(inputs.engine, problem, WALKERS).reason;
  store.setState({ engine: { ...engine, walkers } });
}
