import type { Problem } from '../engine.ts';
import { KEPT_PROBLEMS } from './bridge.ts';
import { type CallContext, METHODS } from './methods.ts';
import type { Methods, MethodsOf, Reply, Request } from './protocol.ts';

/** A call computes at most this long, in ms, before it lets messages in: an abort is seen within it. */
const SLICE_MS = 12;

/** A macrotask without the 4 ms clamp of nested timers. */
const nextTask = (): Promise<void> =>
  new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

class Aborted extends Error {
  override readonly name = 'AbortError';
}

/** What a worker runs: one function a method. */
export type MethodTable<T extends MethodsOf<T>, P = Problem> = {
  readonly [M in keyof T]: (
    problem: P,
    args: T[M]['args'],
    context: CallContext<T[M]['progress']>,
  ) => Promise<T[M]['result']>;
};
type Post<T extends MethodsOf<T>> = (reply: Reply<T>, transfer: Transferable[]) => void;

/** The compute worker's side of the bridge: takes requests, answers through `post`. */
export const serve = (post: Post<Methods>): ((request: Request) => void) => serveMethods(METHODS, post);

/** A worker's side of the bridge, for any table of methods. */
export function serveMethods<T extends MethodsOf<T>, P = Problem>(
  methods: MethodTable<T, P>,
  post: Post<T>,
): (request: Request<T, P>) => void {
  const problems = new Map<number, P>();
  const running = new Set<number>();

  const run = async <M extends keyof T>(
    id: number,
    method: M,
    problem: P,
    args: T[M]['args'],
  ): Promise<void> => {
    let sliceEnd = performance.now() + SLICE_MS;
    try {
      const value = await methods[method](problem, args, {
        progress: progress => post({ type: 'progress', id, value: progress as never }, []),
        breathe: async () => {
          if (performance.now() < sliceEnd) return;
          await nextTask();
          sliceEnd = performance.now() + SLICE_MS;
          if (!running.has(id)) throw new Aborted('cancelled');
        },
      });
      post({ type: 'result', id, value: value as never }, [...new Set(buffersOf(value))]);
    } catch (error) {
      // An aborted call was already rejected on the other side.
      if (running.has(id))
        post({ type: 'error', id, name: (error as Error).name, message: (error as Error).message }, []);
    } finally {
      running.delete(id);
    }
  };

  return request => {
    if (request.type === 'abort') running.delete(request.id);
    else if (request.type === 'problem') {
      problems.set(request.problemId, request.problem);
      for (const old of problems.keys()) if (problems.size > KEPT_PROBLEMS) problems.delete(old);
    } else {
      const problem = problems.get(request.problemId);
      if (problem === undefined)
        throw new Error(`problem ${request.problemId} was never sent to this worker`);
      running.add(request.id);
      void run(request.id, request.method, problem, request.args);
    }
  };
}

/** The buffers of a result, to be moved instead of copied. */
function buffersOf(value: unknown): Transferable[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(buffersOf);
}
