import { seededRng } from '../num/rng.ts';
import { pearson, spearman } from '../stats/correlation.ts';
import { jeffreysInterval } from '../stats/jeffreys.ts';
import { mutualInformation } from '../stats/mutualInformation.ts';
import { compareTrials } from './order.ts';
import {
  type FinishedTrial,
  isFinished,
  isMatch,
  isRecovered,
  isUnscaledMatch,
  type MissedBy,
  type TrialRecord,
} from './record.ts';
import type { Trial } from './trialKey.ts';

/** Definition of success: the paper's match, a match without scaling to one volume, or strict recovery. */
export type Criterion = 'match' | 'unscaled' | 'strict';

export const CRITERIA: Readonly<Record<Criterion, (trial: FinishedTrial) => boolean>> = {
  match: isMatch,
  unscaled: isUnscaledMatch,
  strict: isRecovered,
};

/** Successes of n trials with the 95 % Jeffreys interval. */
export interface Rate {
  readonly n: number;
  readonly successes: number;
  readonly share: number;
  readonly interval: readonly [number, number];
}

export function rateOf(trials: readonly FinishedTrial[], criterion: Criterion): Rate {
  const n = trials.length;
  const successes = trials.filter(CRITERIA[criterion]).length;
  return { n, successes, share: successes / n, interval: jeffreysInterval(successes, n) };
}

/** Trials under one condition: same noise, level, setting, loss and learning rate. */
export interface Group {
  readonly condition: Omit<Trial, 'structure' | 'variant'>;
  readonly trials: readonly FinishedTrial[];
  /** Trials that threw; they count in no rate. */
  readonly failures: number;
}

const conditionKey = ({
  noise,
  sigma,
  setting,
  loss,
  learningRate,
}: Omit<Trial, 'structure' | 'variant'>): string => [noise, sigma, setting, loss, learningRate].join('/');

/** The conditions of a study in their fixed order. */
export function groupsOf(records: readonly TrialRecord[]): Group[] {
  const groups = new Map<
    string,
    { condition: Group['condition']; trials: FinishedTrial[]; failures: number }
  >();
  for (const record of records) {
    const { noise, sigma, setting, loss, learningRate } = record;
    const key = conditionKey(record);
    const group = groups.get(key) ?? {
      condition: { noise, sigma, setting, loss, learningRate },
      trials: [],
      failures: 0,
    };
    groups.set(key, group);
    if (isFinished(record)) group.trials.push(record);
    else group.failures++;
  }
  const ranked = (group: Group): Trial => ({ ...group.condition, structure: '', variant: 0 });
  return [...groups.values()].sort((p, q) => compareTrials(ranked(p), ranked(q)));
}

/** Ends of the trials of a condition. */
export interface Ends {
  /** Ends that hop between two cells for ever: 2/λ_max is below the learning rate. */
  readonly twoCycles: number;
  /** Descents that used up their steps. */
  readonly atLimit: number;
  readonly medianSteps: number;
  /** Of the cosine similarity to the truth, whatever was minimised. */
  readonly medianSimilarity: number;
}

/** @param trials at least one */
export function endsOf(trials: readonly FinishedTrial[]): Ends {
  return {
    twoCycles: trials.filter(trial => trial.twoCycle).length,
    atLimit: trials.filter(trial => trial.stop === 'maxIterations').length,
    medianSteps: median(trials.map(trial => trial.steps)),
    medianSimilarity: median(trials.map(trial => trial.cosine)),
  };
}

/** Searches of a condition. */
export interface SearchCounts {
  /** Patterns computed and starts made, mean of a trial. */
  readonly evaluations: number;
  readonly starts: number;
  /** Trials in which several starts agree on an end that is no strict recovery nor the truth in another setting. */
  readonly agreedWrong: number;
  /** Trials without strict recovery by structure and reason. */
  readonly missed: Readonly<Record<string, Readonly<Partial<Record<MissedBy, number>>>>>;
}

/** Null where no search was made. */
export function searchCounts(trials: readonly FinishedTrial[]): SearchCounts | null {
  const searches = trials.filter(trial => trial.evaluations !== undefined);
  if (searches.length === 0) return null;
  // Names come from files: none of them may reach a prototype.
  const missed: Record<string, Partial<Record<MissedBy, number>>> = Object.create(null);
  for (const { structure, missed: by } of searches) {
    if (!by) continue;
    const counts = (missed[structure] ??= {});
    counts[by] = (counts[by] ?? 0) + 1;
  }
  const mean = (value: (trial: FinishedTrial) => number): number =>
    searches.reduce((sum, trial) => sum + value(trial), 0) / searches.length;
  return {
    evaluations: mean(({ evaluations }) => evaluations!),
    starts: mean(({ starts }) => starts!),
    agreedWrong: searches.filter(({ agree, missed: by }) => agree! > 1 && by && by !== 'setting').length,
    missed,
  };
}

/** Of two middle values the mean. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((p, q) => p - q);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
}

/** Distance of two crystals: of their AMD vectors, or of their PDDs by Earth Mover's Distance. Angstrom. */
export type CrystalDistance = 'amd' | 'emd';

/** Association of a loss with a crystal distance over n trials; null where the estimate has no value. */
export interface Correlation {
  readonly n: number;
  /** Nats. Moves with n: values compare at equal n only. */
  readonly mutualInformation: number | null;
  readonly pearson: number | null;
  readonly spearman: number | null;
  /** Why one of them is null, in words. */
  readonly missing: string | null;
}

/** The loss that a trial ends with: of what it minimised, the negative cosine similarity in the baselines. */
export const finalLoss = (trial: FinishedTrial): number => trial.last ?? -trial.cosine;

/** Neighbours of the estimate of mutual information. */
const NEIGHBOURS = 3;

/** Fewer trials give no statistic: two points always lie on a line. */
export const FEWEST = 10;

/** Between the loss at the end and the distance from the truth. Positive where a lower loss means a nearer crystal. */
export function correlationOf(trials: readonly FinishedTrial[], distance: CrystalDistance): Correlation {
  const n = trials.length;
  if (n < FEWEST) {
    const missing = n === 0 ? 'not in these results' : `n = ${n}, fewer than ${FEWEST}`;
    return { n, mutualInformation: null, pearson: null, spearman: null, missing };
  }
  const losses = trials.map(finalLoss);
  const distances = trials.map(trial => trial[distance]);
  const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
  const linear = known(pearson(losses, distances));
  return {
    n,
    // Rounded records tie now and then; scikit-learn breaks ties by noise of 1e-10 of the scale too.
    mutualInformation: mutualInformation(losses, distances, { k: NEIGHBOURS, rng: seededRng(0) }),
    pearson: linear,
    spearman: known(spearman(losses, distances)),
    missing: linear === null ? 'every trial ends alike' : null,
  };
}
