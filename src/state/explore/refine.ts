import type { Engine, LossProblem } from '../../engine/engine.ts';
import { findMinima, type GridField, type Minimum } from '../../landscape/minima.ts';
import { listedMinima } from '../../landscape/minimaOptions.ts';
import { COARSE, refinementLevels } from '../../landscape/refinement.ts';
import { type Slice, sliceAxis, slicePoints } from '../../landscape/slice.ts';
import type { LossId } from '../../losses/loss.ts';
import { lossOf } from '../../losses/registry.ts';
import type { MapState } from './exploreState.ts';

/** A field on a regular grid, values [iy * xs.length + ix]. */
export type Grid = Pick<MapState, 'xs' | 'ys' | 'values' | 'final'>;

/**
 * Computes a field over a slice from coarse to fine: every level fills in the points between those of the last, and each
 * is a regular grid of its own.
 * @param valuesAt the field at cells [n * 6], of which as many points as `finished` are known before
 * @param coarse columns and rows of the first level, at most
 */
export async function refine(
  slice: Slice,
  signal: AbortSignal,
  valuesAt: (cells: Float64Array, finished: number) => Promise<Float64Array>,
  level: (grid: Grid) => void,
  coarse = COARSE,
): Promise<void> {
  const { nx, ny } = slice;
  const values = new Float64Array(nx * ny).fill(Number.NaN);
  const [xs, ys] = [sliceAxis(slice, 'x'), sliceAxis(slice, 'y')];
  let finished = 0;
  for (const { indices, ix, iy } of refinementLevels(nx, ny, coarse)) {
    const found = await valuesAt(slicePoints(slice, indices), finished);
    signal.throwIfAborted();
    for (const [at, index] of indices.entries()) values[index] = found[at]!;
    finished += indices.length;
    const known = new Float64Array(ix.length * iy.length);
    for (const [row, y] of iy.entries())
      for (const [column, x] of ix.entries()) known[row * ix.length + column] = values[y * nx + x]!;
    level({
      xs: Float64Array.from(ix, i => xs[i]!),
      ys: Float64Array.from(iy, i => ys[i]!),
      values: known,
      final: finished === nx * ny,
    });
  }
}

/**
 * Computes a map of the loss from coarse to fine. `engineFor` is asked again for every level, since the choice of engine
 * may change while it runs; it hears how long the engine took for a point of the level before, ms summed over its
 * workers, where the engine says so, as does `level` of its own.
 * @param coarse columns and rows of the first level, at most
 */
export function computeMap(
  problem: LossProblem,
  slice: Slice,
  engineFor: (pace: number | null) => Promise<Engine>,
  signal: AbortSignal,
  report: {
    progress(done: number, engine: Engine): void;
    level(map: MapState, pace: number | null): void;
  },
  coarse = COARSE,
): Promise<void> {
  let pace: number | null = null;
  return refine(
    slice,
    signal,
    async (cells, finished) => {
      const engine = await engineFor(pace);
      signal.throwIfAborted();
      const { loss, ms } = await engine.evaluate(problem, cells, {
        signal,
        onProgress: done => report.progress(finished + done, engine),
      });
      pace = ms === undefined ? null : ms / loss.length;
      return loss;
    },
    grid => report.level({ problem, slice, ...grid }, pace),
    coarse,
  );
}

/** The minima of a map that are listed and numbered under a loss. */
export const minimaOf = (map: GridField, loss: LossId): Minimum[] =>
  findMinima(map, listedMinima(lossOf(loss).best, map));
