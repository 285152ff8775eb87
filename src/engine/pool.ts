import { abortError, type RunOptions } from './engine.ts';
import { pagePort } from './pagePort.ts';
import type { ArgsOf, CachedOf, ProgressOf, ResultOf, Urgency } from './protocol.ts';
import type { TableName, TableOf } from './tables.ts';
import { type Patience, SILENT, startWorker, Thread, type ThreadTask, type WorkerPort } from './thread.ts';

export interface CallOptions<P = never> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((value: P) => void) | undefined;
  /** The thread was lost and the call begins anew: progress told so far is void. */
  readonly onRestart?: (() => void) | undefined;
  /** 'shown' when left out. */
  readonly urgency?: Urgency;
  /** It computes in one piece, so that nothing else should wait behind it. */
  readonly solid?: boolean;
}

export interface PoolTimes extends Patience {
  /** Idle threads end after this, ms. */
  readonly idle: number;
}

/** A call is given up when it has lost this many threads. */
export const ATTEMPTS = 3;

const TIMES: PoolTimes = { idle: 10_000, ping: 10_000, stop: 3000 };

/**
 * Threads that all subjects share, at most `size` of them. They start when there is work for them and end when they have
 * been idle for a while, all but one, so that the next move of a slider need not wait for a thread to start. Calls go out
 * at once, to the thread where the fewest of their urgency are under way; there they take turns and make room for more
 * urgent ones. A thread that is lost, with or without a word, is replaced and its work done again. Where none can be had,
 * the page itself computes, if that was allowed.
 */
export class Pool {
  size: number;
  /** True where no thread was to be had and the page computes. */
  isOnPage = false;
  /** Hears of it, with the reason. */
  onNoThreads: (reason: string) => void = () => {};
  private start: () => WorkerPort;
  private readonly onPage: (() => WorkerPort) | null;
  /** Threads in a row that could not be started or never answered. */
  private stillborn = 0;
  private readonly times: PoolTimes;
  private readonly attempts: number;
  /** With what ends those that are idle. */
  private readonly threads = new Map<Thread, ReturnType<typeof setTimeout> | null>();
  private disposed = false;

  /** @param onPage starts the last resort: a thread's side on the page itself */
  constructor(
    start: () => WorkerPort,
    size: number,
    times: Partial<PoolTimes> = {},
    attempts = ATTEMPTS,
    onPage: (() => WorkerPort) | null = null,
  ) {
    this.start = start;
    this.onPage = onPage;
    this.size = size;
    this.times = { ...TIMES, ...times };
    this.attempts = attempts;
  }

  /** Threads alive. */
  get alive(): number {
    return this.threads.size;
  }

  /** Starts all threads and fetches what a subject needs, before there is work. The first call says what fails. */
  warmUp(subject: TableName): void {
    try {
      while (this.threads.size < this.size) {
        const thread = this.begin();
        thread.prepare(subject);
        this.restOf(thread);
      }
    } catch {
      // told by `place`
    }
  }

  /**
   * Runs a method in a thread.
   * @param kept what the method is about: sent to a thread once and kept there
   */
  call<S extends TableName, M extends keyof TableOf<S> & string>(
    subject: S,
    method: M,
    cached: CachedOf<TableOf<S>[M]>,
    args: ArgsOf<TableOf<S>[M]>,
    options: CallOptions<ProgressOf<TableOf<S>[M]>> = {},
  ): Promise<ResultOf<TableOf<S>[M]>> {
    const { urgency = 'shown', solid = false, signal, onProgress, onRestart } = options;
    if (signal?.aborted || this.disposed) return Promise.reject(abortError());
    return new Promise((resolve, reject) => {
      const settled = (): void => {
        tracked.over = true;
        signal?.removeEventListener('abort', onAbort);
      };
      const tracked: Tracked = {
        over: false,
        attempts: 0,
        cancel: () => {},
        restarted: () => onRestart?.(),
        subject,
        method,
        cached: cached as object | null,
        args,
        urgency,
        solid,
        progress: value => onProgress?.(value as never),
        resolve: value => {
          settled();
          resolve(value as never);
        },
        reject: error => {
          settled();
          reject(error);
        },
      };
      const onAbort = (): void => {
        tracked.cancel();
        tracked.reject(abortError());
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.place(tracked);
    });
  }

  /**
   * Splits n items into calls of `size` items, so that threads finish together. The first failing call cancels the others
   * and is the reason of the rejection.
   * @param lanes calls under way at most
   */
  async shareOut(
    n: number,
    size: number,
    options: RunOptions,
    run: (first: number, count: number, signal: AbortSignal) => Promise<void>,
    lanes = this.size,
  ): Promise<void> {
    if (options.signal?.aborted) throw abortError();
    const stop = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
    let next = 0;
    let done = 0;
    const work = async (): Promise<void> => {
      while (next < n) {
        const first = next;
        const count = Math.min(size, n - first);
        next += count;
        await run(first, count, signal);
        done += count;
        options.onProgress?.(done, n);
      }
    };
    try {
      await Promise.all(Array.from({ length: lanes }, work));
    } catch (error) {
      stop.abort();
      throw error;
    }
  }

  /** Lets all threads forget what calls were about. */
  forget(cached: object): void {
    for (const thread of this.threads.keys()) thread.forget(cached);
  }

  /** Ends all threads; calls under way and later ones reject with AbortError. */
  dispose(): void {
    this.disposed = true;
    for (const thread of [...this.threads.keys()])
      for (const task of this.end(thread)) task.reject(abortError());
  }

  private place(task: Tracked): void {
    let thread: Thread;
    try {
      thread = this.threadFor(task);
    } catch (error) {
      this.stillborn++;
      this.again([task], (error as Error).message, true);
      return;
    }
    clearTimeout(this.threads.get(thread) ?? undefined);
    this.threads.set(thread, null);
    task.cancel = thread.run(task);
  }

  /** @throws when a thread is needed and cannot be started */
  private threadFor(task: Tracked): Thread {
    let best: Thread | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const thread of this.threads.keys()) {
      const { before, behind } = thread.load(task.urgency);
      const cost = 100 * before + 2 * behind + +!thread.isReadyFor(task);
      if (cost < least) [best, least] = [thread, cost];
    }
    // The pointer does not wait for a thread to start where it only has to interrupt one.
    const serves = best && (best.idle || (task.urgency === 'pointer' && least < 100));
    if (best && (serves || this.threads.size >= this.size)) return best;
    try {
      return this.begin();
    } catch (error) {
      if (best) return best;
      throw error;
    }
  }

  /** @throws when a thread cannot be started */
  private begin(): Thread {
    const thread: Thread = new Thread(
      this.start,
      this.times,
      () => this.restOf(thread),
      (undone, reason, counts) => {
        this.threads.delete(thread);
        this.stillborn = thread.answered ? 0 : this.stillborn + 1;
        // then those that have never answered either are as dead
        const all = !thread.answered && (reason === SILENT || this.stillborn >= ATTEMPTS);
        const left = all ? this.endSilent() : [];
        this.again([...undone, ...left] as unknown as readonly Tracked[], reason, counts);
      },
    );
    this.threads.set(thread, null);
    return thread;
  }

  /** Ends a thread that stays idle, unless it is the last. */
  private restOf(thread: Thread): void {
    const timer = setTimeout(() => {
      if (this.threads.size > 1) this.end(thread);
    }, this.times.idle);
    this.threads.set(thread, timer);
  }

  private end(thread: Thread): readonly ThreadTask[] {
    clearTimeout(this.threads.get(thread) ?? undefined);
    this.threads.delete(thread);
    return thread.end();
  }

  /** Ends the threads that have never answered; what they had to do. */
  private endSilent(): readonly ThreadTask[] {
    const silent = [...this.threads.keys()].filter(thread => !thread.answered);
    this.stillborn += silent.length;
    return silent.flatMap(thread => this.end(thread));
  }

  /** Does again what a lost thread has left. */
  private again(undone: readonly Tracked[], reason: string, counts: boolean): void {
    const moved = this.moveToPage(reason);
    for (const task of undone) {
      if (moved) task.attempts = 0;
      else if (counts) task.attempts++;
      if (task.attempts >= this.attempts) {
        const times = this.attempts > 1 ? ` ${this.attempts} times` : '';
        task.reject(new Error(`The compute worker failed${times}: ${reason}`));
      } else {
        task.restarted();
        // which may be when it is cancelled
        if (!task.over) this.place(task);
      }
    }
  }

  /** Gives up on threads where none begins; false where there is hope. */
  private moveToPage(reason: string): boolean {
    if (!this.onPage || this.isOnPage || this.stillborn < ATTEMPTS || this.threads.size > 0) return false;
    this.start = this.onPage;
    this.size = 1;
    this.isOnPage = true;
    this.onNoThreads(reason);
    return true;
  }
}

/** A call of the pool, which outlives the thread that it is on. */
interface Tracked extends ThreadTask {
  over: boolean;
  attempts: number;
  cancel: () => void;
  restarted(): void;
}

let shared: Pool | null = null;

/** The threads of this page: one a core, at most eight; the page itself idles while they compute. */
export const pagePool = (): Pool =>
  (shared ??= new Pool(
    startWorker,
    Math.max(1, Math.min(8, navigator.hardwareConcurrency || 2)),
    {},
    ATTEMPTS,
    pagePort,
  ));
