import {
  type DescentPlan,
  type DescentState,
  firstIterate,
  isTwoCycle,
  type Objective,
  proposeStep,
  startDescent,
  stepDescent,
  takeFirst,
  takeStep,
} from '../optimise/descent.ts';
import type { StopReason } from '../optimise/stopRule.ts';
import type { CallContext } from './protocol.ts';

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

/** A descent under way, which may follow others whose steps count too. */
export interface Walk {
  readonly descent: DescentState;
  /** Steps of those before. */
  readonly before: number;
}

/** Iterates are sent on this often, ms. */
const CHUNK_MS = 60;

/** Walks step by step to the end and sends the iterates on in chunks; those without a loss are left out. */
export async function streamWalk(
  walk: Walk,
  isDone: () => boolean,
  step: () => void,
  { progress, breathe }: CallContext<DescentChunk>,
): Promise<DescentEnd> {
  let cells: number[] = [];
  let losses: number[] = [];
  const keep = (): void => {
    cells.push(...walk.descent.cell);
    losses.push(walk.descent.loss);
  };
  const send = (): void => {
    if (losses.length) progress({ cells: Float64Array.from(cells), losses: Float64Array.from(losses) });
    cells = [];
    losses = [];
  };
  const steps = (): number => walk.before + walk.descent.step;
  if (Number.isFinite(walk.descent.loss)) keep();
  let due = performance.now() + CHUNK_MS;
  while (!isDone()) {
    const known = steps();
    step();
    if (steps() > known) keep();
    if (performance.now() >= due) {
      send();
      due = performance.now() + CHUNK_MS;
    }
    await breathe();
  }
  send();
  return { ...endOf(walk.descent), steps: steps(), bestStep: walk.before + walk.descent.bestStep };
}

/** A plain descent, streamed. */
export function streamDescent(
  plan: DescentPlan,
  objective: Objective,
  context: CallContext<DescentChunk>,
): Promise<DescentEnd> {
  const descent = startDescent(plan, objective);
  const isDone = (): boolean => descent.stopped !== null;
  return streamWalk({ descent, before: 0 }, isDone, () => stepDescent(descent, objective), context);
}

const endOf = (state: DescentState): DescentEnd => ({
  reason: state.stopped ?? 'maxIterations',
  steps: state.step,
  bestStep: state.bestStep,
  twoCycle: isTwoCycle(state),
});

/** End of one of many descents, whose iterates nobody looks at. */
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

/** End of a walker that has stopped. */
export function outcomeOf({ state, startLoss, bestCell }: Walker): DescentOutcome {
  return {
    ...endOf(state),
    cell: Float64Array.from(state.cell),
    loss: state.loss,
    startLoss,
    bestCell: Float64Array.from(bestCell),
    bestLoss: state.bestLoss,
  };
}
