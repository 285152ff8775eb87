import { parentPort, workerData } from 'node:worker_threads';
import type { Cell } from '../crystal/cell.ts';
import type { Structure } from '../crystal/structure.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import type { RecoveryTarget } from '../recovery/stage.ts';
import { type AtomSubject, type AtomTrial, atomSubject, atomTrialSteps } from '../study/atomTrial.ts';
import {
  type RecoverySubject,
  type RecoveryTrial,
  recoverySubject,
  recoveryTrialSteps,
} from '../study/recoveryTrial.ts';

/** Data given to a thread at its start. */
export interface RecoverThread {
  readonly trials: readonly (RecoveryTrial | AtomTrial)[];
  readonly structures: ReadonlyMap<string, Structure>;
  readonly instrument: Instrument;
  /** Null: the pattern of the crystal itself. */
  readonly target: RecoveryTarget | null;
  /** Start of one's own; null: distorted copies. */
  readonly start: Cell | null;
}

const { trials, structures, instrument, target, start } = workerData as RecoverThread;
const subjects = new Map<string, RecoverySubject>();
const atomSubjects = new Map<string, AtomSubject>();

function subjectOf(id: string): RecoverySubject {
  const made = subjects.get(id) ?? recoverySubject(structures.get(id)!, instrument, target);
  subjects.set(id, made);
  return made;
}

function atomSubjectOf(id: string): AtomSubject {
  const made = atomSubjects.get(id) ?? atomSubject(structures.get(id)!, instrument);
  atomSubjects.set(id, made);
  return made;
}

parentPort?.on('message', (index: number) => {
  const trial = trials[index]!;
  const steps =
    'coordinates' in trial
      ? atomTrialSteps(trial, atomSubjectOf(trial.structure))
      : recoveryTrialSteps(trial, subjectOf(trial.structure), start);
  for (;;) {
    const { done, value } = steps.next();
    if (!done) continue;
    parentPort?.postMessage({ index, line: JSON.stringify(value) });
    return;
  }
});
