import type { Structure } from '../../crystal/structure.ts';
import type { Conditions } from '../../study/plan.ts';
import type { TrialRecord } from '../../study/record.ts';
import type { Trial } from '../../study/trialKey.ts';

/** What the trials of a run share; a worker keeps it with everything prepared from it. */
export interface StudyProblem {
  readonly structures: ReadonlyMap<string, Structure>;
  readonly conditions: Conditions;
}

/** What the study worker can do. */
export interface StudyMethods {
  trial: { args: { trial: Trial }; progress: never; result: TrialRecord };
}
