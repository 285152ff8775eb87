import type { LossProblem, RunOptions } from '../../engine/engine.ts';
import type { RecoveryEngine } from '../../engine/recoveryEngine.ts';
import { type Slice, sliceAxis, sliceCells } from '../../landscape/slice.ts';
import { upsampled } from '../../landscape/upsampled.ts';
import type { StageMap } from './exploreState.ts';

/** Points along an axis, and how many times as fine they are drawn: a loss under wide peaks has no detail to miss. */
const gridOf = (width: number): readonly [side: number, factor: number] =>
  width >= 6 ? [25, 6] : width >= 2 ? [31, 5] : width >= 1 ? [41, 4] : [61, 3];

/** Points that the map of a stage takes. */
export const stagePoints = (width: number): number => gridOf(width)[0] ** 2;

/** The map of a loss under a kernel of so many degrees. @param background slow polynomials are taken out of both sides */
export async function stageMapOf(
  engine: RecoveryEngine,
  problem: LossProblem,
  slice: Slice,
  width: number,
  background: boolean,
  options: RunOptions,
): Promise<StageMap> {
  const [side, factor] = gridOf(width);
  const grid = { ...slice, nx: side, ny: side };
  const values = await engine.smoothed(problem, width, background, sliceCells(grid), options);
  const field = { xs: sliceAxis(grid, 'x'), ys: sliceAxis(grid, 'y'), values };
  return { ...upsampled(field, factor), problem, slice: grid, final: true, width, background };
}
