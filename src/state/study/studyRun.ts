import type { Structure } from '../../crystal/structure.ts';
import { runTrials } from '../../engine/runTrials.ts';
import { planProblem, type StudyPlan, trialsOf } from '../../study/plan.ts';
import { isFinished, type TrialRecord } from '../../study/record.ts';
import { requireSame, type Study } from '../../study/studyFile.ts';
import { type Trial, trialId } from '../../study/trialKey.ts';
import { job } from '../core/job.ts';
import { notify } from '../core/notices.ts';
import { IDLE } from '../core/progress.ts';
import { keptIfAllowed } from '../files/database.ts';
import { loadStructure } from '../files/loadStructure.ts';
import { savePlan, saveRecords } from './studyDb.ts';
import { type StudyRun, study } from './studySlice.ts';

/** New results reach the charts this often, ms: each redraws everything. */
const SHOW_EVERY = 500;

const patch = (change: Partial<StudyRun>): void =>
  study.set(({ run }) => ({ run: run && { ...run, ...change } }));

/** Starts a plan, or goes on with it: trials that are there already are not run again. */
export async function startStudy(plan: StudyPlan): Promise<void> {
  const refuse = (reason: string): void =>
    notify({ id: 'study', tone: 'error', text: `The study cannot run: ${reason}` });
  const problem = planProblem(plan);
  if (problem) return refuse(`${problem}.`);
  const { own } = study.get();
  try {
    // Before anything is computed.
    if (own) requireSame(plan.conditions, own.conditions, 'what this device keeps');
    study.set({
      own: own ?? { conditions: plan.conditions, records: [] },
      run: plannedRun(plan, own?.records ?? []),
    });
  } catch (error) {
    return refuse((error as Error).message);
  }
  await studyJob.start();
}

/** Stops computing and keeps everything; `startStudy` with the same plan goes on. */
export function pauseStudy(): void {
  studyJob.cancel();
  patch({ now: null });
}

/** Gives the plan up; its results stay. */
export async function cancelStudy(): Promise<void> {
  const { run } = study.get();
  studyJob.reset();
  study.set({ run: null });
  if (run) await keptIfAllowed(savePlan(null, run.plan.conditions));
}

const descentsOf = (trials: readonly Trial[]): number => trials.filter(({ loss }) => loss).length;

/** Progress of a plan with these results; one that cannot be run has no trials. */
export function plannedRun(plan: StudyPlan, records: readonly TrialRecord[]): StudyRun {
  const trials = planProblem(plan) ? [] : trialsOf(plan);
  const finished = new Set(records.filter(isFinished).map(trialId));
  const done = trials.filter(trial => finished.has(trialId(trial)));
  return {
    ...IDLE,
    plan,
    done: done.length,
    total: trials.length,
    doneDescents: descentsOf(done),
    totalDescents: descentsOf(trials),
    now: null,
    secondsPerDescent: null,
  };
}

const studyJob = job<{ run: StudyRun; own: Study }, [], StudyRun>({
  args: ({ study: { run, own } }) => run && own && { run, own },
  async run({ run: begun, own }, { signal, report }) {
    const { plan } = begun;
    const kept = new Map(own.records.map(record => [trialId(record), record]));
    const isOpen = (trial: Trial): boolean => {
      const record = kept.get(trialId(trial));
      return !record || !isFinished(record);
    };
    const open = trialsOf(plan).filter(isOpen);
    let [finished, descents] = [0, 0];
    let now: Trial | null = null;
    let unsaved: TrialRecord[] = [];
    let saving: Promise<void> = Promise.resolve();
    const save = (): Promise<void> =>
      (saving = saving.then(async () => {
        const batch = unsaved;
        unsaved = [];
        if (batch.length) await keptIfAllowed(saveRecords(batch));
      }));
    const began = performance.now();
    let shown = began;
    const counts = (): Pick<StudyRun, 'done' | 'doneDescents'> => ({
      done: begun.done + finished,
      doneDescents: begun.doneDescents + descents,
    });
    const show = (): void => {
      shown = performance.now();
      const pace = descents < 4 ? null : (shown - began) / descents;
      study.set({ own: { conditions: plan.conditions, records: [...kept.values()] } });
      report({
        ...counts(),
        now,
        secondsPerDescent: pace && pace / 1000,
        remaining: pace && pace * (begun.totalDescents - begun.doneDescents - descents),
      });
    };
    report({ total: begun.total, done: begun.done });
    await keptIfAllowed(savePlan(plan, plan.conditions));
    const structures = await structuresOf(plan, signal);
    try {
      await runTrials(
        { structures, conditions: plan.conditions },
        open,
        signal,
        record => {
          kept.set(trialId(record), record);
          unsaved.push(record);
          finished++;
          if (record.loss) descents++;
          if (performance.now() - shown < SHOW_EVERY || signal.aborted) return;
          void save();
          show();
        },
        trial => {
          if (trial.loss) now = trial;
        },
      );
    } finally {
      await save();
      now = null;
      const { run } = study.get();
      // A run that took this one's place counts for itself; what came after a pause or the end still counts here.
      if (!run) study.set({ own: { conditions: plan.conditions, records: [...kept.values()] } });
      else if (!signal.aborted) show();
      else if (run.status === 'cancelled' && run.plan === plan) {
        study.set({ own: { conditions: plan.conditions, records: [...kept.values()] } });
        patch(counts());
      }
    }
  },
  into: patch,
});

async function structuresOf(plan: StudyPlan, signal: AbortSignal): Promise<Map<string, Structure>> {
  const loaded = await Promise.all(
    plan.structures.map(async id => [id, await loadStructure(id, signal)] as const),
  );
  return new Map(loaded);
}
