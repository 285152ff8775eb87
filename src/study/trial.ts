import { type Cell, cellProblem } from '../crystal/cell.ts';
import { familyOf, projectCell } from '../crystal/family.ts';
import { fractOf, movedSites } from '../crystal/siteVector.ts';
import type { Site } from '../crystal/structure.ts';
import {
  averageMinimumDistances,
  chebyshevDistance,
  pointwiseDistance,
  pointwiseDistances,
} from '../matching/invariants.ts';
import { MATCH_OPTIONS, type MatchReport, matchReduced, reduceCrystal } from '../matching/matcher.ts';
import type { Crystal } from '../matching/periodicSet.ts';
import { reasonOf } from '../num/reasonOf.ts';
import { isTwoCycle, startDescent, stepDescent } from '../optimise/descent.ts';
import type { DescentMode } from '../optimise/modes.ts';
import { offBy } from '../optimise/outcome.ts';
import type { StopReason } from '../optimise/stopRule.ts';
import { startVectorDescent, stepVectorDescent } from '../optimise/vectorDescent.ts';
import { wrongInRecord } from './checkRecord.ts';
import { distortedStart } from './distortedStart.ts';
import { type Conditions, seedOf } from './plan.ts';
import {
  isRecovered,
  type MissedBy,
  rounded,
  type TrialRecord,
  type TrialResult,
  type TrialVerdict,
} from './record.ts';
import { type StudySearch, searchOf } from './searches.ts';
import { missedBy, searchSteps } from './searchTrial.ts';
import { trialSeed } from './seeds.ts';
import type { TrialSubject } from './subject.ts';
import type { Trial } from './trialKey.ts';

/** Steps between two chances to pause: about 3 ms. */
const STRIDE = 32;

/** Course of a descent; the baselines take no step. */
interface Course {
  readonly first: number | null;
  readonly last: number | null;
  readonly best: number | null;
  readonly bestStep: number;
  readonly steps: number;
  readonly stop: StopReason | null;
  readonly twoCycle: boolean;
  /** Of a search. */
  readonly evaluations?: number;
  readonly starts?: number;
  readonly agree?: number;
}

const STAYED: Course = {
  first: null,
  last: null,
  best: null,
  bestStep: 0,
  steps: 0,
  stop: null,
  twoCycle: false,
};

/**
 * One trial from noise to record, pausing every few steps for whoever runs it. Anything that throws on the way becomes
 * part of the record.
 */
export function* trialSteps(
  trial: Trial,
  subject: TrialSubject,
  conditions: Conditions,
): Generator<void, TrialRecord> {
  try {
    const record = { ...trial, ...(yield* resultOf(trial, subject, conditions)) };
    const wrong = wrongInRecord(record);
    if (wrong) throw new Error(`the end has no ${wrong}`);
    return record;
  } catch (error) {
    return { ...trial, failure: reasonOf(error) };
  }
}

/** `trialSteps` without a pause. */
export function runTrial(trial: Trial, subject: TrialSubject, conditions: Conditions): TrialRecord {
  const steps = trialSteps(trial, subject, conditions);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

function* resultOf(
  trial: Trial,
  subject: TrialSubject,
  conditions: Conditions,
): Generator<void, TrialResult> {
  const start = distortedStart(trial, subject.crystal, conditions);
  const problem = cellProblem(start.cell);
  if (problem) throw new Error(`the distorted cell is none: ${problem}`);
  const { end, course, missed } = yield* treated(trial, start, subject, conditions);
  const verdicts = judged(end, trial, subject);
  return {
    seed: seedOf(conditions, trial),
    end: end.cell.map(value => rounded(value, 6)),
    ...(trial.noise === 'lattice' ? {} : { fract: Array.from(fractOf(end.sites), x => rounded(x, 6)) }),
    ...course,
    ...verdicts,
    ...(missed && !isRecovered({ ...trial, ...verdicts }) ? { missed: missed() } : {}),
  };
}

/** Runs the treatment of a trial. */
function* treated(
  trial: Trial,
  start: Crystal,
  subject: TrialSubject,
  conditions: Conditions,
): Generator<void, Ended> {
  const { setting } = trial;
  if (setting === 'distorted') return { end: start, course: STAYED };
  if (setting === 'projected') return { end: projectedStart(start, subject), course: STAYED };
  const search = searchOf(setting);
  if (search) return yield* searched(search, trial, start, subject, conditions);
  return trial.noise === 'lattice'
    ? yield* cellDescent(trial, setting as DescentMode, start, subject, conditions)
    : yield* coordinateDescent(trial, start, subject, conditions);
}

const projectedStart = (start: Crystal, { structure }: TrialSubject): Crystal => ({
  ...start,
  cell: projectCell(familyOf(structure.family), start.cell),
});

interface Ended {
  readonly end: Crystal;
  readonly course: Course;
  /** Reason of an end that is not the truth, in a search. */
  readonly missed?: () => MissedBy;
}

function* searched(
  search: StudySearch,
  trial: Trial,
  start: Crystal,
  subject: TrialSubject,
  conditions: Conditions,
): Generator<void, Ended> {
  // another sequence than the one that distorted the crystal
  const seed = trialSeed(seedOf(conditions, trial), 'starts');
  const found = yield* searchSteps(search, trial, start, subject, seed);
  const { end, loss, steps, evaluations, starts, agree, atLimit } = found;
  const last = rounded(loss, 8);
  return {
    end,
    course: { ...STAYED, last, best: last, bestStep: steps, steps, evaluations, starts, agree },
    missed: () => missedBy(trial, end, subject, atLimit),
  };
}

function* cellDescent(
  trial: Trial,
  mode: DescentMode,
  start: Crystal,
  subject: TrialSubject,
  { maxIterations, stopGain, stopWindow }: Conditions,
): Generator<void, Ended> {
  const objective = subject.overCell(trial.loss!);
  const state = startDescent(
    {
      start: start.cell,
      mode,
      space: { kind: 'full' },
      reading: 'full',
      family: subject.structure.family,
      learningRate: trial.learningRate!,
      maxIterations,
      stopGain,
      stopWindow,
      momentum: 0,
    },
    objective,
  );
  const first = state.loss;
  if (!Number.isFinite(first)) throw new Error('the loss has no value at the start');
  while (!state.stopped) {
    for (let k = 0; k < STRIDE; k++) stepDescent(state, objective);
    yield;
  }
  const end = { ...start, cell: [...state.cell] as unknown as Cell };
  return { end, course: courseOf(state, first, isTwoCycle(state)) };
}

function* coordinateDescent(
  trial: Trial,
  start: Crystal,
  subject: TrialSubject,
  { maxIterations, stopGain, stopWindow }: Conditions,
): Generator<void, Ended> {
  const objective = subject.overCoordinates(trial.loss!);
  const plan = {
    start: fractOf(start.sites),
    learningRate: trial.learningRate!,
    maxIterations,
    stopGain,
    stopWindow,
  };
  const state = startVectorDescent(plan, objective);
  const first = state.loss;
  if (!Number.isFinite(first)) throw new Error('the loss has no value at the start');
  while (!state.stopped) {
    for (let k = 0; k < STRIDE; k++) stepVectorDescent(state, objective);
    yield;
  }
  const sites: Site[] = movedSites(start.sites, state.at);
  return { end: { ...start, sites }, course: courseOf(state, first, false) };
}

const courseOf = (
  state: { loss: number; bestLoss: number; bestStep: number; step: number; stopped: StopReason | null },
  first: number,
  twoCycle: boolean,
): Course => ({
  first: rounded(first, 8),
  last: rounded(state.loss, 8),
  best: rounded(state.bestLoss, 8),
  bestStep: state.bestStep,
  steps: state.step,
  stop: state.stopped,
  twoCycle,
});

/** Verdict on the structure at the end. */
function judged(
  end: Crystal,
  trial: Trial,
  subject: TrialSubject,
): Pick<TrialResult, 'cosine' | 'match' | 'unscaled' | 'off' | 'amd' | 'emd'> {
  const reduced = reduceCrystal(end);
  const distances = pointwiseDistances(end);
  const { length, angle } = offBy(end.cell, subject.crystal.cell);
  return {
    cosine: rounded(cosineSimilarity(end, trial, subject), 8),
    match: verdict(matchReduced(subject.reduced, reduced)),
    unscaled: verdict(matchReduced(subject.reduced, reduced, { ...MATCH_OPTIONS, scale: false })),
    off: [rounded(length, 6), rounded(angle, 4)],
    amd: rounded(chebyshevDistance(subject.amd, averageMinimumDistances(distances)), 6),
    emd: rounded(pointwiseDistance(subject.distances, distances), 6),
  };
}

function cosineSimilarity(end: Crystal, { noise }: Trial, subject: TrialSubject): number {
  if (noise === 'lattice')
    return -subject.overCell('cosine')(Float64Array.from(end.cell), new Float64Array(6));
  if (noise === 'both') return -subject.atoms().lossAt(subject.atoms().judged(end.cell, end.sites));
  const fract = fractOf(end.sites);
  return -subject.overCoordinates('cosine')(fract, new Float64Array(fract.length));
}

const short = (value: number | null): number | null => (value === null ? null : rounded(value, 5));

const verdict = ({
  end,
  length,
  angle,
  rms,
  maximum,
  volumeRatio,
  freeLength,
}: MatchReport): TrialVerdict => ({
  end,
  length: short(length),
  angle: short(angle),
  rms: short(rms),
  maximum: short(maximum),
  volumeRatio: rounded(volumeRatio, 6),
  freeLength: rounded(freeLength, 6),
});
