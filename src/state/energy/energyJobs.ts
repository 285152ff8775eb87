import { follow } from '../core/follow.ts';
import { clearBlend } from './blendJob.ts';
import { energyMapJob } from './energyMapJob.ts';
import { energy } from './energySlice.ts';
import type { PrecomputedMaps } from './precomputed.ts';
import { clearRelaxation, showRelaxStep } from './relaxJob.ts';
import { restoreWeights } from './weights.ts';

let started = false;

/** Starts what the energy pane computes, once. Called by the pane. */
export function startEnergyJobs(): void {
  if (started) return;
  started = true;
  void restoreWeights();
  void fetch('/energy/maps.json')
    .then(response => response.json() as Promise<PrecomputedMaps>)
    .then(
      precomputed => energy.set({ precomputed }),
      // Without the network there are no stored maps; with weights they are not needed.
      () => {},
    );
  energyMapJob.follow();
  // Whoever chooses another crystal looks at that one; a relaxation belongs to its own crystal.
  follow(
    state => [state.inputs.focus],
    () => showRelaxStep(null),
  );
  follow(
    state => [state.structure],
    () => {
      clearRelaxation();
      clearBlend();
    },
  );
}
