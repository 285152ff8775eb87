import { coverageProblem } from '../../energy/atoms.ts';
import { sliceProblem } from '../../landscape/slice.ts';
import { follow } from '../core/follow.ts';
import { Latest } from '../core/latest.ts';
import { chosenFamily, sliceOf } from '../selectors.ts';
import { store } from '../store.ts';
import { clearBlend } from './blendJob.ts';
import { runEnergyMap } from './energyMapJob.ts';
import { energyStore, IDLE_ENERGY_JOB } from './energyStore.ts';
import { type PrecomputedMaps, precomputedMap } from './precomputed.ts';
import { clearRelaxation } from './relaxJob.ts';
import { showRelaxStep } from './shownRelaxStep.ts';
import { energyEngine, restoreWeights } from './weights.ts';

const latest = new Latest();
let started = false;

/** Keeps the energy map up to date with crystal, slice and weights while its pane is open. Called by the pane. */
export function startEnergyJobs(): void {
  if (started) return;
  started = true;
  void restoreWeights();
  void fetch('/energy/maps.json')
    .then(response => response.json() as Promise<PrecomputedMaps>)
    .then(
      precomputed => {
        energyStore.setState({ precomputed });
        refresh();
      },
      // Without the network there are no stored maps; with weights they are not needed.
      () => {},
    );
  follow(
    state => [
      state.structure,
      state.inputs.slice,
      state.inputs.energy.resolution,
      state.inputs.energy.view === 'off',
      state.inputs.page === 'explore',
      state.inputs.slice.tied ? chosenFamily(state) : null,
    ],
    refresh,
  );
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
  let ready = energyStore.getState().weights.sha256;
  energyStore.subscribe(({ weights }) => {
    if (weights.sha256 === ready) return;
    ready = weights.sha256;
    refresh();
  });
}

/** The slice of the energy map: that of the XRD map with a grid of its own. */
export function energySlice(state = store.getState()): ReturnType<typeof sliceOf> | null {
  const { structure, inputs } = state;
  if (!structure) return null;
  const { resolution } = inputs.energy;
  return { ...sliceOf(inputs, structure.cell, chosenFamily(state)), nx: resolution, ny: resolution };
}

/** Whether the finished map is the one asked for. */
function upToDate(sites: object, slice: object): boolean {
  const { map } = energyStore.getState();
  return (
    map?.final === true &&
    map.origin === 'computed' &&
    map.sites === sites &&
    JSON.stringify(map.slice) === JSON.stringify(slice)
  );
}

function refresh(): void {
  const state = store.getState();
  const { structure, structureId, inputs } = state;
  const slice = energySlice(state);
  const signal = latest.next();
  if (!structure || !slice || inputs.energy.view === 'off' || inputs.page !== 'explore') return;
  if (coverageProblem(structure.sites) || sliceProblem(slice)) {
    energyStore.setState({ map: null, job: IDLE_ENERGY_JOB });
    return;
  }
  const engine = energyEngine();
  if (engine) {
    if (!upToDate(structure.sites, slice)) void runEnergyMap(engine, structure.sites, slice, signal);
    return;
  }
  const { precomputed } = energyStore.getState();
  const stored =
    precomputed && structureId && precomputedMap(precomputed, structureId, structure.sites, slice);
  energyStore.setState({ map: stored || null, job: IDLE_ENERGY_JOB });
}

/** Stops the energy map where it is; what is computed stays. */
export function cancelEnergyMap(): void {
  latest.cancel();
  energyStore.setState(({ job }) =>
    job.status === 'computing' ? { job: { ...job, status: 'cancelled', remaining: null } } : {},
  );
}

/** Computes the map again, or its rest. */
export const restartEnergyMap = (): void => refresh();
