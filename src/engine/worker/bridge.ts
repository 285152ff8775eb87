import { abortError, type Problem } from '../engine.ts';
import type { Methods, MethodsOf, Reply, Request } from './protocol.ts';

interface Pending {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((value: never) => void) | undefined;
}

/** The part of `Worker` that the bridge uses; tests pass an in-process one. */
export interface WorkerPort<T extends MethodsOf<T> = Methods, P = Problem> {
  postMessage(message: Request<T, P>): void;
  onmessage: ((event: { data: Reply<T> }) => unknown) | null;
  onerror: ((event: { message?: string }) => unknown) | null;
  terminate(): void;
}

/** A problem travels to a worker once; workers keep the last few. */
const KEPT_PROBLEMS = 4;

/**
 * One worker and the calls under way on it. A crash rejects those calls with its message, so that no promise is left
 * hanging; the next call starts a fresh worker. One that can never start is thus tried once a call, not for ever.
 */
export class WorkerBridge<T extends MethodsOf<T> = Methods, P = Problem> {
  private readonly spawn: () => WorkerPort<T, P>;
  /** Null after a crash, until the next call. */
  private worker: WorkerPort<T, P> | null;
  private closed = false;
  private readonly pending = new Map<number, Pending>();
  private sent: number[] = [];
  private nextId = 1;

  constructor(spawn: () => WorkerPort<T, P>) {
    this.spawn = spawn;
    this.worker = this.start();
  }

  /** Calls under way. */
  get load(): number {
    return this.pending.size;
  }

  call<M extends keyof T>(
    method: M,
    problemId: number,
    problem: P,
    args: T[M]['args'],
    options: { signal?: AbortSignal | undefined; onProgress?: (value: T[M]['progress']) => void } = {},
  ): Promise<T[M]['result']> {
    const { signal, onProgress } = options;
    if (signal?.aborted || this.closed) return Promise.reject(abortError());
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.pending.delete(id);
        this.worker?.postMessage({ type: 'abort', id });
        reject(abortError());
      };
      const settled = (): void => signal?.removeEventListener('abort', onAbort);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.pending.set(id, {
        resolve: value => {
          settled();
          resolve(value);
        },
        reject: error => {
          settled();
          reject(error);
        },
        onProgress: onProgress as Pending['onProgress'],
      });
      const worker = (this.worker ??= this.start());
      this.introduce(worker, problemId, problem);
      worker.postMessage({ type: 'call', id, method, problemId, args });
    });
  }

  terminate(): void {
    this.closed = true;
    this.worker?.terminate();
    this.rejectAll(abortError());
  }

  private introduce(worker: WorkerPort<T, P>, problemId: number, problem: P): void {
    if (this.sent.includes(problemId)) return;
    this.sent = [...this.sent, problemId].slice(-KEPT_PROBLEMS);
    worker.postMessage({ type: 'problem', problemId, problem });
  }

  private start(): WorkerPort<T, P> {
    const worker = this.spawn();
    worker.onmessage = ({ data }) => this.receive(data);
    worker.onerror = event => {
      worker.terminate();
      this.worker = null;
      this.rejectAll(new Error(`The compute worker failed: ${event.message ?? 'it could not be started'}`));
    };
    this.sent = [];
    return worker;
  }

  private receive(reply: Reply<T>): void {
    const call = this.pending.get(reply.id);
    if (!call) return;
    if (reply.type === 'progress') {
      call.onProgress?.(reply.value as never);
      return;
    }
    this.pending.delete(reply.id);
    if (reply.type === 'result') call.resolve(reply.value as never);
    else call.reject(Object.assign(new Error(reply.message), { name: reply.name }));
  }

  private rejectAll(error: Error): void {
    const calls = [...this.pending.values()];
    this.pending.clear();
    for (const call of calls) call.reject(error);
  }
}

export { KEPT_PROBLEMS };
