import type { Site } from '../crystal/structure.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import { excluding } from '../losses/excluding.ts';
import { DEFAULT_SCALE, type Loss, type LossId, type LossWidths, type Sticks } from '../losses/loss.ts';
import { lossFor } from '../losses/registry.ts';
import type { MovedParameter } from '../model/parameter.ts';
import { type ObjectiveInput, stickInput } from '../peakspace/ways.ts';

/** Subject of an evaluation: the crystal with its coordinates fixed, the instrument, and the loss to a target. */
export interface LossProblem {
  readonly kind: 'loss';
  readonly sites: readonly Site[];
  readonly instrument: Instrument;
  readonly loss: LossId;
  /** Widths of the measures that have one, degrees; absent: the usual ones. */
  readonly lossWidths?: LossWidths | undefined;
  /** Target pattern on the instrument's grid [binCount]. */
  readonly target: Float64Array;
  /** Peaks of a simulated target, for a loss with a closed form over them; absent: it takes the points of the pattern. */
  readonly sticks?: Sticks | undefined;
  /** 1 at bins that the loss leaves out [binCount]: blind or marred stretches of a measured target; absent: none. */
  readonly excluded?: Uint8Array | undefined;
  /** Parameters beyond the cell that a point of the problem has; absent: its points are cells. */
  readonly model?: ProblemModel | undefined;
}

/** What a problem moves besides the cell, or instead of it. */
export interface ProblemModel {
  /** In the order of a point's numbers from the seventh on. */
  readonly moved: readonly MovedParameter[];
  /** The cell moves too; otherwise all points have the same one. */
  readonly cellMoves: boolean;
}

/** Numbers of a point of a problem. */
export const strideOf = ({ model }: Pick<LossProblem, 'model'>): number => 6 + (model?.moved.length ?? 0);

export type Problem = LossProblem;

/** The loss of a problem on its grid. */
export const problemLoss = (problem: Pick<Problem, 'loss' | 'lossWidths' | 'instrument'>): Loss =>
  lossFor(problem.loss, { ...DEFAULT_SCALE, ...problem.lossWidths, step: problem.instrument.step });

/** A problem as peak space judges it. */
export const judged = (problem: Problem): ObjectiveInput => ({
  sites: problem.sites,
  instrument: problem.instrument,
  loss: problemLoss(problem),
  target: problem.target,
  excluded: problem.excluded ?? null,
  sticks: problem.sticks,
});

/**
 * The loss of a pattern on the problem's grid [binCount], float64, without the bins that it leaves out.
 * @param sticks its peaks, where the loss goes over them if the target's are known
 */
export function lossOfPattern(problem: Problem, pattern: Float64Array, sticks?: Sticks): number {
  const whole = problemLoss(problem);
  const over = sticks && stickInput(judged(problem));
  if (over) return over.loss.against(over.sticks)(sticks, null);
  const { excluded, target } = problem;
  return (excluded ? excluding(whole, excluded) : whole).value(target, pattern);
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of cells done and in all. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface EvaluateOptions extends RunOptions {
  readonly gradient?: boolean | undefined;
}

export interface Evaluation {
  /** Loss of each point [n]; NaN marks one that does not exist (angles do not close, length not positive). */
  readonly loss: Float64Array;
  /** ∂loss/∂(a, b, c, α, β, γ) [n * 6], per angstrom and per degree, and by what else a point has; only with `gradient`. */
  readonly gradient?: Float64Array;
  /** ms spent on the cells, preparation aside, summed over the workers; only from engines that know it. */
  readonly ms?: number;
}

/** N cells in, N losses (and gradients) or N patterns out. Rejects with AbortError when the signal fires. */
export interface Engine {
  readonly kind: 'webgl' | 'worker';
  readonly precision: 'float32' | 'float64';
  /** Name of the engine for the badge: renderer name or number of workers. */
  readonly device: string;
  /** Losses at n points, flat [n * stride] in (angstrom, degrees, and the units of other parameters). */
  evaluate(problem: Problem, cells: Float64Array, options?: EvaluateOptions): Promise<Evaluation>;
  /** Simulated patterns [n * binCount]; NaN rows for cells that do not exist. */
  patterns(problem: Problem, cells: Float64Array, options?: RunOptions): Promise<Float64Array>;
  dispose(): void;
}

export const abortError = (): DOMException =>
  new DOMException('The computation was cancelled.', 'AbortError');
export const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';
