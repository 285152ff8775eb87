import { isAbort } from '../../engine/engine.ts';
import { reasonOf } from '../../num/reasonOf.ts';
import { follow } from './follow.ts';
import { forecast, IDLE, type Progress } from './progress.ts';
import { type State, store } from './store.ts';

/** Runs one job at a time: a new one cancels the last, whose results are then ignored. */
export class Latest {
  private controller: AbortController | null = null;

  /** Cancels what runs and returns the signal of the new job. */
  next(): AbortSignal {
    this.controller?.abort();
    this.controller = new AbortController();
    return this.controller.signal;
  }

  cancel(): void {
    this.controller?.abort();
    this.controller = null;
  }
}

/** Arguments of a run of a job. */
export interface RunContext<P extends Progress = Progress> {
  /** Fires when the run is cancelled or a newer one takes its place. */
  readonly signal: AbortSignal;
  /** Reports how far it is; ignored once the signal has fired. The forecast follows from `done` and `total` where none is given. */
  report(change: Partial<P>): void;
}

export interface JobOptions<A, T extends readonly unknown[], P extends Progress> {
  /** Values that the result depends on: a change starts the job anew while it is followed. Without it a job is started by hand. */
  readonly select?: (state: State) => readonly [...T];
  /** Subject of a run; null where there is nothing to compute, which also ends what is under way. */
  readonly args: (state: State) => A | null;
  /** Computes, and writes results into the store: after each wait only where the signal has not fired. */
  readonly run: (args: A, task: RunContext<P>) => Promise<void>;
  /** Writes the progress into the slice it belongs to. */
  readonly into?: (progress: P) => void;
  /** Effect of a failure besides being told by the progress. */
  readonly failed?: (message: string) => void;
  /** Called where `args` finds nothing to compute, and while a change waits for calm. */
  readonly rest?: (state: State) => unknown;
  /** A change starts it when no other has followed for so long, ms: what moves under a slider comes first. */
  readonly calm?: number;
  /**
   * Lets every run end and starts the newest request after it: under a moving slider every finished picture is shown,
   * where cancelling would starve. A number: one that takes longer than that, ms, gives way all the same.
   */
  readonly coalesce?: boolean | number;
}

export interface Job {
  /** Starts a run with the present state; the one under way gives way to it. Resolves when it has ended, never rejects. */
  start(): Promise<void>;
  /** Stops what is under way; results so far stay. */
  cancel(): void;
  /** Stops what is under way and forgets how far it was. */
  reset(): void;
  /** Keeps the result up to date with the state from now on. Returns the way to stop. */
  follow(): () => void;
}

/** A computation for the store of which one run is under way at a time: the newest wins, a failure is a sentence. */
export function job<A, T extends readonly unknown[] = [], P extends Progress = Progress>(
  options: JobOptions<A, T, P>,
): Job {
  const {
    select = () => [] as unknown as T,
    args,
    run,
    into,
    failed,
    rest,
    calm = 0,
    coalesce = false,
  } = options;
  const latest = new Latest();
  let progress = IDLE as P;
  let running = false;
  let begun = 0;
  let queued = false;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  /** Ends what is under way and what waits. */
  const drop = (): void => {
    latest.cancel();
    queued = false;
    clearTimeout(waiting);
  };

  const show = (next: P): void => {
    progress = next;
    into?.(next);
  };

  const fail = (error: unknown): void => {
    const message = reasonOf(error);
    show({ ...progress, status: 'failed', remaining: null, message });
    failed?.(message);
  };

  const attempt = async (given: A): Promise<void> => {
    const signal = latest.next();
    const started = performance.now();
    begun = started;
    /** The pace counts from the first that is done: what came before is starting up. */
    let first = { done: 0, at: started };
    const report = (change: Partial<P>): void => {
      if (signal.aborted) return;
      const next = { ...progress, ...change };
      const now = performance.now();
      if (first.done === 0 || next.done < first.done) first = { done: next.done, at: now };
      const { remaining = forecast(next.done - first.done, next.total - first.done, now - first.at) } =
        change;
      show({ ...next, remaining });
    };
    // What failed before stays to be read until the newest is done.
    show({ ...(IDLE as P), status: 'computing', message: coalesce ? progress.message : null });
    try {
      await run(given, { signal, report });
      signal.throwIfAborted();
      if (queued) return;
      const { total } = progress;
      const elapsed = performance.now() - started;
      show({ ...progress, status: 'done', done: total, remaining: null, elapsed, message: null });
    } catch (error) {
      if (!signal.aborted && !isAbort(error)) fail(error);
    }
  };

  /** Present subject; null, with the job at rest, where there is nothing. */
  const wanted = (): A | null => {
    try {
      const given = args(store.getState());
      if (given !== null) return given;
      rest?.(store.getState());
    } catch (error) {
      fail(error);
    }
    return null;
  };

  const start = async (): Promise<void> => {
    if (!coalesce) {
      latest.cancel();
      const given = wanted();
      if (given !== null) await attempt(given);
      else if (progress.status === 'computing') show(IDLE as P);
      return;
    }
    queued = true;
    if (running) {
      if (typeof coalesce === 'number' && performance.now() - begun > coalesce) latest.cancel();
      return;
    }
    running = true;
    while (queued) {
      queued = false;
      const given = wanted();
      if (given !== null) await attempt(given);
      else if (progress.status === 'computing') show(IDLE as P);
    }
    running = false;
  };

  const cancel = (): void => {
    drop();
    if (progress.status === 'computing') show({ ...progress, status: 'cancelled', remaining: null });
  };

  return {
    start,
    cancel,
    reset() {
      drop();
      show(IDLE as P);
    },
    follow() {
      const stop = follow(select, () => {
        if (calm === 0) return void start();
        if (!coalesce) latest.cancel();
        clearTimeout(waiting);
        waiting = setTimeout(start, calm);
        rest?.(store.getState());
      });
      return () => {
        stop();
        drop();
      };
    },
  };
}
