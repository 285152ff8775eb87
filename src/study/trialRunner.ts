import type { Structure } from '../crystal/structure.ts';
import type { NoiseKind } from '../noise/noise.ts';
import { reasonOf } from '../num/reasonOf.ts';
import type { Conditions } from './plan.ts';
import type { TrialRecord } from './record.ts';
import { subjectOf, type TrialSubject } from './subject.ts';
import { trialSteps } from './trial.ts';
import type { Trial } from './trialKey.ts';

/** The subjects of a run, prepared when the first trial asks for them; a few are kept. */
const KEPT = 12;

/** Trials one after the other, pausing on the way; a structure that cannot be prepared fails its trials alone. */
export function trialStepper(
  structures: ReadonlyMap<string, Structure>,
  conditions: Conditions,
): (trial: Trial) => Generator<void, TrialRecord> {
  const prepared = new Map<string, TrialSubject>();
  const subject = (id: string, noise: NoiseKind): TrialSubject => {
    const key = `${noise}/${id}`;
    const found = prepared.get(key);
    if (found) return found;
    const structure = structures.get(id);
    if (!structure) throw new Error(`the crystal ${id} is missing`);
    const made = subjectOf(structure, noise, conditions);
    prepared.set(key, made);
    for (const old of prepared.keys()) if (prepared.size > KEPT) prepared.delete(old);
    return made;
  };
  return function* stepper(trial) {
    let ready: TrialSubject;
    try {
      ready = subject(trial.structure, trial.noise);
    } catch (error) {
      return { ...trial, failure: reasonOf(error) };
    }
    return yield* trialSteps(trial, ready, conditions);
  };
}

/** `trialStepper` without pauses. */
export function trialRunner(
  structures: ReadonlyMap<string, Structure>,
  conditions: Conditions,
): (trial: Trial) => TrialRecord {
  const stepper = trialStepper(structures, conditions);
  return trial => {
    const steps = stepper(trial);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  };
}
