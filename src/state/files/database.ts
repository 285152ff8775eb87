import type { DBSchema } from 'idb';
import type { Structure } from '../../crystal/structure.ts';
import type { MeasuredPattern } from '../../formats/measuredPattern.ts';
import { type Checks, isNumber, isText, wrongField } from '../../num/fields.ts';
import { reasonOf } from '../../num/reasonOf.ts';
import { deviceDatabase } from '../core/deviceDatabase.ts';
import { notify } from '../core/notices.ts';

/** Store of this device: crystals too large for a link, measured patterns, recent work. */
interface Stored extends DBSchema {
  crystals: { key: string; value: Structure };
  patterns: { key: string; value: MeasuredPattern };
  recent: { key: string; value: RecentWork; indexes: { when: number } };
}

/** A state of the page to come back to. */
export interface RecentWork {
  readonly id: string;
  /** ms since 1970. */
  readonly when: number;
  readonly title: string;
  /** The fragment of its link. */
  readonly link: string;
}

const RECENT: Checks<RecentWork> = {
  id: isText(1000),
  when: isNumber,
  title: isText(1000),
  link: isText(100_000),
};

type Store = 'crystals' | 'patterns' | 'recent';

const database = deviceDatabase<Stored>('braggscape', db => {
  db.createObjectStore('crystals');
  db.createObjectStore('patterns');
  db.createObjectStore('recent', { keyPath: 'id' }).createIndex('when', 'when');
});

/** Why something cannot be kept, as a sentence to follow "… is not kept on this device: ". */
export function storageFailure(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'QuotaExceededError') return 'the storage that the browser allows is full';
  if (
    name === 'SecurityError' ||
    name === 'InvalidStateError' ||
    name === 'ReferenceError' ||
    name === 'TypeError'
  )
    return 'the browser lets this page keep nothing';
  return reasonOf(error);
}

let told = false;

/** Says once that what is done here is not kept, and why. */
export function tellUnkept(reason: string): void {
  if (told) return;
  told = true;
  notify({
    id: 'storage',
    tone: 'info',
    text: `Recent work and results are not kept for another visit: ${reason}. A project or study file keeps them.`,
  });
}

/** Waits for a write that may be refused, which is said once. */
export const keptIfAllowed = (writing: Promise<unknown>): Promise<void> =>
  writing.then(
    () => {},
    error => tellUnkept(storageFailure(error)),
  );

/** Keeps a value; null when it is kept, else the reason why not. Never rejects. */
export async function saveEntry<S extends Store>(
  store: S,
  value: Stored[S]['value'],
  key?: string,
): Promise<string | null> {
  try {
    await (await database()).put(store, value, key);
    return null;
  } catch (error) {
    return storageFailure(error);
  }
}

/** A kept value; undefined where there is none, or nothing can be kept. */
export async function savedEntry<S extends Store>(
  store: S,
  key: string,
): Promise<Stored[S]['value'] | undefined> {
  try {
    return await (await database()).get(store, key);
  } catch {
    return undefined;
  }
}

export async function deleteEntry(store: Store, key: string): Promise<void> {
  try {
    await (await database()).delete(store, key);
  } catch {
    // Nothing can be kept, so nothing is.
  }
}

/** Recent work, newest first; a reason where it cannot be read. */
export async function recentWork(): Promise<readonly RecentWork[] | string> {
  try {
    const works = await (await database()).getAllFromIndex('recent', 'when');
    return works.filter(work => wrongField(work, RECENT) === null).reverse();
  } catch (error) {
    return storageFailure(error);
  }
}
