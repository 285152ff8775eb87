import {
  type DescentPlan,
  type DescentState,
  firstIterate,
  isTwoCycle,
  proposeStep,
  takeFirst,
  takeStep,
} from '../optimise/descent.ts';
import type { DescentOutcome } from './worker/protocol.ts';

/** A descent of which only the end is kept, told the loss and the slope of one cell after another. */
export interface Walker {
  readonly state: DescentState;
  /** The cell whose loss and slope it waits for [6]; null when it has stopped. */
  asks: Float64Array | null;
  started: boolean;
  startLoss: number;
  readonly bestCell: Float64Array;
}

export function beginWalker(plan: DescentPlan): Walker {
  const state = firstIterate(plan);
  return {
    state,
    asks: state.cell,
    started: false,
    startLoss: Number.NaN,
    bestCell: Float64Array.from(state.cell),
  };
}

/** Goes on with the loss and the slope [6] of the cell that the walker asks about; NaN where there is none. */
export function tellWalker(walker: Walker, loss: number, slope: ArrayLike<number>): void {
  const { state, asks } = walker;
  if (!asks) return;
  if (walker.started) {
    const before = state.step;
    takeStep(state, asks, loss, slope);
    if (state.step > before && state.bestStep === state.step) walker.bestCell.set(state.cell);
  } else {
    state.gradient.set(slope);
    takeFirst(state, loss);
    walker.started = true;
    walker.startLoss = loss;
  }
  walker.asks = state.stopped ? null : proposeStep(state);
}

/** What became of a walker that has stopped. */
export function outcomeOf({ state, startLoss, bestCell }: Walker): DescentOutcome {
  return {
    reason: state.stopped ?? 'maxIterations',
    steps: state.step,
    bestStep: state.bestStep,
    twoCycle: isTwoCycle(state),
    cell: Float64Array.from(state.cell),
    loss: state.loss,
    startLoss,
    bestCell: Float64Array.from(bestCell),
    bestLoss: state.bestLoss,
  };
}
