import type { Cell } from '../../crystal/cell.ts';
import type { DescentPlan } from '../../optimise/descent.ts';
import type { Strategy } from '../../optimise/strategy.ts';
import type { DescentChunk, DescentEnd } from '../worker/protocol.ts';

/** What a descent beyond the paper is asked to do, but for its start. */
export interface StrategyCall {
  readonly plan: DescentPlan;
  readonly strategy: Strategy;
  /** The true cell, whose pattern is the target at other peak widths. */
  readonly truth: Cell;
  /** How far the other starts of a multi-start may lie from the given one [6], angstrom and degrees. */
  readonly spread: readonly number[];
  readonly seed: number;
}

/** Where descents ended. */
export interface StrategyEnds {
  /** [n * 6]. */
  readonly cells: Float64Array;
  readonly losses: Float64Array;
  /** Steps taken [n]; all descents of a multi-start together. */
  readonly steps: Float64Array;
  /** 1 where the last steps hop between two points [n]. */
  readonly bouncing: Uint8Array;
}

export interface CurvatureReport {
  /** Over the parameters that move, row-major [n * n]. */
  readonly hessian: Float64Array;
  /** Ascending [n], with their unit directions, one a row [n * n]. */
  readonly values: Float64Array;
  readonly vectors: Float64Array;
  /** Power of the distance with which the loss rises along each direction [n]; NaN where it does not rise. */
  readonly exponents: Float64Array;
}

/** What the worker of the insight tools can do. */
export interface InsightMethods {
  /** Descents from many starts [n * 6]: their ends. */
  ends: { args: StrategyCall & { readonly starts: Float64Array }; progress: number; result: StrategyEnds };
  /** One descent, streamed; of a multi-start the best one, when it is known. */
  walk: { args: StrategyCall; progress: DescentChunk; result: DescentEnd };
  /** Hessian over the parameters that the plan moves, at its start; null where a neighbouring cell does not exist. */
  curvature: { args: { readonly plan: DescentPlan }; progress: never; result: CurvatureReport | null };
}
