import { gzipSync, strFromU8, strToU8 } from 'fflate';
import { plainFile } from '../../formats/fileBytes.ts';
import { FormatError } from '../../formats/result.ts';
import { mergeStudies, readStudy, type Study, studyText } from '../../study/studyFile.ts';
import { notify } from '../core/notices.ts';
import { deleteStudy, loadStudy, savePlan, saveRecords } from './studyDb.ts';
import { cancelStudy, plannedRun } from './studyRun.ts';
import { type ShippedNote, study } from './studySlice.ts';

const FOLDER = 'study/';

/** Bytes of a study file, compressed or not: servers may unpack a .gz on the way. @throws a sentence */
export function studyOfBytes(bytes: Uint8Array, name: string): Study {
  try {
    return readStudy(strFromU8(plainFile(name, bytes).bytes), name);
  } catch (error) {
    throw error instanceof FormatError ? new Error(`${name}: ${error.message}`) : error;
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
    const studies = await Promise.all(
      note.files.map(async name =>
        studyOfBytes(new Uint8Array(await (await fetched(name)).arrayBuffer()), name),
      ),
    );
    study.set({ shipped: mergeStudies(studies, note.files), note });
  } catch (error) {
    study.set({
      shippedFailure: `The shipped results could not be read: ${(error as Error).message}`,
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
    notify({
      id: 'study',
      tone: 'warning',
      text: `This browser keeps no results between visits: ${(error as Error).message}`,
    });
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
    const read = await Promise.all(
      files.map(async file => studyOfBytes(new Uint8Array(await file.arrayBuffer()), file.name)),
    );
    const { own } = study.get();
    const merged = mergeStudies(
      [...(own ? [own] : []), ...read],
      [...(own ? ['what this device keeps'] : []), ...files.map(({ name }) => name)],
    );
    const before = own?.records.length ?? 0;
    await saveRecords(merged.records);
    const { run } = study.get();
    await savePlan(run?.plan ?? null, merged.conditions);
    study.set({ own: merged });
    const added = merged.records.length - before;
    notify({ id: 'study', tone: 'info', text: `${added} ${added === 1 ? 'trial' : 'trials'} added.` });
  } catch (error) {
    notify({ id: 'study', tone: 'error', text: `Nothing was added: ${(error as Error).message}.` });
  }
}
