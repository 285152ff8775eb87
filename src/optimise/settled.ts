import { startLbfgs, stepLbfgs } from './lbfgs.ts';
import type { VectorObjective } from './vectorDescent.ts';

const MOST_STEPS = 80;

/**
 * The lowest loss to which a quasi-Newton descent leads from a point along the given directions; NaN where the point has
 * none. The losses of two ends that are equal but for rounding have equal patterns.
 * @param point [k]
 * @param directions change of the point with a unit of each variable [n][k]
 * @param units of the variables: about how far the end may be [n]
 */
export function settledLoss(
  objective: VectorObjective,
  point: ArrayLike<number>,
  directions: readonly Float64Array[],
  units: readonly number[],
): number {
  const slopes = new Float64Array(point.length);
  const at = new Float64Array(point.length);
  const along: VectorObjective = (x, gradient) => {
    for (let i = 0; i < at.length; i++)
      at[i] = directions.reduce((sum, d, j) => sum + x[j]! * units[j]! * d[i]!, point[i]!);
    const value = objective(at, slopes);
    for (const [j, d] of directions.entries())
      gradient[j] = units[j]! * d.reduce((sum, share, i) => sum + share * slopes[i]!, 0);
    return value;
  };
  const state = startLbfgs(
    {
      start: new Float64Array(directions.length),
      longestStep: 1,
      firstStep: 0.1,
      memory: 8,
      box: null,
      enough: Number.NEGATIVE_INFINITY,
      maxIterations: MOST_STEPS,
      stopGain: 0,
      stopWindow: 8,
    },
    along,
  );
  if (!Number.isFinite(state.loss)) return Number.NaN;
  while (!state.stopped) stepLbfgs(state, along);
  return state.bestLoss;
}
