import { type Cell, cellProblem } from '../../crystal/cell.ts';
import { movedSites } from '../../crystal/siteVector.ts';
import type { Structure } from '../../crystal/structure.ts';
import { PAPER_INSTRUMENT } from '../../diffraction/instrument.ts';
import { peaksAt, scatteringModel, simulatePattern } from '../../diffraction/pattern.ts';
import type { Crystal } from '../../matching/periodicSet.ts';
import { distortedCell } from '../../study/distortedStart.ts';
import type { Conditions } from '../../study/plan.ts';
import { type FinishedTrial, isFinished, type TrialRecord } from '../../study/record.ts';
import type { Treatment } from '../../study/trialKey.ts';

/** A row of the picture in the manner of the paper's Figure 5: a crystal of the trial and its pattern. */
export interface TrialRow {
  readonly setting: Treatment | 'truth';
  /** Null for the truth. */
  readonly trial: FinishedTrial | null;
  /** Over the largest value; every `stride`-th bin of the paper's grid, the largest of each group. */
  readonly pattern: Float64Array;
  readonly stride: number;
  /** Two-theta of the reflections, degrees. */
  readonly ticks: readonly number[];
}

const STRIDE = 10;

/** The truth, the distorted start and the ends of the descents from the same copy with the same loss. */
export function trialRows(
  trial: FinishedTrial,
  records: readonly TrialRecord[],
  structure: Structure,
  conditions: Conditions,
): TrialRow[] {
  const truth = distortedCell(trial, structure, conditions);
  const atoms = 3 * truth.sites.length;
  const siblings = records.filter(
    (other): other is FinishedTrial =>
      isFinished(other) &&
      other.structure === trial.structure &&
      other.noise === trial.noise &&
      other.sigma === trial.sigma &&
      other.variant === trial.variant &&
      (other.loss === null ? other.setting === 'distorted' : standsBeside(other, trial)),
  );
  return [
    { setting: 'truth' as const, trial: null, ...drawn(truth) },
    // of two rates the longer
    ...[...new Map(siblings.map(other => [other.setting, other])).values()]
      .filter(({ end, fract }) => cellProblem(end) === null && (fract?.length ?? atoms) === atoms)
      .map(other => ({ setting: other.setting, trial: other, ...drawn(crystalAtEnd(other, truth)) })),
  ];
}

/** The trial itself, or another setting of its loss and rate; baselines and searches, which have no rate, go with cosine. */
function standsBeside(other: FinishedTrial, trial: FinishedTrial): boolean {
  const both = [other, trial];
  if (both.every(({ learningRate }) => learningRate !== null))
    return other.loss === trial.loss && other.learningRate === trial.learningRate;
  return both.every(({ loss, learningRate }) => learningRate === null || loss === 'cosine');
}

/** The crystal that a trial ends with. */
export const crystalAtEnd = (trial: FinishedTrial, truth: Crystal): Crystal => ({
  cell: trial.end as unknown as Cell,
  sites: trial.fract ? movedSites(truth.sites, trial.fract) : truth.sites,
});

function drawn({ cell, sites }: Crystal): Pick<TrialRow, 'pattern' | 'stride' | 'ticks'> {
  const model = scatteringModel(sites, PAPER_INSTRUMENT, cell);
  const full = simulatePattern(model, cell);
  const most = full.reduce((high, value) => Math.max(high, value), 0) || 1;
  const pattern = new Float64Array(Math.ceil(full.length / STRIDE));
  for (let i = 0; i < full.length; i++) {
    const at = Math.floor(i / STRIDE);
    pattern[at] = Math.max(pattern[at]!, full[i]! / most);
  }
  const peaks = peaksAt(model, cell);
  return { pattern, stride: STRIDE, ticks: Array.from(peaks.twoTheta.subarray(0, peaks.count)) };
}
