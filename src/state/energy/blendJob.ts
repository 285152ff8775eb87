import type { BlendScales } from '../../energy/blend.ts';
import type { DescentPlan } from '../../optimise/descent.ts';
import { Latest } from '../core/job.ts';
import { store } from '../core/store.ts';
import { emptyRun, runDescent } from '../explore/descentRun.ts';
import { sceneOf } from '../explore/selectors.ts';
import { energy } from './energySlice.ts';
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
  const scene = sceneOf(state);
  if (!engine || !scene || !state.current) return;
  const { problem, slice, inputs } = scene;
  const signal = latest.next();
  const stages = schedule ? [0, 1] : [inputs.energy.weight];
  energy.set({ blends: [] });
  let start = state.current.cell;
  for (const [index, weight] of stages.entries()) {
    const plan: DescentPlan = {
      start,
      mode: 'unconstrained',
      space: { kind: 'slice', x: slice.x, y: slice.y, base: slice.base, tied: slice.tied },
      reading: 'full',
      family: slice.family,
      momentum: 0,
      ...BLEND_DESCENT,
    };
    energy.set(({ blends }) => ({ blends: [...blends, emptyRun(index, 'unconstrained', plan)] }));
    await runDescent(
      signal,
      onChunk => engine.blend({ problem, weight, scales, plan }, { signal, onChunk }),
      change => {
        if (signal.aborted) return;
        energy.set(({ blends }) => ({ blends: blends.map(run => (run.plan === plan ? change(run) : run)) }));
      },
    );
    const run = energy.get().blends.find(entry => entry.plan === plan);
    if (signal.aborted || run?.status !== 'done' || run.count === 0) return;
    start = Array.from(run.cells.subarray(6 * (run.count - 1), 6 * run.count)) as unknown as typeof start;
  }
}

/** Stops the descent on the blend where it is, or takes it away. */
export function clearBlend(): void {
  latest.cancel();
  energy.set({ blends: [] });
}
