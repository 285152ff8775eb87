import { sameCell } from '../../crystal/cell.ts';
import type { FamilyId } from '../../crystal/family.ts';
import { cellAt } from '../../landscape/slice.ts';
import type { Point } from '../../model/parameter.ts';
import { freeGroups, type SearchSpace } from '../../optimise/modes.ts';
import { spaceParameters } from '../../optimise/parameters.ts';
import type { CellObjective } from '../../peakspace/denseObjective.ts';
import { LADDERS, prepareRecovery } from '../../recovery/ladder.ts';
import {
  MODEL_LADDERS,
  type ModelStep,
  modelDescentSteps,
  type Smoothing,
  smoothingOf,
  widenedObjective,
} from '../../recovery/modelDescent.ts';
import { recoverSteps, type StartEnd, type StartStep } from '../../recovery/recoverSteps.ts';
import { smoothedObjective } from '../../recovery/smoothedObjective.ts';
import type { RecoveryTarget } from '../../recovery/stage.ts';
import { type Problem, type ProblemModel, strideOf } from '../engine.ts';
import type { CallContext } from '../protocol.ts';
import { modelProblem } from './grounds.ts';

/** Subject of a width continuation: a start and what may move. */
export interface ContinuedPlan {
  readonly start: Point;
  readonly space: SearchSpace;
  /** Of the ties of a slice. */
  readonly family: FamilyId;
}

/** A path by width continuation. */
export interface ContinuedPath {
  /**
   * Iterates [n * stride], with their losses on the landscape of their stage, of the last one too with slow background taken
   * out, and the stage itself [n].
   */
  readonly cells: Float64Array;
  readonly losses: Float64Array;
  readonly stages: Uint8Array;
  /** FWHM of the kernel of each stage, degrees, or B, Å²; the last is 0. */
  readonly smoothing: Smoothing;
  readonly widths: readonly number[];
  /** Slow background is taken out of both patterns under the kernels. */
  readonly background: boolean;
  /** Patterns computed for it, and for all the ladders that it is the best of. */
  readonly evaluations: number;
  readonly tried: number;
}

/** The search stays within 28 % of a length and 29° of an angle: starts on a map may lie far from the truth. */
const SPREAD = 0.2;
const targetOf = ({ target, excluded }: Problem): RecoveryTarget => ({
  pattern: target,
  excluded: excluded ?? null,
});

const objectives = new WeakMap<Problem, Map<string, CellObjective>>();

/** The loss of a problem under a kernel of so many degrees. */
function objectiveAt(problem: Problem, width: number, background: boolean): CellObjective {
  const known = objectives.get(problem) ?? new Map<string, CellObjective>();
  objectives.set(problem, known);
  const key = `${width} ${background}`;
  const found = known.get(key);
  if (found) return found;
  const { sites, instrument, loss, lossWidths, model } = problem;
  const options = { background, ...(lossWidths ? { widths: lossWidths } : {}) };
  const made = model
    ? widenedObjective(modelProblem(problem, model), smoothingOf(model.cellMoves, model.moved), width)
    : smoothedObjective(sites, instrument, targetOf(problem), loss, width, options);
  known.set(key, made);
  return made;
}

/** The steps of the ladder that led to the end, and of the last stage from there. */
function pathTo(end: StartEnd, steps: readonly StartStep[]): ContinuedPath {
  const { ladder, ends, evaluations: tried } = end;
  const widths = [...LADDERS[ladder]!.widths, 0];
  const plain = widths.length - 1;
  const down = steps.filter(step => step.ladder === ladder);
  // several ladders may have gone on to the last stage, one after another, each from its end
  const last = steps.filter(step => step.ladder === LADDERS.length);
  const begins = last.flatMap((step, i) => (ends.some(({ cell }) => sameCell(cell, step.cell)) ? [i] : []));
  const first = begins.find(i => sameCell(last[i]!.cell, ends[ladder]!.cell)) ?? 0;
  const next = begins.find(i => i > first && !sameCell(last[i]!.cell, ends[ladder]!.cell)) ?? last.length;
  const path = [...down, ...last.slice(first, next)];
  const before = last.length > 0 ? last[first]!.evaluations - 1 : tried;
  const after = next < last.length ? last[next]!.evaluations - 1 : tried;
  return {
    cells: Float64Array.from(path.flatMap(({ cell }) => cell)),
    losses: Float64Array.from(path, step => step.loss),
    stages: Uint8Array.from(path, step => (step.ladder === ladder ? Math.min(step.stage, plain) : plain)),
    smoothing: 'peaks',
    widths,
    background: LADDERS[ladder]!.background,
    evaluations: ends[ladder]!.evaluations + after - before,
    tried,
  };
}

/** The way down over the points of a problem with more than a cell. */
async function continuedModel(
  problem: Problem,
  model: ProblemModel,
  { start, space, family }: ContinuedPlan,
  breathe: () => Promise<void>,
): Promise<ContinuedPath> {
  const smoothing = smoothingOf(model.cellMoves, model.moved);
  const path: ModelStep[] = [];
  for (const step of modelDescentSteps(modelProblem(problem, model), {
    start,
    groups: freeGroups(space, family),
  })) {
    if (Number.isFinite(step.loss)) path.push(step);
    await breathe();
  }
  const { evaluations } = path.at(-1) ?? { evaluations: 0 };
  return {
    cells: Float64Array.from(path.flatMap(({ point }) => [...point])),
    losses: Float64Array.from(path, ({ loss }) => loss),
    stages: Uint8Array.from(path, ({ stage }) => stage),
    widths: MODEL_LADDERS[smoothing],
    smoothing,
    background: false,
    evaluations,
    tried: evaluations,
  };
}

export const METHODS = {
  /** The ladders from one start: the path of the one that leads to the lowest end, the widest of those that do. */
  async continued(problem: Problem, plan: ContinuedPlan, { breathe }: CallContext): Promise<ContinuedPath> {
    if (problem.model) return continuedModel(problem, problem.model, plan, breathe);
    const { space, family } = plan;
    const start = cellAt(plan.start);
    const { sites, instrument, loss, lossWidths } = problem;
    const background = loss === 'cosine';
    const target = targetOf(problem);
    const prepared = prepareRecovery(
      { sites, family, instrument, target, background, loss, lossWidths },
      spaceParameters(space, family),
    );
    const steps: StartStep[] = [];
    const walk = recoverSteps(prepared, { freedom: 'free', start, spread: SPREAD });
    let end: StartEnd | null = null;
    while (!end) {
      await breathe();
      const { done, value } = walk.next();
      if (done) end = value;
      else steps.push(value);
    }
    return pathTo(end, steps);
  },

  /** Losses under a kernel at points [n * stride]; NaN where there is no cell. */
  async smoothed(
    problem: Problem,
    {
      width,
      background,
      cells,
    }: { readonly width: number; readonly background: boolean; readonly cells: Float64Array },
    { breathe }: CallContext,
  ): Promise<Float64Array> {
    const objective = objectiveAt(problem, width, background && problem.loss === 'cosine');
    const stride = strideOf(problem);
    const losses = new Float64Array(cells.length / stride);
    for (let i = 0; i < losses.length; i++) {
      losses[i] = objective(cells.subarray(stride * i, stride * (i + 1)), null);
      await breathe();
    }
    return losses;
  },
};
