import type { Box } from './parameters.ts';
import { type IterateLog, recordIterate, type StopRule, startLog } from './stopRule.ts';
import type { VectorObjective } from './vectorDescent.ts';

/** Settings of a quasi-Newton descent over variables scaled so that a unit of each weighs alike. Plain data. */
export interface LbfgsPlan extends StopRule {
  /** [n] */
  readonly start: Float64Array;
  /** Longest change of one variable in a step. */
  readonly longestStep: number;
  /** Longest change of one variable in the first step and after the memory was given up, where no curvature is known. */
  readonly firstStep: number;
  /** Pairs of steps and changes of the gradient that the curvature is made of. */
  readonly memory: number;
  /** Limits of the search, ±∞ where a variable has none; the start lies inside. Null: none at all. */
  readonly box: Box | null;
  /** Ends at the first loss that is no higher, as where the least possible value is known; −∞: never. */
  readonly enough: number;
}

/** A pair of the memory: step s, change of the gradient y, 1/(s·y). */
interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly inverse: number;
}

/** A descent under way; `at` and `gradient` are owned by the state and overwritten by each step. */
export interface LbfgsState extends IterateLog {
  readonly plan: LbfgsPlan;
  readonly at: Float64Array;
  readonly gradient: Float64Array;
  /** Values and gradients asked for so far. */
  evaluations: number;
  readonly pairs: Pair[];
}

export function startLbfgs(plan: LbfgsPlan, objective: VectorObjective): LbfgsState {
  const state: LbfgsState = {
    ...startLog(plan),
    plan,
    at: Float64Array.from(plan.start),
    gradient: new Float64Array(plan.start.length),
    evaluations: 1,
    pairs: [],
  };
  state.loss = objective(state.at, state.gradient);
  if (Number.isFinite(state.loss)) record(state);
  else state.stopped = 'leftDomain';
  return state;
}

function record(state: LbfgsState): void {
  recordIterate(state);
  if (state.loss <= state.plan.enough) state.stopped = 'converged';
}

/**
 * One step, in place: the direction of limited-memory BFGS (Nocedal, Math. Comput. 35, 773, 1980) and along it a point
 * that meets the weak Wolfe conditions. A variable at a limit that the loss pushes against stays there. The descent
 * ends as `converged` where no point along the steepest descent is lower.
 */
export function stepLbfgs(state: LbfgsState, objective: VectorObjective): LbfgsState {
  if (state.stopped) return state;
  const direction = descentDirection(state);
  if (direction && searchLine(state, direction, objective)) {
    record(state);
  } else if (state.pairs.length > 0) {
    // what is remembered misleads: the next step begins anew from the steepest descent
    state.pairs.length = 0;
  } else {
    state.stopped = 'converged';
  }
  return state;
}

/** Variables at a limit of the search that the loss pushes against. */
export function pressedAgainstLimits({ plan: { box }, at, gradient }: LbfgsState): number[] {
  if (!box) return [];
  const { low, high } = box;
  return Array.from(at.keys()).filter(
    i => (at[i]! <= low[i]! && gradient[i]! > 0) || (at[i]! >= high[i]! && gradient[i]! < 0),
  );
}

/** −H ∇L by the two loops over the memory; null where it does not lead down. */
function descentDirection(state: LbfgsState): Float64Array | null {
  const { gradient, pairs } = state;
  const direction = gradient.map(value => -value);
  const held = pressedAgainstLimits(state);
  for (const i of held) direction[i] = 0;
  const shares = new Float64Array(pairs.length);
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { step, change, inverse } = pairs[k]!;
    shares[k] = inverse * dot(step, direction);
    addTo(direction, -shares[k]!, change);
  }
  const last = pairs.at(-1);
  if (last) {
    const scale = 1 / (last.inverse * dot(last.change, last.change));
    for (let i = 0; i < direction.length; i++) direction[i]! *= scale;
  }
  for (const [k, { step, change, inverse }] of pairs.entries())
    addTo(direction, shares[k]! - inverse * dot(change, direction), step);
  for (const i of held) direction[i] = 0;
  return dot(direction, gradient) < 0 ? direction : null;
}

/** Shares of the expected decrease and of the slope that a step must bring: Armijo's and Wolfe's conditions. */
const DECREASE = 1e-4;
const FLATTER = 0.9;
/** Points that are tried along a direction. */
const MOST_TRIED = 20;

/**
 * Goes to a point along the direction, bent along the limits; false, and nothing changed, where none is found. Points
 * without a value count as too far.
 */
function searchLine(state: LbfgsState, direction: Float64Array, objective: VectorObjective): boolean {
  const { plan, at, gradient, loss, pairs } = state;
  const largest = direction.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const furthest = plan.longestStep / largest;
  let t = Math.min(furthest, pairs.length > 0 ? 1 : plan.firstStep / largest);
  const next = new Float64Array(at.length);
  const nextGradient = new Float64Array(at.length);
  let near = 0;
  let far = Number.POSITIVE_INFINITY;
  for (let tried = 0; tried < MOST_TRIED; tried++) {
    const bent = pointAlong(state, direction, t, next);
    const move = next.map((value, i) => value - at[i]!);
    const slope = dot(move, gradient);
    const value = objective(next, nextGradient);
    state.evaluations++;
    if (!(value <= loss + DECREASE * slope && slope < 0)) {
      far = t;
      t = Number.isFinite(value)
        ? between(near, far, t * quadraticMinimum(value - loss, slope))
        : (near + far) / 2;
    } else if (dot(move, nextGradient) < FLATTER * slope && t < furthest && !bent) {
      near = t;
      t = Number.isFinite(far) ? (near + far) / 2 : Math.min(furthest, 4 * t);
    } else {
      remember(state, next, nextGradient);
      at.set(next);
      gradient.set(nextGradient);
      state.loss = value;
      state.step++;
      return true;
    }
  }
  return false;
}

/** Writes the point; true where a limit keeps a variable back. */
function pointAlong(
  { plan: { box }, at }: LbfgsState,
  direction: Float64Array,
  t: number,
  out: Float64Array,
): boolean {
  let bent = false;
  for (let i = 0; i < at.length; i++) {
    const wanted = at[i]! + t * direction[i]!;
    out[i] = box ? Math.min(box.high[i]!, Math.max(box.low[i]!, wanted)) : wanted;
    bent ||= out[i] !== wanted;
  }
  return bent;
}

/** Minimum of the parabola with this slope at 0 and this rise at 1. */
const quadraticMinimum = (rise: number, slope: number): number => -slope / (2 * (rise - slope));

/** Kept off both ends by a tenth of the way. */
const between = (near: number, far: number, t: number): number =>
  Math.min(far - 0.1 * (far - near), Math.max(near + 0.1 * (far - near), t));

/** A pair of no positive curvature would turn directions uphill: it is left out. */
function remember({ plan, at, gradient, pairs }: LbfgsState, next: Float64Array, slope: Float64Array): void {
  const step = next.map((value, i) => value - at[i]!);
  const change = slope.map((value, i) => value - gradient[i]!);
  const curvature = dot(step, change);
  if (!(curvature > 1e-12 * Math.sqrt(dot(step, step) * dot(change, change)))) return;
  pairs.push({ step, change, inverse: 1 / curvature });
  if (pairs.length > plan.memory) pairs.shift();
}

function dot(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += p[i]! * q[i]!;
  return sum;
}

function addTo(out: Float64Array, factor: number, vector: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i]! += factor * vector[i]!;
}
