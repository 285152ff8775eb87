import { abortError, type RunOptions } from '../engine.ts';

/**
 * Splits n items into calls of `size` items; each worker takes the next call when it is done with its last, so that
 * long ones do not hold up the rest. The first failing call cancels the others and is the reason of the rejection.
 */
export async function shareOut<W>(
  workers: readonly W[],
  n: number,
  size: number,
  options: RunOptions,
  run: (worker: W, first: number, count: number, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  if (options.signal?.aborted) throw abortError();
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  let next = 0;
  let done = 0;
  const work = async (worker: W): Promise<void> => {
    while (next < n) {
      const first = next;
      const count = Math.min(size, n - first);
      next += count;
      await run(worker, first, count, signal);
      done += count;
      options.onProgress?.(done, n);
    }
  };
  try {
    await Promise.all(workers.map(work));
  } catch (error) {
    stop.abort();
    throw error;
  }
}
