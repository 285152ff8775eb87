import { fwhm } from '../../diffraction/caglioti.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import type { Ground } from '../../optimise/strategy.ts';
import type { Grounds } from '../../optimise/strategyRun.ts';
import type { CellObjective } from '../../peakspace/denseObjective.ts';
import { type ModelProblem, widenedObjective } from '../../recovery/modelDescent.ts';
import { smoothedObjective } from '../../recovery/smoothedObjective.ts';
import { judged, type Problem, type ProblemModel } from '../engine.ts';
import { type Judged, objectiveOf } from './evaluate.ts';

/** The objectives of a problem's grounds, each made once. Nothing of the true cell is needed: the target is smoothed from itself. */
export function groundsOf(problem: Problem, given: Judged = {}): Grounds {
  const made = new Map<string, CellObjective>();
  return ground => {
    const key = `${ground.blur} ${ground.tolerant}`;
    const known = made.get(key);
    if (known) return known;
    const own = ground.blur === 1 && !ground.tolerant;
    const objective = own ? objectiveOf(problem, given) : objectiveOn(problem, ground);
    made.set(key, objective);
    return objective;
  };
}

/** A problem whose points have more than a cell, as what widens it takes it. */
export const modelProblem = (problem: Problem, model: ProblemModel): ModelProblem => ({
  ...judged(problem),
  ...model,
  loss: problem.loss,
  lossWidths: problem.lossWidths,
});

/** 2θ at which a factor on the peak width is told, degrees. */
const WIDTH_AT = 40;

/** Kernel that makes peaks so many times as wide at `WIDTH_AT`, degrees FWHM: the squares of widths add. */
const kernelOf = (instrument: Instrument, factor: number): number =>
  fwhm(instrument, WIDTH_AT) * Math.sqrt(factor * factor - 1);

function objectiveOn(problem: Problem, { blur, tolerant }: Ground): CellObjective {
  const { sites, instrument, target, excluded = null, lossWidths, model } = problem;
  const of: Problem = tolerant ? { ...problem, loss: 'deGelder' } : problem;
  if (blur === 1) return objectiveOf(of, {});
  const width = kernelOf(instrument, blur);
  if (model) return widenedObjective(modelProblem(of, model), 'peaks', width);
  return smoothedObjective(sites, instrument, { pattern: target, excluded }, of.loss, width, {
    background: false,
    ...(lossWidths ? { widths: lossWidths } : {}),
  });
}
