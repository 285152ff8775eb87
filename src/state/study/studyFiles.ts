import { gzipSync, strToU8 } from 'fflate';
import { isAbort } from '../../engine/engine.ts';
import { nextTask } from '../../engine/nextTask.ts';
import { pagePool } from '../../engine/pool.ts';
import { reasonOf } from '../../num/reasonOf.ts';
import type { TrialRecord } from '../../study/record.ts';
import { mergeSteps, type Study, studyText } from '../../study/studyFile.ts';
import { notify } from '../core/notices.ts';
import { keptIfAllowed, storageFailure, tellUnkept } from '../files/database.ts';
import { reading } from '../files/reading.ts';
import { deleteStudy, loadStudy, savePlan, saveRecords } from './studyDb.ts';
import { cancelStudy, plannedRun } from './studyRun.ts';
import { type ShippedNote, study } from './studySlice.ts';

const FOLDER = 'study/';

/** Study files as one, read and merged in a thread. */
async function studyIn(
  files: readonly { readonly file: Blob; readonly name: string }[],
  signal?: AbortSignal,
): Promise<Study> {
  const records: TrialRecord[] = [];
  const conditions = await pagePool().call(
    'files',
    'study',
    null,
    { files },
    {
      signal,
      solid: true,
      onProgress: group => records.push(...group),
      onRestart: () => {
        records.length = 0;
      },
    },
  );
  return { conditions, records };
}

/** A step of the page, ms. */
const STEP_MS = 12;

/** A study with what this device keeps of it, put together in steps between which the page is drawn. */
async function withOwn(read: Study, name: string): Promise<Study> {
  for (;;) {
    const { own } = study.get();
    if (!own) return read;
    const steps = mergeSteps([own, read], ['what this device keeps', name]);
    let step = steps.next();
    while (!step.done) {
      const end = performance.now() + STEP_MS;
      while (!step.done && performance.now() < end) step = steps.next();
      await nextTask();
    }
    // A study that runs may have come further.
    if (study.get().own === own) return step.value;
  }
}

export const studyBytes = (study: Study): Uint8Array<ArrayBuffer> =>
  gzipSync(strToU8(studyText(study)), { level: 9, mtime: 0 }) as Uint8Array<ArrayBuffer>;

let started: Promise<void> | null = null;

/** Fetches the shipped results and what this device keeps; once. */
export const openStudy = (): Promise<void> =>
  (started ??= Promise.all([readShipped(), readSaved()]).then(() => {}));

async function readShipped(): Promise<void> {
  try {
    const note = (await (await fetched('index.json')).json()) as ShippedNote;
    const files = await Promise.all(
      note.files.map(async name => ({ name, file: await (await fetched(name)).blob() })),
    );
    study.set({ shipped: await studyIn(files), note });
  } catch (error) {
    study.set({
      shippedFailure: `The shipped results could not be read: ${reasonOf(error)}`,
    });
    // Another visit of the page tries again.
    started = null;
  }
}

async function fetched(name: string): Promise<Response> {
  const response = await fetch(new URL(FOLDER + name, document.baseURI));
  if (!response.ok) throw new Error(`${name} (${response.status})`);
  return response;
}

async function readSaved(): Promise<void> {
  try {
    const { plan, conditions, records, unread } = await loadStudy();
    study.set({ unread });
    if (!conditions || study.get().run) return study.set({ ready: true });
    const run = plan && plannedRun(plan, records);
    study.set({
      ready: true,
      own: records.length ? { conditions, records } : null,
      run: run && { ...run, status: run.done === run.total ? 'done' : 'cancelled' },
    });
  } catch (error) {
    study.set({ ready: true });
    tellUnkept(storageFailure(error));
  }
}

/** Lets go of everything that this device keeps of the study; `keptStudyText` has it first. */
export async function forgetStudy(): Promise<void> {
  await cancelStudy();
  await deleteStudy();
  study.set({ own: null, selected: null, unread: 0 });
}

/** Lets go of what is kept and cannot be read; the rest stays. */
export async function forgetUnread(): Promise<void> {
  const { own, run } = study.get();
  await deleteStudy();
  if (own) {
    await saveRecords(own.records);
    await savePlan(run?.plan ?? null, own.conditions);
  }
  study.set({ unread: 0 });
}

/** Adds files to what this device keeps. Nothing changes when one of them is refused. */
export async function mergeFiles(files: readonly File[]): Promise<void> {
  try {
    const what = files.length === 1 ? files[0]!.name : `${files.length} files`;
    const read = await reading(what, signal =>
      studyIn(
        files.map(file => ({ file, name: file.name })),
        signal,
      ),
    );
    const merged = await withOwn(read, what);
    const before = study.get().own?.records.length ?? 0;
    await keptIfAllowed(saveRecords(merged.records));
    const { run } = study.get();
    await keptIfAllowed(savePlan(run?.plan ?? null, merged.conditions));
    study.set({ own: merged });
    const added = merged.records.length - before;
    notify({ id: 'study', tone: 'info', text: `${added} ${added === 1 ? 'trial' : 'trials'} added.` });
  } catch (error) {
    if (!isAbort(error))
      notify({ id: 'study', tone: 'error', text: `Nothing was added: ${(error as Error).message}.` });
  }
}
