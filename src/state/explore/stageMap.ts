import type { LossProblem, RunOptions } from '../../engine/engine.ts';
import type { RecoveryEngine } from '../../engine/recoveryEngine.ts';
import { type Slice, sliceAxis, slicePoints } from '../../landscape/slice.ts';
import { upsampled } from '../../landscape/upsampled.ts';
import type { Smoothing } from '../../recovery/modelDescent.ts';
import type { StageMap } from './exploreState.ts';

/** Points along an axis, and how many times as fine they are drawn: a loss under wide peaks has no detail to miss. */
const gridOf = (width: number, smoothing: Smoothing): readonly [side: number, factor: number] =>
  smoothing === 'atoms'
    ? [41, 4]
    : width >= 6
      ? [25, 6]
      : width >= 2
        ? [31, 5]
        : width >= 1
          ? [41, 4]
          : [61, 3];

/** Points that the map of a stage takes. */
export const stagePoints = (width: number, smoothing: Smoothing): number => gridOf(width, smoothing)[0] ** 2;

/** The map of a loss with what is compared widened: slow polynomials taken out of both sides where `background` is set. */
export async function stageMapOf(
  engine: RecoveryEngine,
  problem: LossProblem,
  slice: Slice,
  { width, smoothing, background }: Pick<StageMap, 'width' | 'smoothing' | 'background'>,
  options: RunOptions,
): Promise<StageMap> {
  const [side, factor] = gridOf(width, smoothing);
  const grid = { ...slice, nx: side, ny: side };
  const values = await engine.smoothed(problem, width, background, slicePoints(grid), options);
  const field = { xs: sliceAxis(grid, 'x'), ys: sliceAxis(grid, 'y'), values };
  return { ...upsampled(field, factor), problem, slice: grid, final: true, width, smoothing, background };
}
