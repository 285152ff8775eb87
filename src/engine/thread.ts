import { type Reply, type Request, URGENCY, type Urgency } from './protocol.ts';

/** The part of `Worker` that is used; tests pass in-process ones. */
export interface WorkerPort {
  postMessage(message: Request): void;
  onmessage: ((event: { data: Reply }) => unknown) | null;
  onmessageerror?: ((event: { message?: string }) => unknown) | null;
  onerror: ((event: { message?: string }) => unknown) | null;
  terminate(): void;
}

/** A call as a thread takes it; exactly one of `resolve` and `reject` is called. */
export interface ThreadTask {
  readonly subject: string;
  readonly method: string;
  readonly cached: object | null;
  readonly args: unknown;
  readonly urgency: Urgency;
  /** It cannot let anything in until it is done. */
  readonly solid: boolean;
  progress(value: unknown): void;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Waits, ms; tests make them short. */
export interface Patience {
  /** A thread is asked this often for a sign of life while it works, and is lost when it leaves out `MISSED` of them. */
  readonly ping: number;
  /** A cancelled call that has not ended by then cannot yield: its thread is ended. */
  readonly stop: number;
}

/**
 * Signs of life left out in a row before a thread is taken for dead. They are counted, not timed, since a page in the
 * background or a sleeping computer stops clocks. A minute in all: analysing the symmetry of a large crystal on a slow
 * phone takes tens of seconds in one piece, and a thread that really ended is noticed at once by its lock.
 */
const MISSED = 6;
/** The same for a thread that has not answered at all: it may never have begun. */
const MISSED_AT_FIRST = 1;

/** Reason of the loss of a thread that leaves out its signs of life. */
export const SILENT = 'it did not answer any more';

/** A subject's problems (weights, ...) that a thread keeps; what was used longest ago is sent again. */
export const MOST_CACHED = 4;

const ids = new WeakMap<object, number>();
let nextId = 1;

/** The number by which threads know something that they keep. */
function idOf(cached: object): number {
  const id = ids.get(cached) ?? nextId++;
  ids.set(cached, id);
  return id;
}

/** One worker and the calls under way on it, until it is ended or lost; then it hands back what it had not done. */
export class Thread {
  private readonly calls = new Map<number, ThreadTask>();
  /** Cancelled calls that have not ended yet, with what ends the thread then. */
  private readonly stopping = new Map<number, ReturnType<typeof setTimeout>>();
  private readonly knows = new Map<string, number[]>();
  private readonly port: WorkerPort;
  private readonly patience: Patience;
  private readonly onFree: () => void;
  private readonly onLost: (undone: readonly ThreadTask[], reason: string, counts: boolean) => void;
  private pulse: ReturnType<typeof setInterval> | undefined;
  private missed = 0;
  private over = false;
  /** True once it has given a sign of life. */
  answered = false;

  /** @throws what `start` throws */
  constructor(
    start: () => WorkerPort,
    patience: Patience,
    onFree: () => void,
    onLost: (undone: readonly ThreadTask[], reason: string, counts: boolean) => void,
  ) {
    this.patience = patience;
    this.onFree = onFree;
    this.onLost = onLost;
    this.port = start();
    this.port.onmessage = ({ data }) => this.receive(data);
    this.port.onerror = ({ message }) => this.lose(message ?? 'it could not be started');
    this.port.onmessageerror = () => this.lose('what it sent could not be read');
  }

  get idle(): boolean {
    return this.calls.size + this.stopping.size === 0;
  }

  /** Calls that would hold up one of this urgency, and those that would make room for it. */
  load(urgency: Urgency): { readonly before: number; readonly behind: number } {
    let before = this.stopping.size;
    let behind = 0;
    for (const { urgency: other, solid } of this.calls.values()) {
      if (solid) before += 10;
      else if (URGENCY[other] >= URGENCY[urgency]) before++;
      else behind++;
    }
    return { before, behind };
  }

  /** True where nothing need be sent before a call. */
  isReadyFor({ subject, cached }: Pick<ThreadTask, 'subject' | 'cached'>): boolean {
    const known = this.knows.get(subject);
    return known !== undefined && (cached === null || known.includes(idOf(cached)));
  }

  /** Fetches what the methods of a subject need before one is called. */
  prepare(subject: string): void {
    if (!this.knows.has(subject)) this.knows.set(subject, []);
    this.port.postMessage({ type: 'load', subject });
  }

  /** @returns how to cancel it; the caller rejects it itself */
  run(task: ThreadTask): () => void {
    const { subject, method, args, urgency } = task;
    const id = nextId++;
    this.calls.set(id, task);
    this.pulse ??= setInterval(() => this.askForSignOfLife(), this.patience.ping);
    try {
      const cached = this.introduce(subject, task.cached);
      this.port.postMessage({ type: 'call', id, subject, method, cached, args, urgency });
    } catch (error) {
      // Something in it cannot be sent to a worker.
      this.calls.delete(id);
      task.reject(error as Error);
      this.settle();
    }
    return () => {
      if (!this.calls.delete(id)) return;
      this.stopping.set(
        id,
        setTimeout(() => this.lose('it could not be interrupted', false), this.patience.stop),
      );
      this.port.postMessage({ type: 'abort', id });
    };
  }

  /** Lets go of something that calls referred to. */
  forget(cached: object): void {
    const id = idOf(cached);
    for (const [subject, known] of this.knows) {
      if (!known.includes(id)) continue;
      this.knows.set(
        subject,
        known.filter(other => other !== id),
      );
      this.port.postMessage({ type: 'forget', cached: id });
    }
  }

  /** Ends it; hands back what it had not done. */
  end(): readonly ThreadTask[] {
    const undone = [...this.calls.values()];
    this.over = true;
    this.calls.clear();
    for (const timer of this.stopping.values()) clearTimeout(timer);
    this.stopping.clear();
    clearInterval(this.pulse);
    this.port.terminate();
    return undone;
  }

  /** Sends what a call refers to unless it is there. */
  private introduce(subject: string, cached: object | null): number {
    const known = this.knows.get(subject) ?? [];
    if (!cached) {
      this.knows.set(subject, known);
      return 0;
    }
    const id = idOf(cached);
    if (!known.includes(id)) this.port.postMessage({ type: 'cache', cached: id, value: cached });
    const now = [...known.filter(other => other !== id), id];
    for (const old of now.slice(0, -MOST_CACHED)) this.port.postMessage({ type: 'forget', cached: old });
    this.knows.set(subject, now.slice(-MOST_CACHED));
    return id;
  }

  private receive(reply: Reply): void {
    if (this.over) return;
    this.missed = 0;
    this.answered = true;
    if (reply.type === 'alive') return;
    if (reply.type === 'broken') this.lose(reply.message);
    else if (reply.type === 'progress') this.calls.get(reply.id)?.progress(reply.value);
    else this.finish(reply);
  }

  private finish(reply: Extract<Reply, { type: 'result' | 'error' | 'ended' }>): void {
    const task = this.calls.get(reply.id);
    clearTimeout(this.stopping.get(reply.id));
    this.stopping.delete(reply.id);
    this.calls.delete(reply.id);
    if (reply.type === 'result') task?.resolve(reply.value);
    else if (reply.type === 'error')
      task?.reject(Object.assign(new Error(reply.message), { name: reply.name }));
    this.settle();
  }

  private settle(): void {
    if (!this.idle) return;
    clearInterval(this.pulse);
    this.pulse = undefined;
    this.missed = 0;
    this.onFree();
  }

  private askForSignOfLife(): void {
    if (this.missed++ === (this.answered ? MISSED : MISSED_AT_FIRST)) this.lose(SILENT);
    else this.port.postMessage({ type: 'ping' });
  }

  private lose(reason: string, counts = true): void {
    if (!this.over) this.onLost(this.end(), reason, counts);
  }
}

/** Starts a worker of this page. */
export function startWorker(): WorkerPort {
  const name = lockName();
  return watched(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name }), name);
}

/**
 * The name of a worker and of the lock that it holds. A page that is not served over https, nor from this machine, has no
 * locks and names none: there the signs of life tell, later.
 */
export const lockName = (): string => (navigator.locks ? crypto.randomUUID() : '');

/** Has a worker that ends by itself, closed or killed by the browser, report an error like one that crashes. */
export function watched(worker: Worker, name: string): WorkerPort {
  const listen = ({ data }: MessageEvent<Reply>): void => {
    if (data.type !== 'alive') return;
    worker.removeEventListener('message', listen);
    navigator.locks
      ?.request(name, () =>
        worker.dispatchEvent(new ErrorEvent('error', { message: 'it ended without a word' })),
      )
      // forbidden in a sandboxed frame
      .catch(() => {});
  };
  worker.addEventListener('message', listen);
  return worker as unknown as WorkerPort;
}
