import type { Site } from '../../crystal/structure.ts';
import type { EnergyEngine } from '../../engine/energy/energyEngine.ts';
import { isAbort } from '../../engine/engine.ts';
import { refinementLevels } from '../../landscape/refinement.ts';
import { type Slice, sliceAxis, sliceCells } from '../../landscape/slice.ts';
import { energyStore, IDLE_ENERGY_JOB } from './energyStore.ts';

/**
 * Computes an energy map from coarse to fine into the store: a level fills in the points between those of the last, and
 * each is a regular grid of its own. Cancelling keeps what is there.
 */
export async function runEnergyMap(
  engine: EnergyEngine,
  sites: readonly Site[],
  slice: Slice,
  signal: AbortSignal,
): Promise<void> {
  const { nx, ny } = slice;
  const total = nx * ny;
  const started = performance.now();
  const values = new Float64Array(total).fill(Number.NaN);
  const [xs, ys] = [sliceAxis(slice, 'x'), sliceAxis(slice, 'y')];
  let finished = 0;
  energyStore.setState({ job: { ...IDLE_ENERGY_JOB, status: 'computing', total } });
  try {
    const [atTruth] = await engine.energies(sites, Float64Array.from(slice.base), { signal });
    for (const level of refinementLevels(nx, ny)) {
      const found = await engine.energies(sites, sliceCells(slice, level.indices), {
        signal,
        onProgress: count => {
          if (signal.aborted) return;
          const done = finished + count;
          const elapsed = performance.now() - started;
          const remaining = elapsed > 500 ? (elapsed / done) * (total - done) : null;
          energyStore.setState(({ job }) => ({ job: { ...job, done, remaining } }));
        },
      });
      signal.throwIfAborted();
      for (const [at, index] of level.indices.entries()) values[index] = found[at]!;
      finished += level.indices.length;
      energyStore.setState({
        map: {
          sites,
          slice,
          xs: Float64Array.from(level.ix, i => xs[i]!),
          ys: Float64Array.from(level.iy, i => ys[i]!),
          values: Float64Array.from(
            { length: level.ix.length * level.iy.length },
            (_, k) =>
              values[level.iy[Math.floor(k / level.ix.length)]! * nx + level.ix[k % level.ix.length]!]!,
          ),
          atTruth: atTruth!,
          final: finished === total,
          origin: 'computed',
        },
      });
    }
    const elapsed = performance.now() - started;
    energyStore.setState(({ job }) => ({
      job: { ...job, status: 'done', done: total, remaining: null, elapsed },
    }));
  } catch (error) {
    if (signal.aborted || isAbort(error)) return;
    const message = (error as Error).message;
    energyStore.setState(({ job }) => ({ job: { ...job, status: 'failed', remaining: null, message } }));
  }
}
