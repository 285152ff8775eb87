import type { LossProblem } from '../../engine/engine.ts';
import type { WorkerEngine } from '../../engine/workerEngine.ts';
import { toldMinima } from '../../landscape/falseMinima.ts';
import type { Minimum } from '../../landscape/minima.ts';
import { type Slice, sliceDirections, slicePoint } from '../../landscape/slice.ts';
import type { Point } from '../../model/parameter.ts';
import { type Job, job } from '../core/job.ts';
import { store } from '../core/store.ts';
import type { MapState } from './exploreState.ts';
import { sharedEngines } from './sharedEngines.ts';

/** Grid steps that a minimum may lie off its place on the grid. */
const REACH = 2;

/** Losses where descents within a slice end, from its truth and from points of it [1 + n]. */
export function settledOn(
  cpu: Pick<WorkerEngine, 'settle'>,
  problem: LossProblem,
  slice: Slice,
  points: readonly Point[],
  signal: AbortSignal,
): Promise<Float64Array> {
  const step = ([low, high]: readonly [number, number], n: number): number =>
    (REACH * (high - low)) / (n - 1);
  const settling = {
    points: Float64Array.from([slice.base, ...points].flat()),
    directions: sliceDirections(slice),
    units: [step(slice.xRange, slice.nx), step(slice.yRange, slice.ny)],
  };
  return cpu.settle(problem, settling, signal);
}

/** The minima of a map, each followed down to its floor and told whether its pattern is the truth's. */
export async function tellMinima(
  cpu: Pick<WorkerEngine, 'settle'>,
  problem: LossProblem,
  map: Pick<MapState, 'slice' | 'values'>,
  minima: readonly Minimum[],
  signal: AbortSignal,
): Promise<Minimum[]> {
  const points = minima.map(({ x, y }) => slicePoint(map.slice, x, y));
  return toldMinima(minima, await settledOn(cpu, problem, map.slice, points, signal), map);
}

/** Finds out which minima of the finished map are the true crystal in other words. */
export const equalMinimaJob: Job = job({
  select: state => [state.map, state.minima],
  args({ map, minima, problem }) {
    const asked = map?.final && map.problem === problem && minima.some(m => m.sameAsTruth === undefined);
    return asked ? { map, minima } : null;
  },
  async run({ map, minima }, { signal }) {
    const told = await tellMinima(sharedEngines().cpu, map.problem, map, minima, signal);
    if (!signal.aborted && store.getState().minima === minima) store.setState({ minima: told });
  },
});
