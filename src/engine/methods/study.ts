import type { Structure } from '../../crystal/structure.ts';
import type { Conditions } from '../../study/plan.ts';
import type { TrialRecord } from '../../study/record.ts';
import type { Trial } from '../../study/trialKey.ts';
import { trialStepper } from '../../study/trialRunner.ts';
import type { CallContext } from '../protocol.ts';

/** Conditions that the trials of a run share; a worker keeps it with everything prepared from it. */
export interface StudyProblem {
  readonly structures: ReadonlyMap<string, Structure>;
  readonly conditions: Conditions;
}

/** The runner of each run, so that crystals are prepared once. */
const steppers = new WeakMap<StudyProblem, ReturnType<typeof trialStepper>>();

export const METHODS = {
  async trial(
    problem: StudyProblem,
    { trial }: { trial: Trial },
    { breathe }: CallContext,
  ): Promise<TrialRecord> {
    const stepper = steppers.get(problem) ?? trialStepper(problem.structures, problem.conditions);
    steppers.set(problem, stepper);
    const steps = stepper(trial);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
      await breathe();
    }
  },
};
