import { LOSSES } from '../losses/registry.ts';
import type { MatchEnd } from '../matching/matcher.ts';
import {
  type Check,
  type Checks,
  isCount,
  isEither,
  isFlag,
  isList,
  isNumber,
  isOneOf,
  isShaped,
  isText,
  wrongField,
} from '../num/fields.ts';
import type { StopReason } from '../optimise/stopRule.ts';
import { type Conditions, planProblem, type Series, type StudyPlan } from './plan.ts';
import type { MissedBy, TrialFailure, TrialResult, TrialVerdict } from './record.ts';
import { TREATMENTS, type Trial } from './trialKey.ts';

/** Longest name of a crystal, and message of a failure. */
const [MOST_NAME, MOST_MESSAGE] = [200, 10_000];
/** Coordinates of a crystal. */
const MOST_COORDINATES = 30_000;

const MATCH_ENDS: readonly MatchEnd[] = [
  'composition',
  'reduction',
  'siteCount',
  'lattice',
  'sites',
  'match',
];
const STOPS: readonly StopReason[] = ['converged', 'maxIterations', 'leftDomain'];
const MISSES: readonly MissedBy[] = ['setting', 'pseudoSymmetry', 'limit', 'basin'];

/** The first treatments, which are no series. */
const BASELINES = 2;

const isLoss = isOneOf(LOSSES.map(({ id }) => id));
const isNoise = isOneOf(['lattice', 'coordinates', 'both']);
/** Charts add and scale what they show: far below where that overflows, far above any result. */
const isResult: Check = value => isNumber(value) && Math.abs(value as number) <= 1e9;
const isAmount: Check = value => isResult(value) && (value as number) >= 0;
const resultOrNull = isEither(null, isResult);
const name = isText(MOST_NAME);

const TRIAL: Checks<Trial> = {
  structure: name,
  noise: isNoise,
  sigma: isAmount,
  variant: isCount,
  setting: isOneOf(TREATMENTS),
  loss: isEither(null, isLoss),
  learningRate: resultOrNull,
};

const isVerdict = isShaped<TrialVerdict>({
  end: isOneOf(MATCH_ENDS),
  length: resultOrNull,
  angle: resultOrNull,
  rms: resultOrNull,
  maximum: resultOrNull,
  volumeRatio: isAmount,
  freeLength: isAmount,
});

const RESULT: Checks<TrialResult> = {
  seed: isCount,
  end: isList(isResult, 6, 6),
  fract: isEither(undefined, isList(isResult, 0, MOST_COORDINATES)),
  first: resultOrNull,
  last: resultOrNull,
  best: resultOrNull,
  bestStep: isCount,
  steps: isCount,
  stop: isEither(null, isOneOf(STOPS)),
  twoCycle: isFlag,
  cosine: isResult,
  match: isVerdict,
  unscaled: isVerdict,
  off: isList(isAmount, 2, 2),
  amd: isAmount,
  emd: isAmount,
  evaluations: isEither(undefined, isCount),
  starts: isEither(undefined, isCount),
  agree: isEither(undefined, isCount),
  missed: isEither(undefined, isOneOf(MISSES)),
};

const FAILURE: Checks<TrialFailure> = { failure: isText(MOST_MESSAGE) };

/** Field of a trial's record that is missing or not what it should be; null for a record. */
export function wrongInRecord(value: unknown): string | null {
  const wrong = wrongField(value, TRIAL);
  if (wrong !== null) return wrong;
  if ('failure' in (value as object)) return wrongField(value, FAILURE);
  return wrongField(value, RESULT) ?? (searchIsWhole(value as TrialResult) ? null : 'evaluations');
}

/** What a search counts is there together or not at all. */
const searchIsWhole = ({ evaluations, starts, agree }: TrialResult): boolean =>
  new Set([evaluations, starts, agree].map(count => count === undefined)).size === 1;

const CONDITIONS: Checks<Conditions> = {
  seed: isCount,
  maxIterations: isCount,
  stopGain: isResult,
  stopWindow: isCount,
  cells: isOneOf(['primitive', 'conventional']),
  mseMaxIndex: resultOrNull,
};

export const wrongInConditions = (value: unknown): string | null => wrongField(value, CONDITIONS);

const PLAN: Checks<StudyPlan> = {
  conditions: isShaped(CONDITIONS),
  structures: isList(name, 1, 1000),
  noise: isNoise,
  levels: isList(isAmount, 1, 1000),
  series: isList(
    isShaped<Series>({
      loss: isLoss,
      mode: isOneOf(TREATMENTS.slice(BASELINES)),
      learningRate: resultOrNull,
    }),
    0,
    1000,
  ),
  variants: isCount,
  firstVariant: isCount,
};

/** True for a plan that can be run. */
export const isPlan = (value: unknown): value is StudyPlan =>
  wrongField(value, PLAN) === null && planProblem(value as StudyPlan) === null;
