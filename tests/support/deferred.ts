/** A call that waits until the test answers it. */
export interface Pending<A extends readonly unknown[], R> {
  readonly args: A;
  resolve(result: R): void;
  reject(error: Error): void;
}

/**
 * A method of an engine whose calls wait for the test. It does not look at an AbortSignal, like a worker whose answer is
 * already on its way when the signal fires.
 */
export function deferred<A extends readonly unknown[], R>(): {
  readonly calls: Pending<A, R>[];
  readonly method: (...args: A) => Promise<R>;
} {
  const calls: Pending<A, R>[] = [];
  const method = (...args: A): Promise<R> =>
    new Promise((resolve, reject) => calls.push({ args, resolve, reject }));
  return { calls, method };
}

/** Resolves once all that is due by promises alone has happened. */
export const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
