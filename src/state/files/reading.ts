import { dismiss, notify } from '../core/notices.ts';

/** A file that takes longer to read is given up, ms. */
const DEADLINE = 60_000;
/** Reading that takes longer is told of, with a way to cancel it, ms. */
const PATIENCE = 400;
const ID = 'reading';

/**
 * Waits for a thread that reads a file: told of where it takes long, cancelled by the user or at the deadline.
 * @param what the file, to follow "Reading"
 * @returns what the thread makes of it; rejects with AbortError where the user cancelled, else with a sentence
 */
export async function reading<T>(what: string, read: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const told = setTimeout(
    () =>
      notify({
        id: ID,
        tone: 'info',
        text: `Reading ${what}.`,
        actions: [{ label: 'Cancel', run: () => stop.abort() }],
      }),
    PATIENCE,
  );
  const late = setTimeout(
    () => stop.abort(new Error(`it takes longer than ${DEADLINE / 1000} s to read and is given up`)),
    DEADLINE,
  );
  try {
    return await read(stop.signal);
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    clearTimeout(told);
    clearTimeout(late);
    dismiss(ID);
  }
}
