import type { BlendScales } from '../../energy/blend.ts';
import { isAbort } from '../../engine/engine.ts';
import type { DescentPlan } from '../../optimise/descent.ts';
import { Latest } from '../core/latest.ts';
import { appended, type DescentRun } from '../descentRun.ts';
import { chosenFamily, sliceOf } from '../selectors.ts';
import { store } from '../store.ts';
import { energyStore } from './energyStore.ts';
import { energyEngine } from './weights.ts';

const latest = new Latest();

/** Adam at this rate covers 10 % of a length in about a hundred steps, whatever the scale of the objective. */
export const BLEND_DESCENT = {
  rule: 'adam',
  learningRate: 0.01,
  maxIterations: 400,
  stopWindow: 50,
  stopGain: 1e-5,
} as const;

/** Descends the blend from the current crystal; with `schedule` first the energy alone, then XRD alone. */
export async function descendBlend(scales: BlendScales, schedule: boolean): Promise<void> {
  const engine = energyEngine();
  const state = store.getState();
  const { structure, problem, current, inputs } = state;
  if (!engine || !structure || !problem || !current) return;
  const signal = latest.next();
  const family = chosenFamily(state);
  const slice = sliceOf(inputs, structure.cell, family);
  const stages = schedule ? [0, 1] : [inputs.energy.weight];
  energyStore.setState({ blends: [] });
  let start = current.cell;
  for (const [index, weight] of stages.entries()) {
    const plan: DescentPlan = {
      start,
      mode: 'unconstrained',
      space: { kind: 'slice', x: slice.x, y: slice.y, base: slice.base, tied: slice.tied },
      reading: 'full',
      family,
      momentum: 0,
      ...BLEND_DESCENT,
    };
    const begun: DescentRun = {
      start: index,
      mode: 'unconstrained',
      plan,
      count: 0,
      cells: new Float64Array(0),
      losses: new Float64Array(0),
      status: 'running',
      end: null,
      message: null,
    };
    const update = (change: (run: DescentRun) => DescentRun): void => {
      if (signal.aborted) return;
      energyStore.setState(({ blends }) => ({
        blends: blends.map(run => (run.plan === plan ? change(run) : run)),
      }));
    };
    energyStore.setState(({ blends }) => ({ blends: [...blends, begun] }));
    try {
      const end = await engine.blend(
        { problem, weight, scales, plan },
        { signal, onChunk: chunk => update(run => appended(run, chunk.cells, chunk.losses)) },
      );
      update(run => ({ ...run, status: 'done', end }));
    } catch (error) {
      if (isAbort(error)) return;
      update(run => ({ ...run, status: 'failed', message: (error as Error).message }));
      return;
    }
    const done = energyStore.getState().blends.find(run => run.plan === plan);
    if (!done || done.count === 0) return;
    start = Array.from(done.cells.subarray(6 * (done.count - 1), 6 * done.count)) as unknown as typeof start;
  }
}

/** Stops the descent on the blend where it is, or takes it away. */
export function clearBlend(): void {
  latest.cancel();
  energyStore.setState({ blends: [] });
}
