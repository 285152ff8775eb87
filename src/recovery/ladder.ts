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
import { textureOf } from './texture.ts';

/** A target, the crystal that is to explain it up to its cell, and the instrument. The true cell is not part of it. */
export interface RecoveryProblem {
  readonly sites: readonly Site[];
  readonly family: FamilyId;
  readonly instrument: Instrument;
  readonly target: RecoveryTarget;
  /** Slow polynomials are taken out of both sides at every width. */
  readonly background: boolean;
  /** What is not explained otherwise is searched again with a texture, by the cosine alone; not where left out. */
  readonly texture?: boolean;
  /** Cosine where left out: the only one that is a sum of squares, which Levenberg–Marquardt steps down; BFGS the others. */
  readonly loss?: LossId;
  readonly lossWidths?: LossWidths | undefined;
}

/** Distance at which the truth may lie from a start: σ of the lattice noise, or what a user states. Share of a length. */
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

/** Kernels, one after the other. */
export interface Ladder {
  /** FWHM in degrees, wide to narrow; the last, the pattern as it is, is understood. */
  readonly widths: readonly number[];
  /** Slow polynomials are taken out of both sides under them. */
  readonly background: boolean;
  /** Intensities may follow a texture under them. */
  readonly texture?: boolean;
}

/** Kernels for what no model has. */
const MISFIT_WIDTHS = [
  [12, 4, 1.2],
  [5, 2, 0.8],
  [3, 1.5, 0.7],
];

/**
 * Ladders from one start. The first is for targets without a background: what a polynomial would take out under a wide
 * kernel is half of what the kernel leaves, and with it the way from far off. The others are for what no model has, the
 * narrower the worse the model; with a texture they are gone down once more where that does not explain the pattern.
 */
export const LADDERS: readonly Ladder[] = [
  { widths: [16, 8, 4, 2, 1], background: false },
  ...MISFIT_WIDTHS.map(widths => ({ widths, background: true })),
  ...MISFIT_WIDTHS.map(widths => ({ widths, background: true, texture: true })),
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
  /** Slow polynomials are taken out there. */
  readonly background: boolean;
  /** Negative cosine under that kernel: −1 is identity. */
  readonly loss: number;
  /** Patterns computed so far. */
  readonly evaluations: number;
}

export interface RecoveryEnd {
  readonly cell: Cell;
  /** What was minimised; the cosine with background taken out. */
  readonly loss: number;
  /** 1 + loss without the rounding: for the cosine the sum of squares. */
  readonly misfit: number;
  readonly evaluations: number;
  readonly reason: MarquardtReason;
  /** Names of the parameters that stand at a limit of the search. */
  readonly atBound: readonly string[];
}

/** Kernel of one stage, degrees. */
export interface StageKernel {
  readonly fwhm: number;
  /** Slow polynomials are taken out of both sides, unless the problem says that there are none. */
  readonly background: boolean;
  readonly texture?: boolean | undefined;
}

/** A problem with what its searches share, each made when first asked for. Nothing of it depends on their order. */
export interface PreparedRecovery {
  readonly problem: RecoveryProblem;
  readonly parameters: (freedom: Freedom) => CellParameters;
  /** The sum of squares under a kernel. */
  readonly misfit: (freedom: Freedom, kernel: StageKernel) => PatternMisfit;
  /** Steps down the loss under a kernel; their values are 1 + loss. */
  readonly search: (
    freedom: Freedom,
    kernel: StageKernel,
    plan: MarquardtPlan,
  ) => Generator<MarquardtStep, MarquardtEnd>;
  /** Kernel under which the last stage of a ladder runs, on few points, before the pattern as it is; degrees. */
  readonly narrowest: number;
}

/** @param free what a free search moves; all six where left out */
export function prepareRecovery(problem: RecoveryProblem, free = cellParameters(null)): PreparedRecovery {
  const { sites, family, instrument, target } = problem;
  const stages = new Map<string, Stage>();
  const misfits = new Map<string, PatternMisfit>();
  const parameters = { held: cellParameters(family), free };
  const sources = {
    held: groupedPeaks(sites, instrument, family),
    free: groupedPeaks(sites, instrument, null),
  };
  const stageAt = (fwhm: number, background: boolean): Stage => {
    const key = `${fwhm} ${background}`;
    const made = stages.get(key) ?? stageOf(instrument, target, fwhm, background);
    stages.set(key, made);
    return made;
  };
  const misfit = (freedom: Freedom, { fwhm, background: wanted, texture }: StageKernel): PatternMisfit => {
    const background = wanted && problem.background;
    const key = `${freedom} ${fwhm} ${background} ${texture}`;
    const found = misfits.get(key);
    if (found) return found;
    const stage = stageAt(fwhm, background);
    const model = smoothedModel(instrument, stage.grid, target.excluded, sources[freedom]);
    const factors = texture ? textureOf(stage, model, freedom === 'held' ? family : null) : null;
    const made = patternMisfit(stage, model, parameters[freedom], factors);
    misfits.set(key, made);
    return made;
  };
  return {
    problem,
    parameters: freedom => parameters[freedom],
    misfit,
    search(freedom, kernel, plan) {
      if ((problem.loss ?? 'cosine') !== 'cosine')
        return lossSteps(problem, parameters[freedom], kernel.fwhm, plan);
      const squares = misfit(freedom, kernel);
      squares.orient(plan.start);
      return marquardtSteps(squares, plan);
    },
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

/** Stages of a ladder, down to the narrowest kernel. */
export const stagesOf = ({ widths, background, texture }: Ladder, narrowest: number): StageKernel[] => [
  ...widths.map(fwhm => ({ fwhm, background, texture })),
  { fwhm: narrowest, background: true, texture },
];

/**
 * Stages from one start: Levenberg–Marquardt under each kernel, from where the last one ended. Yields every point that was
 * accepted; may be abandoned at any of them.
 * @param known ends of other ladders, the lowest first. A stage that ends at one of them would only go there again, and one
 * that ends far above the lowest under a kernel too narrow to mislead has lost its way: the known end is the answer then
 */
export function* ladderSteps(
  prepared: PreparedRecovery,
  freedom: Freedom,
  start: ArrayLike<number>,
  box: Box,
  stages: readonly StageKernel[],
  known: readonly RecoveryEnd[] = [],
): Generator<RecoveryStep, RecoveryEnd> {
  const parameters = prepared.parameters(freedom);
  let x: Float64Array = Float64Array.from(start);
  let evaluations = 0;
  let value = Number.NaN;
  let reason: MarquardtReason = 'noModel';
  for (const [stage, kernel] of stages.entries()) {
    const { fwhm, background } = kernel;
    const plain = fwhm === 0;
    const steps = prepared.search(freedom, kernel, {
      start: x,
      box,
      maxStep: MAX_STEP,
      gain: plain ? LAST_GAIN : stage === stages.length - 1 ? NARROW_GAIN : STAGE_GAIN,
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
        background,
        cell: cellOf(parameters, x),
        loss: value - 1,
        evaluations: evaluations + step.evaluations,
      };
    }
    if (reason === 'noModel') break;
    const [lowest] = known;
    if (!lowest) continue;
    const met = known.find(({ cell }) => isNear(cellOf(parameters, x), cell));
    if (met) return { ...met, evaluations };
    if (fwhm > TELLING || (prepared.problem.loss ?? 'cosine') !== 'cosine') continue;
    const at = (cell: Cell): number => prepared.misfit(freedom, kernel).value(parameters.fromCell(cell));
    evaluations++;
    if (value > BEHIND.factor * at(lowest.cell) + BEHIND.offset) return { ...lowest, evaluations };
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

/** Kernels up to this FWHM, degrees, do not mislead by more than `BEHIND` allows for. */
const TELLING = 2;
const BEHIND = { factor: 1.5, offset: 0.02 };

/** A share of a length, degrees. */
const MET = { length: 1e-3, angle: 0.2 };

function isNear(p: Cell, q: Cell): boolean {
  const { length, angle } = offBy(p, q);
  return length <= MET.length && angle <= MET.angle;
}

export const cellOf = (parameters: CellParameters, x: ArrayLike<number>): Cell =>
  Array.from(parameters.toCell(x)) as unknown as Cell;
