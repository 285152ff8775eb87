import { abortError, type Problem } from '../engine.ts';
import { type CallOptions, Pool } from '../pool.ts';
import type { ArgsOf, ProgressOf, ResultOf } from '../protocol.ts';
import type { TableOf } from '../tables.ts';
import type { WorkerPort } from '../thread.ts';

type GpuMethods = TableOf<'webgl'>;

/** A worker that says nothing for this long is taken for dead. Programs may take seconds to compile on some drivers. */
export const DEADLINE_MS = 30_000;

/** The worker of this call is gone with its context; what it had not answered has to be asked again. */
export class GpuLost extends Error {
  override readonly name = 'GpuLost';
  constructor() {
    super('the GPU context was lost');
  }
}

/**
 * The GPU worker and its replacement: when the context is lost or the worker falls silent, it is terminated and a
 * fresh one started, and the calls under way reject with GpuLost.
 */
export class GpuLink {
  recoveries = 0;
  private readonly spawn: () => WorkerPort;
  private readonly deadline: number;
  private readonly onLost: (text: string) => void;
  private worker: Pool;
  private disposed = false;

  constructor(spawn: () => WorkerPort, onLost: (text: string) => void, deadline = DEADLINE_MS) {
    this.spawn = spawn;
    this.onLost = onLost;
    this.deadline = deadline;
    this.worker = this.start();
  }

  async call<M extends keyof GpuMethods>(
    method: M,
    problem: Problem,
    args: ArgsOf<GpuMethods[M]>,
    { signal, onProgress }: CallOptions<ProgressOf<GpuMethods[M]>> = {},
  ): Promise<ResultOf<GpuMethods[M]>> {
    if (this.disposed) throw abortError();
    const { worker } = this;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const alive = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => this.replace(worker, 'The GPU worker did not answer'), this.deadline);
    };
    alive();
    try {
      return await worker.call('webgl', method, problem as never, args, {
        signal,
        onProgress: value => {
          alive();
          onProgress?.(value);
        },
      });
    } catch (error) {
      if (this.disposed || signal?.aborted) throw abortError();
      if ((error as Error).name === 'ContextLost') this.replace(worker, 'The GPU context was lost');
      if (worker !== this.worker) throw new GpuLost();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Calls under way reject with AbortError. */
  dispose(): void {
    this.disposed = true;
    this.worker.dispose();
  }

  private replace(old: Pool, what: string): void {
    if (this.disposed || old !== this.worker) return;
    this.worker = this.start();
    this.recoveries++;
    old.dispose();
    this.onLost(`${what}; a new one carries on.`);
  }

  /** A thread of its own, which is never idle for the pool, nor killed in the middle of a draw that cannot yield. */
  private start(): Pool {
    return new Pool(this.spawn, 1, { stop: this.deadline }, 1);
  }
}
