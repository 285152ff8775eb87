import { type Cell, cellProblem } from '../../crystal/cell.ts';
import type { FamilyId } from '../../crystal/family.ts';
import { type CrystalPattern, crystalPattern, inOrder } from '../../diffraction/crystalPattern.ts';
import { binCount } from '../../diffraction/instrument.ts';
import { simulatePattern } from '../../diffraction/pattern.ts';
import { resample } from '../../diffraction/resample.ts';
import type { Point } from '../../model/parameter.ts';
import { largestCurvature } from '../../optimise/curvature.ts';
import type { DescentPlan } from '../../optimise/descent.ts';
import { freeGroups } from '../../optimise/modes.ts';
import { settledLoss } from '../../optimise/settled.ts';
import { type CellObjective, RollingModel } from '../../peakspace/denseObjective.ts';
import { exactTrees, judge } from '../../peakspace/judge.ts';
import type { RankedReflections } from '../../peakspace/model/rankedReflections.ts';
import { objectiveFor } from '../../peakspace/objective.ts';
import type { PatternTree } from '../../peakspace/pattern/patternTree.ts';
import type { Verdict } from '../../peakspace/verdict.ts';
import { type DeviceSpeed, devicePace } from '../devicePace.ts';
import { type Evaluation, judged, lossOfPattern, type Problem, strideOf } from '../engine.ts';
import type { CallContext } from '../protocol.ts';
import {
  beginWalker,
  type DescentChunk,
  type DescentEnd,
  type DescentOutcome,
  outcomeOf,
  streamDescent,
  tellWalker,
} from '../walker.ts';

/** Data that every call about a loss brings with it: the verdict of `judge`; left out, the thread judges for itself. */
export interface Judged {
  readonly verdict?: Verdict | null;
}

/** Points [n * stride], and along what they may move, as far as a unit of each. */
export interface Settling {
  readonly points: Float64Array;
  readonly directions: readonly Float64Array[];
  readonly units: readonly number[];
}

/**
 * One objective a problem, shared by the calls of a worker: making one takes some ms, and its value at a cell depends on
 * no cell it was asked for before, to the last bit.
 */
const objectives = new WeakMap<Problem, CellObjective>();

type ModelWays = typeof import('./modelWays.ts');
let ways: ModelWays | null = null;

async function modelWays(): Promise<ModelWays> {
  ways ??= await import('./modelWays.ts');
  return ways;
}

/** To be awaited before the objective of a problem is asked for: its code may have to be fetched. */
export async function prepare({ model }: Pick<Problem, 'model'>): Promise<void> {
  if (model) await modelWays();
}

export function objectiveOf(problem: Problem, { verdict = null }: Judged): CellObjective {
  const known = objectives.get(problem);
  if (known) return known;
  const input = judged(problem);
  const { sites, instrument, loss, target, excluded, sticks } = input;
  const made = problem.model
    ? ways!.modelObjective({ ...input, ...problem.model })
    : objectiveFor(sites, instrument, loss, target, excluded, verdict, sticks);
  objectives.set(problem, made);
  return made;
}

export interface RankedAsked {
  readonly point: Point;
  /** The point of a simulated target. */
  readonly truth: Point | null;
  readonly family: FamilyId;
  readonly axes: readonly (readonly number[])[];
}

/** A crystal on an instrument: a problem, or what one is made of. */
export type Drawn = Pick<Problem, 'sites' | 'instrument'>;

/** Reflections of the crystals that are drawn. */
const models = new WeakMap<Drawn, RollingModel>();

/** Step of the search for a shift along 2θ, degrees, and steps to either side. */
const SHIFT_STEP = 0.005;
const MOST_SHIFTS = 100;

export const METHODS = {
  /** Times this device. */
  pace: async (_: null, __: null): Promise<DeviceSpeed> => devicePace(),

  /** Everything that is drawn of a crystal at a cell. */
  async crystal(
    crystal: Drawn,
    { cell }: { readonly cell: Cell },
    { breathe }: CallContext,
  ): Promise<CrystalPattern> {
    await breathe();
    const rolling = models.get(crystal) ?? new RollingModel(crystal.sites, crystal.instrument);
    models.set(crystal, rolling);
    const shown = crystalPattern(rolling.at(cell), cell);
    // here, since the page would take a frame for it
    return { ...shown, peaks: inOrder(shown.peaks) };
  },

  /** Everything that is drawn of the crystal at a point of a problem with more than a cell to move. */
  async crystalAt(
    { sites, instrument, model }: Problem,
    { point }: { readonly point: Point },
    { breathe }: CallContext,
  ): Promise<CrystalPattern> {
    await breathe();
    const { patternAtPoint } = await modelWays();
    return patternAtPoint(sites, instrument, model?.moved ?? [], point);
  },

  /** The reflections at a point of a problem, in the order of what they pull. */
  async rankedReflections(
    problem: Problem,
    { point, truth, family, axes }: RankedAsked,
    { breathe }: CallContext,
  ): Promise<RankedReflections> {
    await breathe();
    const { rankedReflections, reflectionDrive } = await modelWays();
    const input = { ...judged(problem), moved: [], ...problem.model };
    return rankedReflections(reflectionDrive(input, point, truth), family, axes);
  },

  /** The self-test of a problem, whose verdict comes with all other calls about it. */
  async judge(problem: Problem, _: object, { breathe }: CallContext): Promise<Verdict> {
    await breathe();
    // the objective of a model tests nothing beforehand
    return judge(judged(problem));
  },

  /** The tree with which patterns of so many peaks are exact enough; null where only dense ones are. */
  async patternTree(
    problem: Problem,
    { peaks, verdict }: { readonly peaks: number; readonly verdict: Verdict },
    { breathe }: CallContext,
  ): Promise<PatternTree | null> {
    await breathe();
    const tree = exactTrees(judged(problem), verdict).pattern()?.(peaks) ?? null;
    // a copy: what is answered moves away, and the tree is kept here
    return structuredClone(tree);
  },

  /**
   * The shift along 2θ, degrees, at which the loss of a simulated pattern [binCount] is least: on a grid of 0.005° within
   * ±0.5° and then on the parabola through the best point and its neighbours; null where the loss is least at an end.
   */
  async zeroShift(
    problem: Problem,
    { pattern }: { readonly pattern: Float64Array },
    { breathe }: CallContext,
  ): Promise<number | null> {
    const { twoThetaMin, step } = problem.instrument;
    const x = Float64Array.from(pattern, (_, i) => twoThetaMin + i * step);
    const losses: number[] = [];
    for (let k = -MOST_SHIFTS; k <= MOST_SHIFTS; k++) {
      const moved = resample(
        { x, y: pattern },
        x.map(angle => angle - k * SHIFT_STEP),
      );
      losses.push(lossOfPattern(problem, moved));
      await breathe();
    }
    const best = losses.indexOf(Math.min(...losses));
    const [before, here, after] = [losses[best - 1], losses[best], losses[best + 1]];
    if (before === undefined || here === undefined || after === undefined) return null;
    const bend = before - 2 * here + after;
    return (best - MOST_SHIFTS + (bend > 0 ? (0.5 * (before - after)) / bend : 0)) * SHIFT_STEP;
  },

  async evaluate(
    problem: Problem,
    { cells, gradient, ...given }: { cells: Float64Array; gradient: boolean } & Judged,
    { breathe }: CallContext,
  ): Promise<Evaluation> {
    await prepare(problem);
    const stride = strideOf(problem);
    const n = cells.length / stride;
    const objective = objectiveOf(problem, given);
    let started = performance.now();
    let ms = 0;
    const loss = new Float64Array(n);
    const slopes = gradient ? new Float64Array(n * stride) : null;
    for (let i = 0; i < n; i++) {
      const [from, to] = [stride * i, stride * (i + 1)];
      loss[i] = objective(cells.subarray(from, to), slopes?.subarray(from, to) ?? null);
      if (slopes && Number.isNaN(loss[i])) slopes.fill(Number.NaN, from, to);
      // What the thread does for other calls meanwhile does not count.
      ms += performance.now() - started;
      await breathe();
      started = performance.now();
    }
    return slopes ? { loss, gradient: slopes, ms } : { loss, ms };
  },

  async patterns(
    problem: Problem,
    { cells }: { cells: Float64Array },
    { breathe }: CallContext,
  ): Promise<Float64Array> {
    const n = cells.length / 6;
    const bins = binCount(problem.instrument);
    const rolling = new RollingModel(problem.sites, problem.instrument);
    const out = new Float64Array(n * bins);
    for (let i = 0; i < n; i++) {
      const cell = cells.subarray(6 * i, 6 * i + 6);
      const row = out.subarray(i * bins, (i + 1) * bins);
      if (cellProblem(cell) === null) simulatePattern(rolling.at(cell), cell, row);
      else row.fill(Number.NaN);
      await breathe();
    }
    return out;
  },

  async descend(
    problem: Problem,
    { plan, ...given }: { plan: DescentPlan } & Judged,
    context: CallContext<DescentChunk>,
  ): Promise<DescentEnd> {
    await prepare(problem);
    return streamDescent(plan, objectiveOf(problem, given), context);
  },

  /** Descents one after another, each reported when it ends. */
  async descendMany(
    problem: Problem,
    { plans, ...given }: { plans: readonly DescentPlan[] } & Judged,
    { progress, breathe }: CallContext<{ readonly index: number; readonly outcome: DescentOutcome }>,
  ): Promise<null> {
    await prepare(problem);
    const objective = objectiveOf(problem, given);
    const slope = new Float64Array(strideOf(problem));
    for (const [index, plan] of plans.entries()) {
      const walker = beginWalker(plan);
      while (walker.asks) {
        tellWalker(walker, objective(walker.asks, slope), slope);
        await breathe();
      }
      progress({ index, outcome: outcomeOf(walker) });
    }
    return null;
  },

  /** Lowest losses to which descents along the directions lead from points [n * stride]. */
  async settle(
    problem: Problem,
    { points, directions, units, ...given }: Settling & Judged,
    { breathe }: CallContext,
  ): Promise<Float64Array> {
    await prepare(problem);
    const stride = strideOf(problem);
    const objective = objectiveOf(problem, given);
    const losses = new Float64Array(points.length / stride);
    for (let i = 0; i < losses.length; i++) {
      losses[i] = settledLoss(objective, points.subarray(stride * i, stride * (i + 1)), directions, units);
      await breathe();
    }
    return losses;
  },

  /** Eigenvalue bound of the Hessian at a cell over the moved parameters: what learning rate stays stable. */
  async stableRate(
    problem: Problem,
    { plan, ...given }: { plan: DescentPlan } & Judged,
    { breathe }: CallContext,
  ): Promise<number> {
    await breathe();
    await prepare(problem);
    return 2 / largestCurvature(objectiveOf(problem, given), plan.start, freeGroups(plan.space, plan.family));
  },
};
