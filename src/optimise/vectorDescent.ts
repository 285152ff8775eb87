import { type IterateLog, recordIterate, type StopRule, startLog } from './stopRule.ts';

/** Value at a point [n]; writes the gradient [n]. NaN where there is none. */
export type VectorObjective = (at: Float64Array, gradient: Float64Array) => number;

/** Plain gradient descent on any number of parameters, such as fractional coordinates (paper, 2.3). */
export interface VectorDescentPlan extends StopRule {
  /** [n] */
  readonly start: Float64Array;
  readonly learningRate: number;
}

/** A descent under way; `at` and `gradient` are owned by the state and overwritten by each step. */
export interface VectorDescentState extends IterateLog {
  readonly plan: VectorDescentPlan;
  readonly at: Float64Array;
  readonly gradient: Float64Array;
  readonly next: Float64Array;
  readonly nextGradient: Float64Array;
}

export function startVectorDescent(plan: VectorDescentPlan, objective: VectorObjective): VectorDescentState {
  const n = plan.start.length;
  const state: VectorDescentState = {
    ...startLog(plan),
    plan,
    at: Float64Array.from(plan.start),
    gradient: new Float64Array(n),
    next: new Float64Array(n),
    nextGradient: new Float64Array(n),
  };
  state.loss = objective(state.at, state.gradient);
  if (Number.isFinite(state.loss)) recordIterate(state);
  else state.stopped = 'leftDomain';
  return state;
}

/** One step, in place: x ← x − lr ∇L. */
export function stepVectorDescent(state: VectorDescentState, objective: VectorObjective): VectorDescentState {
  if (state.stopped) return state;
  const { plan, at, gradient, next, nextGradient } = state;
  for (let i = 0; i < at.length; i++) next[i] = at[i]! - plan.learningRate * gradient[i]!;
  const loss = objective(next, nextGradient);
  if (!Number.isFinite(loss)) {
    state.stopped = 'leftDomain';
    return state;
  }
  at.set(next);
  gradient.set(nextGradient);
  state.loss = loss;
  state.step++;
  recordIterate(state);
  return state;
}
