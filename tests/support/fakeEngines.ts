import { vi } from 'vitest';
import { AnalysisPool } from '../../src/engine/analysisPool.ts';
import type { EvaluateOptions, Evaluation, LossProblem, RunOptions } from '../../src/engine/engine.ts';
import type { Engines } from '../../src/engine/engines.ts';
import type { StrategyCall, StrategyEnds } from '../../src/engine/methods/analysis.ts';
import type { StudyProblem } from '../../src/engine/methods/study.ts';
import * as runner from '../../src/engine/runTrials.ts';
import { shareEngines } from '../../src/state/explore/sharedEngines.ts';
import type { TrialRecord } from '../../src/study/record.ts';
import type { Trial } from '../../src/study/trialKey.ts';
import { deferred } from './deferred.ts';

/** The engines of the page, whose evaluations wait for the test. */
export function fakeEngines() {
  const evaluations = deferred<
    [problem: LossProblem, cells: Float64Array, options: EvaluateOptions],
    Evaluation
  >();
  const cpu = {
    kind: 'worker',
    device: 'the test',
    evaluate: evaluations.method,
    patterns: async (problem: LossProblem, cells: Float64Array) =>
      new Float64Array((problem.target.length * cells.length) / 6).fill(1),
  };
  shareEngines({
    cpu,
    walkersOnGpu: null,
    timesWalkers: () => false,
    chooseWalkers: () => ({ where: 'cpu', reason: 'The test computes.' }),
    choose: () => ({ engine: cpu, reason: 'The test computes.' }),
  } as unknown as Engines);
  return evaluations;
}

/** A page that may start threads; none is asked for. */
const stubCores = (): unknown => vi.stubGlobal('navigator', { hardwareConcurrency: 2 });

type EndsOptions = RunOptions & { readonly onPart?: (first: number, part: StrategyEnds) => void };

/** The pool of descents from many starts, whose calls wait for the test. */
export function fakeEnds() {
  const ends = deferred<
    [problem: LossProblem, call: StrategyCall, starts: Float64Array, options: EndsOptions],
    StrategyEnds
  >();
  stubCores();
  vi.spyOn(AnalysisPool.prototype, 'ends').mockImplementation((problem, call, starts, options = {}) =>
    ends.method(problem, call, starts, options),
  );
  return ends;
}

/** Ends of n descents, all at one cell. */
export const endsAt = (cell: readonly number[], n: number): StrategyEnds => ({
  cells: Float64Array.from({ length: 6 * n }, (_, i) => cell[i % 6]!),
  losses: new Float64Array(n),
  steps: new Float64Array(n).fill(10),
  bouncing: new Uint8Array(n),
});

/** The pool of trials, whose runs wait for the test. */
export function fakeTrials() {
  const runs = deferred<
    [
      problem: StudyProblem,
      trials: readonly Trial[],
      signal: AbortSignal,
      onRecord: (record: TrialRecord) => void,
      onStart: (trial: Trial) => void,
    ],
    void
  >();
  stubCores();
  vi.spyOn(runner, 'runTrials').mockImplementation((problem, trials, signal, onRecord, onStart) =>
    runs.method(problem, trials, signal, onRecord, onStart),
  );
  return runs;
}
