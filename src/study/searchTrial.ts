import type { Crystal } from '../matching/periodicSet.ts';
import { STRICT } from '../recovery/basins.ts';
import type { Freedom } from '../recovery/ladder.ts';
import { type RecoveryPlan, recoverySteps } from '../recovery/recovery.ts';
import type { MissedBy } from './record.ts';
import { AGREE } from './recoveryTrial.ts';
import type { StudySearch } from './searches.ts';
import type { TrialSubject } from './subject.ts';
import type { Trial } from './trialKey.ts';

/** End of a search beyond the paper. */
export interface SearchEnded {
  readonly end: Crystal;
  /** What was minimised, at the answer. */
  readonly loss: number;
  /** Steps that were accepted, all starts together. */
  readonly steps: number;
  readonly evaluations: number;
  readonly starts: number;
  readonly agree: number;
  /** The answer stands at a limit of the search. */
  readonly atLimit: boolean;
}

type Answer = Omit<SearchEnded, 'steps'>;

/** Runs a search from a distorted copy, pausing at every step. The true crystal takes part as a pattern alone. */
export function* searchSteps(
  search: StudySearch,
  trial: Trial,
  start: Crystal,
  subject: TrialSubject,
): Generator<void, SearchEnded> {
  const { starts, freedom } = search;
  const run = continued(subject, start, { freedom, spread: trial.sigma, starts });
  for (let steps = 0; ; steps++) {
    const { done, value } = run.next();
    if (done) return { ...value, steps };
    yield;
  }
}

function* continued(
  { continuation, crystal: { sites } }: TrialSubject,
  start: Crystal,
  plan: { readonly freedom: Freedom; readonly spread: number; readonly starts: number },
): Generator<unknown, Answer> {
  const agree = plan.starts > 1 ? AGREE : null;
  const whole: RecoveryPlan = { ...plan, start: start.cell, agree };
  const { verdict, ends, evaluations } = yield* recoverySteps(continuation(), whole);
  const [best] = verdict.basins;
  if (!best) throw new Error('no start has a pattern');
  return {
    end: { cell: best.cell, sites },
    loss: best.loss,
    evaluations,
    starts: ends.length,
    agree: verdict.agree,
    atLimit: best.atBound.length > 0,
  };
}

/** Reason why the end of a search is not the true crystal as it was given. */
export function missedBy({ cell }: Crystal, { crystal, settings }: TrialSubject, atLimit: boolean): MissedBy {
  const relation = settings().relation(crystal.cell, cell, STRICT);
  if (relation === 'same') return 'setting';
  if (relation === 'sameLattice') return 'pseudoSymmetry';
  return atLimit ? 'limit' : 'basin';
}
