import { Worker } from 'node:worker_threads';

/** A thread does not inherit the loader of TypeScript: it registers its own, then goes on to its entry. */
const BOOT = `
  const { workerData } = require('node:worker_threads');
  import(workerData.loader)
    .then(({ register }) => register())
    .then(() => import(workerData.entry))
    .catch(error => setImmediate(() => { throw error; }));
`;

/**
 * Runs trials on threads and hands their lines on in the order of `indices`, whatever order they finish in.
 * @param entry file of a thread: it is sent the index of a trial and answers with { index, line }
 * @param data workerData of each thread
 * Rejects when a thread breaks down; a trial that throws is a record like any other.
 */
export async function runOnThreads(
  entry: URL,
  data: object,
  indices: readonly number[],
  count: number,
  onLine: (line: string, index: number) => void,
): Promise<void> {
  const waiting = new Map<number, string>();
  let next = 0;
  let written = 0;
  const flush = (): void => {
    for (; written < indices.length; written++) {
      const line = waiting.get(indices[written]!);
      if (line === undefined) return;
      waiting.delete(indices[written]!);
      onLine(line, indices[written]!);
    }
  };
  const threads: Worker[] = [];
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const thread = new Worker(BOOT, {
        eval: true,
        workerData: { ...data, loader: import.meta.resolve('tsx/esm/api'), entry: entry.href },
      });
      threads.push(thread);
      const ask = (): void => {
        if (next < indices.length) thread.postMessage(indices[next++]!);
        else resolve();
      };
      thread.on('message', ({ index, line }: { index: number; line: string }) => {
        waiting.set(index, line);
        try {
          flush();
        } catch (error) {
          // such as a full disk
          return reject(error);
        }
        ask();
      });
      thread.once('error', reject);
      thread.once('exit', code => reject(new Error(`a thread ended early with code ${code}`)));
      ask();
    });
  try {
    await Promise.all(Array.from({ length: Math.min(count, indices.length) }, work));
  } finally {
    await Promise.all(threads.map(thread => thread.terminate()));
  }
}
