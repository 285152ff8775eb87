import { latticeMatrix } from '../crystal/cell.ts';
import { binCount, type Instrument } from '../diffraction/instrument.ts';
import { DEFAULT_SCALE, type LossId, type LossWidths } from '../losses/loss.ts';
import { lossFor } from '../losses/registry.ts';
import type { MovedParameter, Point } from '../model/parameter.ts';
import { startLbfgs, stepLbfgs } from '../optimise/lbfgs.ts';
import type { PatternMap } from '../peakspace/coordinates/listedLoss.ts';
import type { CellObjective } from '../peakspace/denseObjective.ts';
import { type ModelInput, modelObjective } from '../peakspace/model/modelObjective.ts';
import { LATTICE_UNIT } from './crystalVariables.ts';
import { smoothingMap, stageGrid } from './smoothing.ts';

/**
 * What is widened: `peaks` by a kernel along 2θ, where positions are to be found; `atoms` by a thermal motion that both
 * patterns get, exp(−2B sin²θ/λ²), where all peaks stand in place and intensities alone are to be found.
 */
export type Smoothing = 'peaks' | 'atoms';

/** From wide to narrow: FWHM in degrees, or B in Å²; the last is the loss itself. */
export const MODEL_LADDERS: Readonly<Record<Smoothing, readonly number[]>> = {
  peaks: [3, 1.2, 0.5, 0],
  atoms: [8, 3, 1, 0],
};

/** A problem whose points have more than a cell. */
export interface ModelProblem extends Omit<ModelInput, 'loss'> {
  readonly loss: LossId;
  readonly lossWidths?: LossWidths | undefined;
}

/** True where a parameter moves peaks or their widths, so that those are what is to be smoothed. */
export const smoothingOf = (cellMoves: boolean, moved: readonly MovedParameter[]): Smoothing =>
  cellMoves || moved.some(({ id }) => ['zero', 'displacement', 'widthFactor', 'eta'].includes(id))
    ? 'peaks'
    : 'atoms';

/** The loss of a problem with both patterns widened, over its points. @param width degrees or Å²; 0: the loss itself */
export function widenedObjective(problem: ModelProblem, kind: Smoothing, width: number): CellObjective {
  const { instrument, target, excluded, loss: id, lossWidths } = problem;
  const lossOn = (step: number) => lossFor(id, { ...DEFAULT_SCALE, ...lossWidths, step });
  if (width === 0) return modelObjective({ ...problem, loss: lossOn(instrument.step) });
  const map = kind === 'peaks' ? kernelMap(instrument, width) : dampingMap(instrument, width);
  const masked = excluded ? without(map, excluded) : map;
  const grid = kind === 'peaks' ? stageGrid(instrument, width) : null;
  const seen = masked.forward(target).slice();
  return modelObjective({
    ...problem,
    excluded: null,
    sticks: null,
    loss: lossOn(grid?.step ?? instrument.step),
    target: seen,
    map: masked,
  });
}

const kernelMap = (instrument: Instrument, width: number): PatternMap =>
  smoothingMap(instrument, stageGrid(instrument, width))!;

/** Every bin times exp(−2B sin²θ/λ²): its own transpose. */
function dampingMap({ wavelength, twoThetaMin, step, ...rest }: Instrument, b: number): PatternMap {
  const bins = binCount({ wavelength, twoThetaMin, step, ...rest });
  const weights = Float64Array.from({ length: bins }, (_, i) => {
    const sine = Math.sin(((twoThetaMin + step * i) * Math.PI) / 360);
    return Math.exp((-2 * b * sine * sine) / (wavelength * wavelength));
  });
  const times = (pattern: Float64Array): Float64Array => pattern.map((value, i) => value * weights[i]!);
  return { forward: times, back: times };
}

/** A map of patterns without the bins that do not count. */
function without({ forward, back }: PatternMap, excluded: Uint8Array): PatternMap {
  const masked = (pattern: Float64Array): Float64Array =>
    pattern.map((value, i) => (excluded[i] ? 0 : value));
  return { forward: pattern => forward(masked(pattern)), back: residual => masked(back(residual)) };
}

/** Plain data. */
export interface ModelDescentPlan {
  readonly start: Point;
  /** Numbers of the point that move, those of a group as one. */
  readonly groups: readonly (readonly number[])[];
}

/** A point of the way down. */
export interface ModelStep {
  readonly stage: number;
  readonly point: Float64Array;
  /** On the landscape of its stage. */
  readonly loss: number;
  readonly evaluations: number;
}

const STAGE_STEPS = 60;
const LAST_STEPS = 300;
/** Gains over `WINDOW` steps at which a stage and the last one end, as shares of what a flat pattern loses. */
const STAGE_GAIN = 1e-5;
const LAST_GAIN = 1e-13;
const WINDOW = 5;
/** In variables of which a unit is about an ångström. */
const LONGEST_STEP = 0.3;
const FIRST_STEP = 0.02;
const MEMORY = 50;

/**
 * Quasi-Newton descents of a loss from wide to narrow, each from where the last one ended, in variables scaled so that a
 * unit is about an ångström of an atom. Yields every step.
 */
export function* modelDescentSteps(
  problem: ModelProblem,
  { start, groups }: ModelDescentPlan,
): Generator<ModelStep, void> {
  const kind = smoothingOf(problem.cellMoves ?? true, problem.moved);
  const units = groups.map(group => unitOf(problem.moved, start, group[0]!));
  const pointAt = (x: Float64Array): Float64Array => {
    const point = Float64Array.from(start);
    for (const [j, group] of groups.entries()) for (const i of group) point[i]! += x[j]! * units[j]!;
    return point;
  };
  let x = new Float64Array(groups.length);
  let evaluations = 0;
  const ladder = MODEL_LADDERS[kind];
  for (const [stage, width] of ladder.entries()) {
    const objective = widenedObjective(problem, kind, width);
    const slopes = new Float64Array(start.length);
    const isLast = stage === ladder.length - 1;
    const scaled = (at: Float64Array, gradient: Float64Array): number => {
      evaluations++;
      const value = objective(pointAt(at), slopes);
      for (const [j, group] of groups.entries())
        gradient[j] = group.reduce((sum, i) => sum + slopes[i]!, 0) * units[j]!;
      return value;
    };
    const state = startLbfgs(
      {
        start: x,
        longestStep: LONGEST_STEP,
        firstStep: FIRST_STEP,
        memory: MEMORY,
        box: null,
        enough: Number.NEGATIVE_INFINITY,
        maxIterations: isLast ? LAST_STEPS : STAGE_STEPS,
        stopGain: isLast ? LAST_GAIN : STAGE_GAIN,
        stopWindow: WINDOW,
      },
      scaled,
    );
    for (;;) {
      yield { stage, point: pointAt(state.at), loss: state.loss, evaluations };
      if (state.stopped) break;
      stepLbfgs(state, scaled);
    }
    if (state.stopped === 'leftDomain') return;
    x = Float64Array.from(state.at);
  }
}

/** Of a number of a point, what counts as an ångström of an atom. */
function unitOf(moved: readonly MovedParameter[], point: Point, place: number): number {
  if (place < 3) return LATTICE_UNIT * point[place]!;
  if (place < 6) return (LATTICE_UNIT * 180) / Math.PI;
  const { id, period, moves } = moved[place - 6]!;
  if (period === null) return USUAL[id] ?? (id.startsWith('B') ? 2 : 0.5);
  const lattice = latticeMatrix(point);
  const axis = (moves[0]!.slot - 6) % 3;
  return 1 / Math.hypot(lattice[axis]!, lattice[3 + axis]!, lattice[6 + axis]!);
}

const USUAL: Readonly<Record<string, number>> = {
  zero: 0.3,
  displacement: 0.3,
  widthFactor: 0.5,
  eta: 0.5,
  march: 0.3,
};
