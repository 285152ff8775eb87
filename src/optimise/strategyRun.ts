import type { Point } from '../model/parameter.ts';
import { seededRng } from '../num/rng.ts';
import { type DescentPlan, type DescentState, type Objective, startDescent, stepDescent } from './descent.ts';
import { freeGroups } from './modes.ts';
import type { Ground, Strategy } from './strategy.ts';

/** The objective of a ground: the loss at other peak widths, or one that bears shifts. */
export type Grounds = (ground: Ground) => Objective;

/** One descent of a strategy, stage after stage. */
export interface StrategyState {
  readonly strategy: Strategy;
  readonly base: DescentPlan;
  readonly grounds: Grounds;
  stage: number;
  /** The descent of the present stage. */
  descent: DescentState;
  /** Steps of the stages before. */
  before: number;
}

/**
 * The starts of a strategy: the given one and, for a multi-start, others around it.
 * @param spread how far each parameter may lie from it [6 + m], angstrom and degrees
 */
export function strategyStarts(
  base: DescentPlan,
  strategy: Strategy,
  spread: ArrayLike<number>,
  seed: number,
): Point[] {
  const rng = seededRng(seed);
  const groups = freeGroups(base.space, base.family);
  const around = (cell: ArrayLike<number>, reach: (i: number) => number): Point => {
    const moved = Array.from(cell);
    for (const group of groups) {
      const share = 2 * rng.uniform() - 1;
      for (const i of group) moved[i]! += share * reach(i);
    }
    return moved;
  };
  const others = Array.from({ length: strategy.starts - 1 }, () => around(base.start, i => spread[i]!));
  return [base.start, ...others];
}

/** The first iterate from a start. */
export function startStrategy(
  base: DescentPlan,
  strategy: Strategy,
  start: Point,
  grounds: Grounds,
): StrategyState {
  const state = { strategy, base: { ...base, start }, grounds, stage: 0, before: 0 };
  return { ...state, descent: beginStage(state, start) };
}

/** One step; at the end of a stage the next begins where it ended. Done when `isDone`. */
export function stepStrategy(state: StrategyState): void {
  const objective = state.grounds(state.strategy.stages[state.stage]!.ground);
  stepDescent(state.descent, objective);
  if (!state.descent.stopped || state.stage === state.strategy.stages.length - 1) return;
  state.before += state.descent.step;
  state.stage++;
  state.descent = beginStage(state, Array.from(state.descent.cell));
}

export const isDone = ({ descent, stage, strategy }: StrategyState): boolean =>
  descent.stopped !== null && stage === strategy.stages.length - 1;

function beginStage(state: Omit<StrategyState, 'descent'>, start: Point): DescentState {
  const { strategy, base, stage, grounds } = state;
  const { ground } = strategy.stages[stage]!;
  return startDescent(stagePlan(base, strategy, stage, start), grounds(ground));
}

/** A stage of a strategy as a descent. */
export function stagePlan(base: DescentPlan, strategy: Strategy, stage: number, start: Point): DescentPlan {
  const { steps, rate } = strategy.stages[stage]!;
  return {
    ...base,
    start,
    // a later stage begins where the last one ended
    mode: strategy.mode === 'constrainedStart' && stage > 0 ? 'unconstrained' : strategy.mode,
    family: strategy.family,
    learningRate: base.learningRate * rate,
    momentum: strategy.momentum,
    rule: strategy.rule,
    jitter: strategy.jitter,
    ...(strategy.pull ? { pull: strategy.pull } : {}),
    // a stage of fixed length does not stop early
    ...(steps === null ? {} : { maxIterations: steps, stopGain: Number.NEGATIVE_INFINITY }),
  };
}
