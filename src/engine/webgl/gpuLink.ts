import { abortError, type Problem } from '../engine.ts';
import { WorkerBridge, type WorkerPort } from '../worker/bridge.ts';
import type { GpuMethods } from './gpuProtocol.ts';

/** A worker that says nothing for this long is taken for dead. Programs may take seconds to compile on some drivers. */
export const DEADLINE_MS = 30_000;

/** The worker of this call is gone with its context; what it had not answered has to be asked again. */
export class GpuLost extends Error {
  override readonly name = 'GpuLost';
  constructor() {
    super('the GPU context was lost');
  }
}

interface CallOptions<P> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (value: P) => void;
}

/**
 * The GPU worker and its replacement: when the context is lost or the worker falls silent, it is terminated and a
 * fresh one started, and the calls under way reject with GpuLost.
 */
export class GpuLink {
  recoveries = 0;
  private readonly spawn: () => WorkerPort<GpuMethods>;
  private readonly deadline: number;
  private readonly onLost: (text: string) => void;
  private bridge: WorkerBridge<GpuMethods>;
  private readonly ids = new WeakMap<Problem, number>();
  private nextProblem = 1;
  private disposed = false;

  constructor(spawn: () => WorkerPort<GpuMethods>, onLost: (text: string) => void, deadline = DEADLINE_MS) {
    this.spawn = spawn;
    this.onLost = onLost;
    this.deadline = deadline;
    this.bridge = new WorkerBridge(spawn);
  }

  async call<M extends keyof GpuMethods>(
    method: M,
    problem: Problem,
    args: GpuMethods[M]['args'],
    { signal, onProgress }: CallOptions<GpuMethods[M]['progress']> = {},
  ): Promise<GpuMethods[M]['result']> {
    if (this.disposed) throw abortError();
    const { bridge } = this;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const alive = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => this.replace(bridge, 'The GPU worker did not answer'), this.deadline);
    };
    alive();
    try {
      return await bridge.call(method, this.idOf(problem), problem, args, {
        signal,
        onProgress: value => {
          alive();
          onProgress?.(value);
        },
      });
    } catch (error) {
      if (this.disposed || signal?.aborted) throw abortError();
      if ((error as Error).name === 'ContextLost') this.replace(bridge, 'The GPU context was lost');
      if (bridge !== this.bridge) throw new GpuLost();
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Calls under way reject with AbortError. */
  dispose(): void {
    this.disposed = true;
    this.bridge.terminate();
  }

  private replace(old: WorkerBridge<GpuMethods>, what: string): void {
    if (this.disposed || old !== this.bridge) return;
    this.bridge = new WorkerBridge(this.spawn);
    this.recoveries++;
    old.terminate();
    this.onLost(`${what}; a new one carries on.`);
  }

  private idOf(problem: Problem): number {
    const known = this.ids.get(problem);
    if (known !== undefined) return known;
    this.ids.set(problem, this.nextProblem);
    return this.nextProblem++;
  }
}
