import { reasonOf } from '../num/reasonOf.ts';
import type { TrialRecord } from '../study/record.ts';
import type { Trial } from '../study/trialKey.ts';
import { isAbort } from './engine.ts';
import type { StudyProblem } from './methods/study.ts';
import { pagePool } from './pool.ts';

/**
 * Runs trials and hands on each record as it comes. Which thread runs which trial does not show in the results. A trial
 * that breaks down its threads fails alone. Rejects with AbortError when the signal fires.
 */
export function runTrials(
  problem: StudyProblem,
  trials: readonly Trial[],
  signal: AbortSignal,
  onRecord: (record: TrialRecord) => void,
  onStart: (trial: Trial) => void,
  pool = pagePool(),
): Promise<void> {
  const run = async (first: number, _count: number, stop: AbortSignal): Promise<void> => {
    const trial = trials[first]!;
    onStart(trial);
    try {
      onRecord(
        await pool.call('study', 'trial', problem, { trial }, { signal: stop, urgency: 'background' }),
      );
    } catch (error) {
      if (isAbort(error)) throw error;
      onRecord({ ...trial, failure: reasonOf(error) });
    }
  };
  return pool.shareOut(trials.length, 1, { signal }, run, pool.size);
}
