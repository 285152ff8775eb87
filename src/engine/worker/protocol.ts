import type { DescentPlan } from '../../optimise/descent.ts';
import type { StopReason } from '../../optimise/stopRule.ts';
import type { Evaluation, Problem } from '../engine.ts';

/** Arguments, streamed progress and result of one method of a worker. Plain data only. */
export interface Method {
  args: object;
  progress: unknown;
  result: unknown;
}
/** What a worker can do: a record of methods. */
export type MethodsOf<T> = { [M in keyof T]: Method };

/** What the compute worker can do. */
export interface Methods {
  evaluate: { args: { cells: Float64Array; gradient: boolean }; progress: number; result: Evaluation };
  patterns: { args: { cells: Float64Array }; progress: number; result: Float64Array };
  descend: { args: { plan: DescentPlan }; progress: DescentChunk; result: DescentEnd };
  /** Descents one after another, each reported when it ends. */
  descendMany: {
    args: { plans: readonly DescentPlan[] };
    progress: { readonly index: number; readonly outcome: DescentOutcome };
    result: null;
  };
  /** Eigenvalue bound of the Hessian at a cell over the moved parameters: what learning rate stays stable. */
  stableRate: { args: { plan: DescentPlan }; progress: never; result: number };
}
export type MethodName = keyof Methods;

/** Iterates since the last chunk: cells [n * 6], losses [n]. The first chunk starts with iterate 0. */
export interface DescentChunk {
  readonly cells: Float64Array;
  readonly losses: Float64Array;
}

export interface DescentEnd {
  readonly reason: StopReason;
  /** Number of steps taken; iterate `steps` is the result. */
  readonly steps: number;
  readonly bestStep: number;
  /** The last steps hop between two points: the learning rate is too long for the curvature there. */
  readonly twoCycle: boolean;
}

/** What became of one of many descents, whose iterates nobody looks at. */
export interface DescentOutcome extends DescentEnd {
  /** The last iterate, which is the result, and its loss: (angstrom, degrees) [6]. */
  readonly cell: Float64Array;
  readonly loss: number;
  /** NaN, and no step, where the start does not exist or shows no reflection. */
  readonly startLoss: number;
  /** The iterate of the lowest loss. */
  readonly bestCell: Float64Array;
  readonly bestLoss: number;
}

/** @typeParam P what calls refer to by a number and a worker keeps; null where there is nothing to keep */
export type Request<T extends MethodsOf<T> = Methods, P = Problem> =
  | { type: 'problem'; problemId: number; problem: P }
  | { type: 'call'; id: number; method: keyof T; problemId: number; args: T[keyof T]['args'] }
  | { type: 'abort'; id: number };

export type Reply<T extends MethodsOf<T> = Methods> =
  | { type: 'progress'; id: number; value: T[keyof T]['progress'] }
  | { type: 'result'; id: number; value: T[keyof T]['result'] }
  | { type: 'error'; id: number; name: string; message: string };
