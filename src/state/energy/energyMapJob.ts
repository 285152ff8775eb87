import { coverageProblem } from '../../energy/atoms.ts';
import { type Slice, sliceProblem } from '../../landscape/slice.ts';
import { type Job, job } from '../core/job.ts';
import { type State, store } from '../core/store.ts';
import { refine } from '../explore/refine.ts';
import { askedSlice, chosenFamily } from '../explore/selectors.ts';
import { energy } from './energySlice.ts';
import type { EnergyMap } from './precomputed.ts';
import { precomputedMap } from './precomputed.ts';
import { energyEngine } from './weights.ts';

/**
 * Keeps the energy map up to date with crystal, slice and weights while its pane is open; without weights a stored map
 * takes its place. Cancelled, what is computed stays.
 */
export const energyMapJob: Job = job({
  select: state => [
    state.structure,
    state.inputs.slice,
    state.inputs.energy.resolution,
    state.inputs.energy.view === 'off',
    state.inputs.page === 'explore',
    state.inputs.slice.tied ? chosenFamily(state) : null,
    state.energy.weights.checks,
    state.energy.precomputed,
  ],
  args(state) {
    const engine = energyEngine();
    const asked = askedMap(state);
    return engine && asked && !isThere(state.energy.map, asked) ? { engine, ...asked } : null;
  },
  rest(state) {
    if (!isOpen(state)) return;
    const asked = askedMap(state);
    if (asked && energyEngine()) return;
    energy.set({ map: asked && storedMap(state, asked) });
    energyMapJob.reset();
  },
  async run({ engine, sites, slice }, { signal, report }) {
    report({ total: slice.nx * slice.ny });
    const [atTruth] = await engine.energies(sites, Float64Array.from(slice.base), { signal });
    await refine(
      slice,
      signal,
      (cells, finished) =>
        engine.energies(sites, cells, { signal, onProgress: count => report({ done: finished + count }) }),
      grid => energy.set({ map: { sites, slice, atTruth: atTruth!, origin: 'computed', ...grid } }),
    );
  },
  into: job => energy.set({ job }),
});

type Asked = Pick<EnergyMap, 'sites' | 'slice'>;

const isOpen = ({ structure, inputs }: State): boolean =>
  structure !== null && inputs.energy.view !== 'off' && inputs.page === 'explore';

/** The slice of the energy map: that of the XRD map with a grid of its own; null where that is not over the cell. */
export function energySlice(state = store.getState()): Slice | null {
  const slice = askedSlice(state);
  const { resolution } = state.inputs.energy;
  return slice && !slice.model ? { ...slice, nx: resolution, ny: resolution } : null;
}

/** The map that the open pane asks for; null where the potential does not know the crystal or the slice is none. */
function askedMap(state: State): Asked | null {
  const slice = energySlice(state);
  if (!isOpen(state) || !state.structure || !slice) return null;
  const { sites } = state.structure;
  return coverageProblem(sites) || sliceProblem(slice) ? null : { sites, slice };
}

/** True where the finished map is the one asked for. */
const isThere = (map: EnergyMap | null, { sites, slice }: Asked): boolean =>
  map?.final === true &&
  map.origin === 'computed' &&
  map.sites === sites &&
  JSON.stringify(map.slice) === JSON.stringify(slice);

const storedMap = (
  { energy: { precomputed }, structureId }: State,
  { sites, slice }: Asked,
): EnergyMap | null =>
  precomputed && structureId ? precomputedMap(precomputed, structureId, sites, slice) : null;
