import { solveSymmetric } from '../num/solveSymmetric.ts';
import type { Box } from './parameters.ts';

/** A sum of squares, ½‖r‖², with what a step needs of it. */
export interface LeastSquares {
  readonly size: number;
  /** ½‖r‖² at x [n]; NaN where there is no model. */
  value(x: Float64Array): number;
  /** JᵀJ, row-major [n * n], and its gradient Jᵀr [n], at the x that `value` was last asked for. */
  equations(normal: Float64Array, gradient: Float64Array): void;
}

export interface MarquardtPlan {
  /** [n] */
  readonly start: Float64Array;
  readonly box: Box;
  /** Largest change of any parameter in a step. */
  readonly maxStep: number;
  /** Ends where a step gains less than this. */
  readonly gain: number;
  readonly maxSteps: number;
}

/** `atBound`: it came to rest against a limit of the box; `noModel`: the start is none. */
export type MarquardtReason = 'converged' | 'atBound' | 'maxSteps' | 'noModel';

/** A point that was accepted. */
export interface MarquardtStep {
  readonly x: Float64Array;
  readonly value: number;
  /** Times that `value` was asked for so far. */
  readonly evaluations: number;
}

export interface MarquardtEnd extends MarquardtStep {
  readonly reason: MarquardtReason;
}

/** First damping, and the damping beyond which nothing is to be gained. */
const FIRST_DAMPING = 1e-3;
const LAST_DAMPING = 1e7;
/** Least diagonal as a share of the largest: a direction that the pattern does not see is not stepped along. */
const FLOOR = 1e-9;

/**
 * Levenberg–Marquardt in a box (Marquardt 1963; damping by the gain ratio, Nielsen 1999): (A + λ diag A) δ = −g over the
 * parameters that no limit holds, a step no longer than `maxStep`, taken where it lowers the value. Trial points without
 * a model are refused like those that do not gain.
 */
export function* marquardtSteps(
  problem: LeastSquares,
  { start, box, maxStep, gain, maxSteps }: MarquardtPlan,
): Generator<MarquardtStep, MarquardtEnd> {
  const n = problem.size;
  const normal = new Float64Array(n * n);
  const gradient = new Float64Array(n);
  let x = clipped(start, box);
  let value = problem.value(x);
  let evaluations = 1;
  const end = (reason: MarquardtReason): MarquardtEnd => ({ x, value, evaluations, reason });
  if (!Number.isFinite(value)) return end('noModel');
  problem.equations(normal, gradient);
  yield { x, value, evaluations };
  let damping = FIRST_DAMPING;
  let growth = 2;
  for (let step = 0; step < maxSteps; ) {
    const move = boxedMove(normal, gradient, x, box, damping);
    if (!move) return end(freeOf(x, gradient, box).length ? 'converged' : 'atBound');
    const longest = move.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const share = Math.min(1, maxStep / longest, shareInside(x, move, box));
    const next = clipped(
      x.map((value, j) => value + share * move[j]!),
      box,
    );
    const predicted = predictedGain(normal, gradient, x, next);
    const trial = problem.value(next);
    evaluations++;
    if (trial < value) {
      const gained = value - trial;
      x = next;
      value = trial;
      step++;
      problem.equations(normal, gradient);
      yield { x, value, evaluations };
      if (gained < gain) return end(freeOf(x, gradient, box).length < n ? 'atBound' : 'converged');
      const ratio = predicted > 0 ? gained / predicted : 1;
      damping *= Math.max(0.1, Math.min(2, 1 - (2 * ratio - 1) ** 3));
      growth = 2;
      continue;
    }
    if (predicted < gain || damping > LAST_DAMPING)
      return end(freeOf(x, gradient, box).length < n ? 'atBound' : 'converged');
    damping *= growth * 2;
    growth *= 2;
  }
  return end('maxSteps');
}

const clipped = (x: Float64Array, { low, high }: Box): Float64Array =>
  x.map((value, j) => Math.min(high[j]!, Math.max(low[j]!, value)));

/** Parameters that are not pressed against a limit. */
const freeOf = (x: Float64Array, gradient: Float64Array, { low, high }: Box): number[] =>
  Array.from(x.keys()).filter(
    j => !((x[j]! <= low[j]! && gradient[j]! > 0) || (x[j]! >= high[j]! && gradient[j]! < 0)),
  );

/**
 * The damped step over the parameters that no limit holds, 0 for the others: one that stands at a limit and would cross it is
 * held, and the step taken anew without it. Null where nothing can move.
 */
function boxedMove(
  normal: Float64Array,
  gradient: Float64Array,
  x: Float64Array,
  { low, high }: Box,
  damping: number,
): Float64Array | null {
  let free = freeOf(x, gradient, { low, high });
  for (;;) {
    const move = free.length ? dampedMove(normal, gradient, free, damping) : null;
    if (!move) return null;
    const inside = free.filter(
      j => !((x[j]! <= low[j]! && move[j]! < 0) || (x[j]! >= high[j]! && move[j]! > 0)),
    );
    if (inside.length === free.length) return move;
    free = inside;
  }
}

/** Share of a move up to the first limit that it meets. */
function shareInside(x: Float64Array, move: Float64Array, { low, high }: Box): number {
  let share = 1;
  for (let j = 0; j < x.length; j++) {
    const room = move[j]! < 0 ? low[j]! - x[j]! : high[j]! - x[j]!;
    if (Math.abs(move[j]!) > Math.abs(room)) share = Math.min(share, room / move[j]!);
  }
  return share;
}

/** −gᵀd − ½ dᵀA d of the step that was really made. */
function predictedGain(
  normal: Float64Array,
  gradient: Float64Array,
  from: Float64Array,
  to: Float64Array,
): number {
  const n = gradient.length;
  let gain = 0;
  for (let i = 0; i < n; i++) {
    const d = to[i]! - from[i]!;
    gain -= gradient[i]! * d;
    for (let j = 0; j < n; j++) gain -= 0.5 * d * normal[i * n + j]! * (to[j]! - from[j]!);
  }
  return gain;
}

/** The damped step over the free parameters, 0 for the others; null where the equations say nothing. */
function dampedMove(
  normal: Float64Array,
  gradient: Float64Array,
  free: readonly number[],
  damping: number,
): Float64Array | null {
  const n = gradient.length;
  const m = free.length;
  const largest = Math.max(...free.map(j => normal[j * n + j]!));
  if (!(largest > 0)) return null;
  const a = new Float64Array(m * m);
  const b = new Float64Array(m);
  for (const [i, p] of free.entries()) {
    for (const [j, q] of free.entries()) a[i * m + j] = normal[p * n + q]!;
    a[i * m + i]! += damping * Math.max(normal[p * n + p]!, FLOOR * largest) + FLOOR * largest;
    b[i] = -gradient[p]!;
  }
  const solved = solveSymmetric(a, b, m);
  const move = new Float64Array(n);
  for (const [i, p] of free.entries()) move[p] = solved[i]!;
  return move;
}
