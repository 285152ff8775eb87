import { trialStepper } from '../../study/trialRunner.ts';
import type { MethodTable } from '../worker/serve.ts';
import type { StudyMethods, StudyProblem } from './studyProtocol.ts';

/** The runner of each run, so that crystals are prepared once. */
const steppers = new WeakMap<StudyProblem, ReturnType<typeof trialStepper>>();

export const STUDY_METHODS: MethodTable<StudyMethods, StudyProblem> = {
  async trial(problem, { trial }, { breathe }) {
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
