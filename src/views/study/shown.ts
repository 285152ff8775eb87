import { useEffect, useMemo } from 'react';
import type { LossId } from '../../losses/loss.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { openStudy } from '../../state/study/studyFiles.ts';
import type { StudyInputs } from '../../state/study/studySettings.ts';
import { type FinishedTrial, isFinished, type TrialRecord } from '../../study/record.ts';
import type { Study } from '../../study/studyFile.ts';
import { type Criterion, type Rate, rateOf } from '../../study/summary.ts';
import { type StudyMethod, TREATMENTS, type Treatment, trialId } from '../../study/trialKey.ts';

/** The part of a study that the page shows: one noise kind and loss, the baselines beside the descents. */
export interface Shown {
  readonly levels: readonly number[];
  readonly settings: readonly Treatment[];
  readonly trials: readonly FinishedTrial[];
  /** Messages of the trials that threw, of the noise kind shown. */
  readonly failures: readonly string[];
  /** Choices that the results allow. */
  readonly losses: readonly LossId[];
  readonly rates: readonly number[];
  readonly structures: readonly string[];
}

type View = Pick<StudyInputs, 'noise' | 'shownLoss' | 'shownRate'>;

/**
 * Filters a study's records for the page. The loss falls back to the first that the records have; searches beyond the paper
 * stand beside its cosine.
 */
export function shownOf(records: readonly TrialRecord[], view: View): Shown {
  const noisy = records.filter(({ noise }) => noise === view.noise);
  const finished = noisy.filter(isFinished);
  const losses = distinct(finished.flatMap(({ loss, learningRate }) => (loss && learningRate ? [loss] : [])));
  const loss = losses.includes(view.shownLoss) ? view.shownLoss : (losses[0] ?? 'cosine');
  const ofLoss = finished.filter(trial => trial.loss === loss && trial.learningRate);
  const rates = distinct(ofLoss.map(({ learningRate }) => learningRate!)).sort((p, q) => p - q);
  const chosen = new Map(
    TREATMENTS.map(setting => [setting, learningRateOf(ofLoss, setting, view.shownRate)]),
  );
  const trials = finished.filter(
    trial =>
      trial.loss === null ||
      (trial.learningRate === null
        ? loss === 'cosine'
        : trial.loss === loss && trial.learningRate === chosen.get(trial.setting)),
  );
  return {
    levels: distinct(trials.map(({ sigma }) => sigma)).sort((p, q) => p - q),
    settings: TREATMENTS.filter(setting => trials.some(trial => trial.setting === setting)),
    trials,
    failures: noisy.flatMap(record => (isFinished(record) ? [] : [record.failure])),
    losses,
    rates,
    structures: distinct(trials.map(({ structure }) => structure)),
  };
}

/** The rate asked for where the setting was run with it, otherwise the one with most trials. */
function learningRateOf(
  trials: readonly FinishedTrial[],
  setting: Treatment,
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

/** "8" or "8–12": the smallest and the largest of some counts. */
export function countRange(counts: readonly number[]): string {
  const [low, high] = [Math.min(...counts), Math.max(...counts)];
  return counts.length === 0 ? '0' : low === high ? `${low}` : `${low}–${high}`;
}

/** Share of some trials that succeed with one setting. */
export interface SettingRate {
  readonly setting: Treatment;
  readonly rate: Rate;
}

/** Rates of those settings that some trials have. */
export const ratesOf = (
  trials: readonly FinishedTrial[],
  settings: readonly Treatment[],
  criterion: Criterion,
): SettingRate[] =>
  settings.flatMap(setting => {
    const group = trials.filter(trial => trial.setting === setting);
    return group.length ? [{ setting, rate: rateOf(group, criterion) }] : [];
  });

export const isDescent = (setting: Treatment): setting is StudyMethod =>
  setting !== 'distorted' && setting !== 'projected';

/** The study that the page shows: the shipped results or this device's; null while there is none. */
export function useShownStudy(): Study | null {
  useEffect(() => void openStudy(), []);
  const source = useBraggscape(state => state.inputs.study.source);
  const shipped = useBraggscape(state => state.study.shipped);
  const own = useBraggscape(state => state.study.own);
  return source === 'own' ? own : shipped;
}

const NONE: Study['records'] = [];

/** Its records as far as the page shows them, and the level that the panels look at. */
export function useShown(): { study: Study | null; shown: Shown; level: number | null } {
  const study = useShownStudy();
  const { noise, shownLoss, shownRate, level } = useBraggscape(state => state.inputs.study);
  const records = study?.records ?? NONE;
  const shown = useMemo(
    () => shownOf(records, { noise, shownLoss, shownRate }),
    [records, noise, shownLoss, shownRate],
  );
  return { study, shown, level: nearestLevel(shown.levels, level) };
}

export interface Selected {
  readonly trial: FinishedTrial;
  readonly study: Study;
}

/** The trial that is looked at; null where the results shown do not have it. */
export function useSelected(): Selected | null {
  const study = useShownStudy();
  const selected = useBraggscape(state => state.study.selected);
  return useMemo(() => {
    const trial = study?.records.find(record => trialId(record) === selected);
    return study && trial && isFinished(trial) ? { trial, study } : null;
  }, [study, selected]);
}
