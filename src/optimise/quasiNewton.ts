import { addInverseUpdate, scaledIdentity, times } from '../num/bfgs.ts';
import type { MarquardtEnd, MarquardtPlan, MarquardtReason, MarquardtStep } from './levenbergMarquardt.ts';

/** Value at x; writes the gradient. NaN where there is none. */
export type Differentiable = (x: Float64Array, gradient: Float64Array) => number;

/** Share of the slope that a step has to gain (Armijo). */
const ARMIJO = 1e-4;
const SHORTER = 0.3;
const TRIALS = 12;

/**
 * BFGS in a box, for losses that are no sum of squares: steps no longer than `maxStep`, shortened until they gain; trial
 * points without a value are refused like those that do not. Yields what it accepts, as `marquardtSteps` does.
 */
export function* bfgsSteps(
  objective: Differentiable,
  { start, box, maxStep, gain, maxSteps }: MarquardtPlan,
): Generator<MarquardtStep, MarquardtEnd> {
  const n = start.length;
  const inside = (x: Float64Array): Float64Array =>
    x.map((value, j) => Math.max(box.low[j]!, Math.min(box.high[j]!, value)));
  let x = inside(start);
  let gradient = new Float64Array(n);
  let value = objective(x, gradient);
  let evaluations = 1;
  const end = (reason: MarquardtReason): MarquardtEnd => ({ x, value, evaluations, reason });
  if (!Number.isFinite(value)) return end('noModel');
  yield { x, value, evaluations };
  const steepest = (): Float64Array => scaledIdentity(n, maxStep / Math.max(longest(gradient), 1e-12));
  let inverse = steepest();
  for (let step = 0; step < maxSteps; step++) {
    let move = times(inverse, gradient);
    if (!(dot(move, gradient) > 0)) {
      inverse = steepest();
      move = times(inverse, gradient);
    }
    let share = Math.min(1, maxStep / Math.max(longest(move), 1e-300));
    let gained = 0;
    for (let trial = 0; trial < TRIALS && gained === 0; trial++, share *= SHORTER) {
      const next = inside(x.map((at, j) => at - share * move[j]!));
      const slope = new Float64Array(n);
      const found = objective(next, slope);
      evaluations++;
      if (!(found < value - ARMIJO * share * dot(move, gradient))) continue;
      inverse = addInverseUpdate(
        inverse,
        next.map((at, j) => at - x[j]!),
        slope.map((at, j) => at - gradient[j]!),
      );
      gained = value - found;
      [x, gradient, value] = [next, slope, found];
      yield { x, value, evaluations };
    }
    if (gained < gain) return end('converged');
  }
  return end('maxSteps');
}

const dot = (p: Float64Array, q: Float64Array): number => p.reduce((sum, at, j) => sum + at * q[j]!, 0);
const longest = (p: Float64Array): number => p.reduce((most, at) => Math.max(most, Math.abs(at)), 0);
