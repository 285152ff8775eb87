import type { ContinuedPath } from '../../engine/methods/recovery.ts';
import type { Smoothing } from '../../recovery/modelDescent.ts';
import type { PathRun } from './descentRun.ts';

/** A path by width continuation: descents of smoothed losses, each from where the one before ended. */
export interface ContinuedRun extends PathRun {
  readonly mode: 'continued';
  /** What is widened in the stages: every peak, by degrees, or every atom, by a thermal motion in Å². */
  readonly smoothing: Smoothing;
  /** Full width at half maximum of the smoothing of each stage, degrees, or B in Å²; the last is 0: the loss itself. */
  readonly widths: readonly number[];
  /** Slow background is taken out of both patterns under the kernels. */
  readonly background: boolean;
  /** Stage of each iterate [count]; a stage begins with the end of the one before, on its own landscape. */
  readonly stages: Uint8Array;
  /** Patterns computed for it, and for all the ladders that it is the best of. */
  readonly evaluations: number;
  readonly tried: number;
}

/** A continued path that has been asked for. */
export const emptyContinued = (start: number, stride = 6): ContinuedRun => ({
  start,
  stride,
  mode: 'continued',
  count: 0,
  cells: new Float64Array(0),
  losses: new Float64Array(0),
  smoothing: 'peaks',
  widths: [],
  background: false,
  stages: new Uint8Array(0),
  evaluations: 0,
  tried: 0,
  status: 'computing',
  message: null,
});

export const walked = (run: ContinuedRun, path: ContinuedPath): ContinuedRun => ({
  ...run,
  ...path,
  count: path.losses.length,
  status: 'done',
});

/** The first and the last iterate of a stage. */
export function stageSpan({ stages, count }: ContinuedRun, stage: number): readonly [number, number] {
  const first = stages.indexOf(stage);
  const next = stages.indexOf(stage + 1);
  return [Math.max(0, first), (next < 0 ? count : next) - 1];
}
