import type { TrialRecord } from '../../study/record.ts';
import type { Trial } from '../../study/trialKey.ts';
import { isAbort } from '../engine.ts';
import { WorkerBridge, type WorkerPort } from '../worker/bridge.ts';
import { shareOut } from '../worker/shareOut.ts';
import type { StudyMethods, StudyProblem } from './studyProtocol.ts';

/** Workers that run trials. Which worker runs which trial does not show in the results. */
export class StudyPool {
  private readonly bridges: readonly WorkerBridge<StudyMethods, StudyProblem>[];
  private problem: StudyProblem | null = null;
  private problemId = 0;

  constructor(spawn: () => WorkerPort<StudyMethods, StudyProblem>, size: number) {
    this.bridges = Array.from({ length: size }, () => new WorkerBridge<StudyMethods, StudyProblem>(spawn));
  }

  get size(): number {
    return this.bridges.length;
  }

  /**
   * Runs trials and hands on each record as it comes. A worker that breaks down fails its trial alone; the next trial
   * starts a fresh one. Rejects with AbortError when the signal fires.
   */
  run(
    problem: StudyProblem,
    trials: readonly Trial[],
    signal: AbortSignal,
    onRecord: (record: TrialRecord) => void,
    onStart: (trial: Trial) => void,
  ): Promise<void> {
    if (problem !== this.problem) {
      this.problem = problem;
      this.problemId++;
    }
    const id = this.problemId;
    return shareOut(this.bridges, trials.length, 1, { signal }, async (bridge, first, _count, stop) => {
      const trial = trials[first]!;
      onStart(trial);
      try {
        onRecord(await bridge.call('trial', id, problem, { trial }, { signal: stop }));
      } catch (error) {
        if (isAbort(error)) throw error;
        onRecord({ ...trial, failure: (error as Error).message });
      }
    });
  }

  dispose(): void {
    for (const bridge of this.bridges) bridge.terminate();
  }
}

/** The pool of this browser: one worker a core, at most eight. */
export function spawnStudyPool(cores = navigator.hardwareConcurrency || 2): StudyPool {
  const spawn = (): WorkerPort<StudyMethods, StudyProblem> =>
    new Worker(new URL('./study.worker.ts', import.meta.url), { type: 'module' }) as unknown as WorkerPort<
      StudyMethods,
      StudyProblem
    >;
  return new StudyPool(spawn, Math.max(1, Math.min(8, cores)));
}
