import { type Cell, sameCell } from '../../crystal/cell.ts';
import type { FamilyId } from '../../crystal/family.ts';
import type { SearchSpace } from '../../optimise/modes.ts';
import { spaceParameters } from '../../optimise/parameters.ts';
import type { CellObjective } from '../../peakspace/denseObjective.ts';
import { LADDERS, prepareRecovery } from '../../recovery/ladder.ts';
import { recoverSteps, type StartEnd, type StartStep } from '../../recovery/recoverSteps.ts';
import { smoothedObjective } from '../../recovery/smoothedObjective.ts';
import type { RecoveryTarget } from '../../recovery/stage.ts';
import type { Problem } from '../engine.ts';
import type { CallContext } from '../protocol.ts';

/** Subject of a width continuation: a start and what may move. */
export interface ContinuedPlan {
  readonly start: Cell;
  readonly space: SearchSpace;
  /** Of the ties of a slice. */
  readonly family: FamilyId;
}

/** A path by width continuation. */
export interface ContinuedPath {
  /**
   * Iterates [n * 6], with their losses on the landscape of their stage, of the last one too with slow background taken
   * out, and the stage itself [n].
   */
  readonly cells: Float64Array;
  readonly losses: Float64Array;
  readonly stages: Uint8Array;
  /** FWHM of the kernel of each stage, degrees; the last is 0. */
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
  const { sites, instrument, loss, lossWidths } = problem;
  const options = { background, ...(lossWidths ? { widths: lossWidths } : {}) };
  const made = smoothedObjective(sites, instrument, targetOf(problem), loss, width, options);
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
    widths,
    background: LADDERS[ladder]!.background,
    evaluations: ends[ladder]!.evaluations + after - before,
    tried,
  };
}

export const METHODS = {
  /** The ladders from one start: the path of the one that leads to the lowest end, the widest of those that do. */
  async continued(
    problem: Problem,
    { start, space, family }: ContinuedPlan,
    { breathe }: CallContext,
  ): Promise<ContinuedPath> {
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

  /** Losses under a kernel at cells [n * 6]; NaN where there is no cell. */
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
    const losses = new Float64Array(cells.length / 6);
    for (let i = 0; i < losses.length; i++) {
      losses[i] = objective(cells.subarray(6 * i, 6 * i + 6), null);
      await breathe();
    }
    return losses;
  },
};
