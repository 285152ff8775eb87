import type { Engine, LossProblem } from '../engine/engine.ts';
import { type Level, refinementLevels } from '../landscape/refinement.ts';
import { type Slice, sliceAxis, sliceCells } from '../landscape/slice.ts';
import type { MapState } from './store.ts';

export interface MapProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * Computes a map from coarse to fine. Every level fills in the points between those of the last; each is reported as a
 * regular grid. `engineFor` is asked again for every level, since the choice of engine may change while it runs; it hears
 * how long the engine took for a point of the level before, ms summed over its workers, where the engine says so.
 */
export async function computeMap(
  problem: LossProblem,
  slice: Slice,
  engineFor: (pace: number | null) => Promise<Engine>,
  signal: AbortSignal,
  report: { progress(progress: MapProgress, engine: Engine): void; level(map: MapState): void },
): Promise<void> {
  const total = slice.nx * slice.ny;
  const values = new Float64Array(total).fill(Number.NaN);
  const xs = sliceAxis(slice, 'x');
  const ys = sliceAxis(slice, 'y');
  let finished = 0;
  let pace: number | null = null;
  for (const level of refinementLevels(slice.nx, slice.ny)) {
    const engine = await engineFor(pace);
    signal.throwIfAborted();
    const { loss, ms } = await engine.evaluate(problem, sliceCells(slice, level.indices), {
      signal,
      onProgress: done => report.progress({ done: finished + done, total }, engine),
    });
    signal.throwIfAborted();
    for (const [at, index] of level.indices.entries()) values[index] = loss[at]!;
    finished += level.indices.length;
    pace = ms === undefined ? null : ms / level.indices.length;
    report.level({ problem, slice, final: finished === total, ...regular(level, xs, ys, values, slice.nx) });
  }
}

/** The points known at a level, as a regular grid of their own. */
function regular(
  level: Level,
  xs: Float64Array,
  ys: Float64Array,
  values: Float64Array,
  nx: number,
): Pick<MapState, 'xs' | 'ys' | 'values'> {
  const out = new Float64Array(level.ix.length * level.iy.length);
  for (const [row, iy] of level.iy.entries())
    for (const [column, ix] of level.ix.entries())
      out[row * level.ix.length + column] = values[iy * nx + ix]!;
  return {
    xs: Float64Array.from(level.ix, i => xs[i]!),
    ys: Float64Array.from(level.iy, i => ys[i]!),
    values: out,
  };
}
