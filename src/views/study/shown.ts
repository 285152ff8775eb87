import type { LossId } from '../../losses/loss.ts';
import type { DescentMode } from '../../optimise/modes.ts';
import type { StudyInputs } from '../../state/study/studySettings.ts';
import { type FinishedTrial, isFinished, type TrialRecord } from '../../study/record.ts';
import { SETTINGS, type Setting } from '../../study/trialKey.ts';

/** The part of a study that the page shows: one noise kind and loss, the baselines beside the descents. */
export interface Shown {
  readonly levels: readonly number[];
  readonly settings: readonly Setting[];
  readonly trials: readonly FinishedTrial[];
  /** Trials that threw, of the noise kind shown. */
  readonly failures: number;
  /** Choices that the results allow. */
  readonly losses: readonly LossId[];
  readonly rates: readonly number[];
  readonly structures: readonly string[];
}

type View = Pick<StudyInputs, 'noise' | 'shownLoss' | 'shownRate'>;

/** Filters a study's records for the page. The loss falls back to the first that the records have. */
export function shownOf(records: readonly TrialRecord[], view: View): Shown {
  const noisy = records.filter(({ noise }) => noise === view.noise);
  const finished = noisy.filter(isFinished);
  const losses = distinct(finished.flatMap(({ loss }) => (loss ? [loss] : [])));
  const loss = losses.includes(view.shownLoss) ? view.shownLoss : losses[0];
  const ofLoss = finished.filter(trial => trial.loss === loss);
  const rates = distinct(ofLoss.map(({ learningRate }) => learningRate!)).sort((p, q) => p - q);
  const chosen = new Map(SETTINGS.map(setting => [setting, rateOf(ofLoss, setting, view.shownRate)]));
  const trials = finished.filter(
    trial => trial.loss === null || (trial.loss === loss && trial.learningRate === chosen.get(trial.setting)),
  );
  return {
    levels: distinct(trials.map(({ sigma }) => sigma)).sort((p, q) => p - q),
    settings: SETTINGS.filter(setting => trials.some(trial => trial.setting === setting)),
    trials,
    failures: noisy.length - finished.length,
    losses,
    rates,
    structures: distinct(trials.map(({ structure }) => structure)),
  };
}

/** The rate asked for where the setting was run with it, otherwise the one with most trials. */
function rateOf(
  trials: readonly FinishedTrial[],
  setting: Setting,
  asked: number | null,
): number | undefined {
  const counts = new Map<number, number>();
  for (const trial of trials)
    if (trial.setting === setting)
      counts.set(trial.learningRate!, (counts.get(trial.learningRate!) ?? 0) + 1);
  if (asked !== null && counts.has(asked)) return asked;
  return [...counts].sort((p, q) => q[1] - p[1])[0]?.[0];
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];

/** The level of the results nearest to the one asked for. */
export const nearestLevel = (levels: readonly number[], level: number): number | null =>
  levels.reduce<number | null>(
    (best, value) => (best === null || Math.abs(value - level) < Math.abs(best - level) ? value : best),
    null,
  );

export const isDescent = (setting: Setting): setting is DescentMode =>
  setting !== 'distorted' && setting !== 'projected';
