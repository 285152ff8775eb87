import { parentPort, workerData } from 'node:worker_threads';
import type { Structure } from '../crystal/structure.ts';
import { type StudyPlan, trialsOf } from '../study/plan.ts';
import { recordLine } from '../study/studyFile.ts';
import { trialRunner } from '../study/trialRunner.ts';

/** Data given to a thread at its start. */
export interface StudyThread {
  readonly plan: StudyPlan;
  readonly structures: ReadonlyMap<string, Structure>;
}

const { plan, structures } = workerData as StudyThread;
const trials = trialsOf(plan);
const run = trialRunner(structures, plan.conditions);

parentPort?.on('message', (index: number) => {
  parentPort?.postMessage({ index, line: recordLine(run(trials[index]!)) });
});
