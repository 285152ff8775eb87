import type { Structure } from '../../crystal/structure.ts';
import { isAbort } from '../../engine/engine.ts';
import { runTrials } from '../../engine/runTrials.ts';
import { planProblem, type StudyPlan, trialsOf } from '../../study/plan.ts';
import { isFinished, type TrialRecord } from '../../study/record.ts';
import { mergeStudies, type Study } from '../../study/studyFile.ts';
import { type Trial, trialId } from '../../study/trialKey.ts';
import { loadStructure } from '../loadStructure.ts';
import { notify } from '../store.ts';
import { keepPlan, keepRecords } from './studyDb.ts';
import { type StudyRun, studyStore } from './studyStore.ts';

/** New results reach the charts this often, ms: each redraws everything. */
const SHOW_EVERY = 500;

let stop: AbortController | null = null;

/** Starts a plan, or goes on with it: trials that are there already are not run again. */
export async function startStudy(plan: StudyPlan): Promise<void> {
  const problem = planProblem(plan);
  if (problem) return notify({ id: 'study', tone: 'error', text: `The study cannot run: ${problem}.` });
  const own = studyStore.getState().own;
  try {
    // Hears that the conditions agree before anything is computed.
    const kept = own
      ? mergeStudies(
          [{ conditions: plan.conditions, records: [] }, own],
          ['the plan', 'what this device keeps'],
        )
      : null;
    await run(plan, kept ?? { conditions: plan.conditions, records: [] });
  } catch (error) {
    if (!isAbort(error)) fail(plan, (error as Error).message);
  }
}

/** Stops computing and keeps everything; `startStudy` with the same plan goes on. */
export function pauseStudy(): void {
  stop?.abort();
  patch({ status: 'paused', now: null, remaining: null });
}

/** Gives the plan up; its results stay. */
export async function cancelStudy(): Promise<void> {
  const current = studyStore.getState().run;
  const running = stop;
  stop = null;
  running?.abort();
  studyStore.setState({ run: null });
  if (current) await keepPlan(null, current.plan.conditions);
}

async function run(plan: StudyPlan, study: Study): Promise<void> {
  stop?.abort();
  const control = new AbortController();
  stop = control;
  const trials = trialsOf(plan);
  const done = new Map(
    study.records.filter(isFinished).map(record => [trialId(record), record as TrialRecord]),
  );
  const open = trials.filter(trial => !done.has(trialId(trial)));
  const total = trials.filter(({ loss }) => loss).length;
  const before = total - open.filter(({ loss }) => loss).length;
  const show = (change: Partial<StudyRun> = {}): void =>
    studyStore.setState({
      own: { conditions: plan.conditions, records: [...kept.values()] },
      run: {
        plan,
        status: 'running',
        done: trials.length - open.length + finished,
        total: trials.length,
        doneDescents: before + descents,
        totalDescents: total,
        now: latest,
        ...forecast(),
        message: null,
        ...change,
      },
    });
  const kept = new Map(study.records.map(record => [trialId(record), record]));
  let [finished, descents] = [0, 0];
  let latest: Trial | null = null;
  const began = performance.now();
  const forecast = (): Pick<StudyRun, 'secondsPerDescent' | 'remaining'> => {
    const elapsed = performance.now() - began;
    if (descents < 4) return { secondsPerDescent: null, remaining: null };
    const left = total - before - descents;
    return { secondsPerDescent: elapsed / 1000 / descents, remaining: (elapsed / descents) * left };
  };
  await keepPlan(plan, plan.conditions);
  show();
  const structures = await structuresOf(plan, control.signal);
  let unsaved: TrialRecord[] = [];
  let shown = performance.now();
  const save = async (): Promise<void> => {
    const batch = unsaved;
    unsaved = [];
    if (batch.length) await keepRecords(batch);
  };
  let saving: Promise<void> = Promise.resolve();
  try {
    await runTrials(
      { structures, conditions: plan.conditions },
      open,
      control.signal,
      record => {
        kept.set(trialId(record), record);
        unsaved.push(record);
        finished++;
        if (record.loss) descents++;
        const now = performance.now();
        if (now - shown < SHOW_EVERY || control.signal.aborted) return;
        shown = now;
        saving = saving.then(save);
        show();
      },
      trial => {
        if (trial.loss) latest = trial;
      },
    );
  } finally {
    await saving.then(save);
    latest = null;
    if (stop === control) show({ status: control.signal.aborted ? 'paused' : 'finished', remaining: null });
    else if (stop === null)
      studyStore.setState({ own: { conditions: plan.conditions, records: [...kept.values()] } });
  }
}

async function structuresOf(plan: StudyPlan, signal: AbortSignal): Promise<Map<string, Structure>> {
  const loaded = await Promise.all(
    plan.structures.map(async id => [id, await loadStructure(id, signal)] as const),
  );
  return new Map(loaded);
}

const patch = (change: Partial<StudyRun>): void =>
  studyStore.setState(({ run: current }) => (current ? { run: { ...current, ...change } } : {}));

function fail(plan: StudyPlan, message: string): void {
  const { run: current } = studyStore.getState();
  if (current?.plan === plan) patch({ status: 'failed', message, now: null, remaining: null });
  else notify({ id: 'study', tone: 'error', text: `The study cannot run: ${message}` });
}
