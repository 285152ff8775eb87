import type { Cell } from '../crystal/cell.ts';
import type { FamilyId } from '../crystal/family.ts';
import type { Site } from '../crystal/structure.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import type { LossId, LossWidths } from '../losses/loss.ts';
import {
  type MarquardtEnd,
  type MarquardtPlan,
  type MarquardtReason,
  type MarquardtStep,
  marquardtSteps,
} from '../optimise/levenbergMarquardt.ts';
import { offBy } from '../optimise/outcome.ts';
import {
  atLimits,
  type Box,
  boxAround,
  type CellParameters,
  cellParameters,
} from '../optimise/parameters.ts';
import { groupedPeaks } from './groupedPeaks.ts';
import { lossSteps } from './lossSteps.ts';
import { type PatternMisfit, patternMisfit } from './patternMisfit.ts';
import { smoothedModel } from './smoothedModel.ts';
import { narrowestWidth } from './smoothing.ts';
import { type RecoveryTarget, type Stage, stageOf } from './stage.ts';

/** A target, the crystal that is to explain it up to its cell, and the instrument. The true cell is not part of it. */
export interface RecoveryProblem {
  readonly sites: readonly Site[];
  readonly family: FamilyId;
  readonly instrument: Instrument;
  readonly target: RecoveryTarget;
  /** Slow polynomials are taken out of both sides at every width. */
  readonly background: boolean;
  /** Cosine where left out: the only one that is a sum of squares, which Levenberg–Marquardt steps down; BFGS the others. */
  readonly loss?: LossId;
  readonly lossWidths?: LossWidths | undefined;
}

/** How far the truth may lie from a start: σ of the lattice noise, or what a user states. Share of a length. */
export type Spread = number;

/** Limits about a start in units of the spread: of a length, and of an angle in radians. Tighter ones cost success. */
const LENGTH_BOUND = 1.4;
const ANGLE_BOUND = 2.5;

/** Largest change of a logarithm of a length, or of an angle in radians, in one step. */
const MAX_STEP = 0.05;
const STAGE_STEPS = 25;
const LAST_STEPS = 60;
/** Gains, of 1 − cosine, at which a stage under a kernel, the narrowest one and the pattern as it is end. */
const STAGE_GAIN = 1e-4;
const NARROW_GAIN = 1e-5;
const LAST_GAIN = 1e-9;

/** FWHM of the kernels in degrees, wide to narrow; the last, the pattern as it is, is understood. */
export type Ladder = readonly number[];

/** Three ladders from one start: wide ones for clean targets, narrow ones for what no model has. */
export const LADDERS: readonly Ladder[] = [
  [12, 4, 1.2],
  [5, 2, 0.8],
  [3, 1.5, 0.7],
];

/** Search space of a recovery: the family's free parameters, or all six. */
export type Freedom = 'held' | 'free';

/** A point that a search stood at. */
export interface RecoveryStep {
  /** Position of the stage among those of its ladder, from 0. */
  readonly stage: number;
  /** FWHM of the kernel there, degrees; 0: none. */
  readonly fwhm: number;
  readonly cell: Cell;
  /** Negative cosine under that kernel, background taken out: −1 is identity. */
  readonly loss: number;
  /** Patterns computed so far. */
  readonly evaluations: number;
}

export interface RecoveryEnd {
  readonly cell: Cell;
  /** Negative cosine, background taken out. */
  readonly loss: number;
  /** 1 + loss without the rounding: the sum of squares that was minimised. */
  readonly misfit: number;
  readonly evaluations: number;
  readonly reason: MarquardtReason;
  /** Names of the parameters that stand at a limit of the search. */
  readonly atBound: readonly string[];
}

/** A problem with what its searches share, each made when first asked for. Nothing of it depends on their order. */
export interface PreparedRecovery {
  readonly problem: RecoveryProblem;
  readonly parameters: (freedom: Freedom) => CellParameters;
  readonly stage: (fwhm: number) => Stage;
  readonly misfit: (freedom: Freedom, fwhm: number) => PatternMisfit;
  /** Steps down the loss under a kernel; their values are 1 + loss. */
  readonly search: (
    freedom: Freedom,
    fwhm: number,
    plan: MarquardtPlan,
  ) => Generator<MarquardtStep, MarquardtEnd>;
  /** Kernel under which the last stage of a ladder runs, on few points, before the pattern as it is; degrees. */
  readonly narrowest: number;
}

/** @param free what a free search moves; all six where left out */
export function prepareRecovery(problem: RecoveryProblem, free = cellParameters(null)): PreparedRecovery {
  const { sites, family, instrument, target, background } = problem;
  const stages = new Map<number, Stage>();
  const misfits = new Map<string, PatternMisfit>();
  const parameters = { held: cellParameters(family), free };
  const sources = {
    held: groupedPeaks(sites, instrument, family),
    free: groupedPeaks(sites, instrument, null),
  };
  const stage = (fwhm: number): Stage => {
    const made = stages.get(fwhm) ?? stageOf(instrument, target, fwhm, background);
    stages.set(fwhm, made);
    return made;
  };
  const misfit = (freedom: Freedom, fwhm: number): PatternMisfit => {
    const key = `${freedom} ${fwhm}`;
    const found = misfits.get(key);
    if (found) return found;
    const at = stage(fwhm);
    const model = smoothedModel(instrument, at.grid, target.excluded, sources[freedom]);
    const made = patternMisfit(at, model, parameters[freedom]);
    misfits.set(key, made);
    return made;
  };
  return {
    problem,
    parameters: freedom => parameters[freedom],
    stage,
    misfit,
    search: (freedom, fwhm, plan) =>
      (problem.loss ?? 'cosine') === 'cosine'
        ? marquardtSteps(misfit(freedom, fwhm), plan)
        : lossSteps(problem, parameters[freedom], fwhm, plan),
    narrowest: 0.5 * narrowestWidth(instrument),
  };
}

/** Limits of a search about a start. */
export function searchBox({ free }: CellParameters, start: ArrayLike<number>, spread: Spread): Box {
  return boxAround(
    start,
    free.map(({ unit }) => spread * (unit === 'rad' ? ANGLE_BOUND : LENGTH_BOUND)),
  );
}

/**
 * One ladder from one start: Levenberg–Marquardt at each width, from where the last one ended. Yields every point that was
 * accepted; may be abandoned at any of them.
 * @param known ends of other ladders: a stage that ends at one of them would only go there again
 */
export function* ladderSteps(
  prepared: PreparedRecovery,
  freedom: Freedom,
  start: ArrayLike<number>,
  box: Box,
  widths: Ladder,
  known: readonly RecoveryEnd[] = [],
): Generator<RecoveryStep, RecoveryEnd> {
  const parameters = prepared.parameters(freedom);
  let x: Float64Array = Float64Array.from(start);
  let evaluations = 0;
  let value = Number.NaN;
  let reason: MarquardtReason = 'noModel';
  for (const [stage, fwhm] of widths.entries()) {
    const plain = fwhm === 0;
    const steps = prepared.search(freedom, fwhm, {
      start: x,
      box,
      maxStep: MAX_STEP,
      gain: plain ? LAST_GAIN : stage === widths.length - 1 ? NARROW_GAIN : STAGE_GAIN,
      maxSteps: plain ? LAST_STEPS : STAGE_STEPS,
    });
    for (;;) {
      const { done, value: step } = steps.next();
      x = step.x;
      value = step.value;
      if (done) {
        evaluations += step.evaluations;
        reason = step.reason;
        break;
      }
      yield {
        stage,
        fwhm,
        cell: cellOf(parameters, x),
        loss: value - 1,
        evaluations: evaluations + step.evaluations,
      };
    }
    if (reason === 'noModel') break;
    const met = known.find(({ cell }) => isNear(cellOf(parameters, x), cell));
    if (met) return { ...met, evaluations };
  }
  return {
    cell: cellOf(parameters, x),
    loss: value - 1,
    misfit: value,
    evaluations,
    reason,
    atBound: atLimits(x, box).map(j => parameters.free[j]!.name),
  };
}

/** A share of a length, degrees. */
const MET = { length: 1e-3, angle: 0.2 };

function isNear(p: Cell, q: Cell): boolean {
  const { length, angle } = offBy(p, q);
  return length <= MET.length && angle <= MET.angle;
}

export const cellOf = (parameters: CellParameters, x: ArrayLike<number>): Cell =>
  Array.from(parameters.toCell(x)) as unknown as Cell;
