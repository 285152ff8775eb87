import type { Point } from '../../model/parameter.ts';
import { curvatureAt, growthExponent } from '../../optimise/curvature.ts';
import { type DescentPlan, isTwoCycle } from '../../optimise/descent.ts';
import { freeGroups } from '../../optimise/modes.ts';
import type { Strategy } from '../../optimise/strategy.ts';
import {
  type Grounds,
  isDone,
  startStrategy,
  stepStrategy,
  strategyStarts,
} from '../../optimise/strategyRun.ts';
import { type Problem, strideOf } from '../engine.ts';
import type { CallContext } from '../protocol.ts';
import { type DescentChunk, type DescentEnd, streamWalk } from '../walker.ts';
import { type Judged, objectiveOf, prepare } from './evaluate.ts';
import { groundsOf } from './grounds.ts';

/** Half of the distance over which the rise of the loss is looked at, angstrom and degrees alike. */
const RISE = { length: 2e-3, angle: 5e-2 };

/** Plan of a descent beyond the paper, but for its start. */
export interface StrategyCall {
  readonly plan: DescentPlan;
  readonly strategy: Strategy;
  /** Distance that the other starts of a multi-start may lie from the given one [6 + m], angstrom and degrees. */
  readonly spread: readonly number[];
  readonly seed: number;
}

/** Ends of descents. */
export interface StrategyEnds {
  /** [n * stride]. */
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

export const METHODS = {
  /** Descents from many starts [n * stride]: their ends. */
  async ends(
    problem: Problem,
    call: StrategyCall & { readonly starts: Float64Array } & Judged,
    { progress, breathe }: CallContext<number>,
  ): Promise<StrategyEnds> {
    const stride = strideOf(problem);
    const n = call.starts.length / stride;
    await prepare(problem);
    const grounds = groundsOf(problem, call);
    const cells = new Float64Array(stride * n);
    const losses = new Float64Array(n);
    const steps = new Float64Array(n);
    const bouncing = new Uint8Array(n);
    for (let i = 0; i < n; i++) {
      const start = Array.from(call.starts.subarray(stride * i, stride * (i + 1)));
      const walk = await bestOf(
        { ...call, plan: { ...call.plan, start }, seed: call.seed + i },
        grounds,
        breathe,
      );
      cells.set(walk.cell, stride * i);
      losses[i] = walk.loss;
      steps[i] = walk.steps;
      bouncing[i] = +walk.bouncing;
      progress(i + 1);
    }
    return { cells, losses, steps, bouncing };
  },

  /** One descent, streamed; of a multi-start the best one, when it is known. */
  async walk(
    problem: Problem,
    call: StrategyCall & Judged,
    context: CallContext<DescentChunk>,
  ): Promise<DescentEnd> {
    await prepare(problem);
    const grounds = groundsOf(problem, call);
    const starts = strategyStarts(call.plan, call.strategy, call.spread, call.seed);
    let start = starts[0]!;
    if (starts.length > 1) start = (await bestOf(call, grounds, context.breathe)).start;
    const walk = startStrategy(call.plan, call.strategy, start, grounds);
    return streamWalk(
      walk,
      () => isDone(walk),
      () => stepStrategy(walk),
      context,
    );
  },

  /** Hessian over the parameters that the plan moves, at its start; null where a neighbouring cell does not exist. */
  async curvature(
    problem: Problem,
    { plan, ...given }: { readonly plan: DescentPlan } & Judged,
    { breathe }: CallContext,
  ): Promise<CurvatureReport | null> {
    await breathe();
    await prepare(problem);
    const objective = objectiveOf(problem, given);
    const groups = freeGroups(plan.space, plan.family);
    const found = curvatureAt(objective, plan.start, groups);
    if (!found) return null;
    const n = groups.length;
    const exponents = Float64Array.from({ length: n }, (_, k) => {
      const direction = found.vectors.subarray(k * n, (k + 1) * n);
      // far enough for the fourth power to show above rounding, near enough for it to be the leading one
      const angular = groups.reduce(
        (sum, [place], j) => sum + (place! >= 3 && place! < 6 ? direction[j]! ** 2 : 0),
        0,
      );
      return growthExponent(
        objective,
        plan.start,
        groups,
        direction,
        angular > 0.5 ? RISE.angle : RISE.length,
      );
    });
    return { hessian: found.hessian, values: found.values, vectors: found.vectors, exponents };
  },
};

interface Outcome {
  readonly start: Point;
  readonly cell: Float64Array;
  readonly loss: number;
  readonly steps: number;
  readonly bouncing: boolean;
}

/** The lowest end of a strategy's descents; all their steps count. */
async function bestOf(call: StrategyCall, grounds: Grounds, breathe: () => Promise<void>): Promise<Outcome> {
  let best: Outcome | null = null;
  let steps = 0;
  for (const start of strategyStarts(call.plan, call.strategy, call.spread, call.seed)) {
    const state = startStrategy(call.plan, call.strategy, start, grounds);
    while (!isDone(state)) {
      stepStrategy(state);
      if (state.descent.step % 16 === 0) await breathe();
    }
    const { descent } = state;
    steps += state.before + descent.step;
    // a start that is no cell has no loss
    const lower = best === null || !(descent.loss >= best.loss);
    if (lower && (best === null || Number.isFinite(descent.loss)))
      best = { start, cell: descent.cell, loss: descent.loss, steps, bouncing: isTwoCycle(descent) };
  }
  return { ...best!, steps };
}
