import { reasonOf } from '../num/reasonOf.ts';
import { nextTask } from './nextTask.ts';
import { type MethodTable, type Reply, type Request, URGENCY } from './protocol.ts';

/** A call computes at most this long, in ms, before it lets messages in: an abort is seen within it. */
const SLICE_MS = 12;

class Aborted extends Error {
  override readonly name = 'AbortError';
}

/** Method tables by subject, fetched when first asked for. */
export type TableLoaders = Readonly<Record<string, () => Promise<{ readonly METHODS: MethodTable }>>>;

/** A worker's side: takes requests, answers through `post`. */
export function serve(
  loaders: TableLoaders,
  post: (reply: Reply, transfer: Transferable[]) => void,
): (request: Request) => void {
  const cached = new Map<number, object>();
  /** Calls under way and how urgent each is. */
  const running = new Map<number, number>();

  const load = async (subject: string): Promise<MethodTable> => {
    try {
      return (await loaders[subject]!()).METHODS;
    } catch (error) {
      // A browser does not fetch a module again that failed once in a thread.
      post({ type: 'broken', message: (error as Error).message }, []);
      throw error;
    }
  };

  const run = async (call: Extract<Request, { type: 'call' }>, known: object | null): Promise<void> => {
    const { id } = call;
    const urgency = URGENCY[call.urgency];
    const yields = (): boolean => [...running.values()].some(other => other > urgency);
    // A call that need not wait begins at once: a turn of the event loop costs ms on a busy machine.
    let sliceEnd = yields() ? 0 : performance.now() + SLICE_MS;
    const breathe = async (): Promise<void> => {
      if (performance.now() < sliceEnd) return;
      do {
        await nextTask();
        if (!running.has(id)) throw new Aborted('cancelled');
      } while (yields());
      sliceEnd = performance.now() + SLICE_MS;
    };
    running.set(id, urgency);
    try {
      const method = (await load(call.subject))[call.method]!;
      await breathe();
      const value = await method(known as never, call.args as never, {
        progress: (progress: unknown) => post({ type: 'progress', id, value: progress }, []),
        breathe,
      });
      post({ type: 'result', id, value }, [...new Set(buffersOf(value))]);
    } catch (error) {
      const { name } = error as Error;
      const message = reasonOf(error);
      post(running.has(id) ? { type: 'error', id, name, message } : { type: 'ended', id }, []);
    } finally {
      running.delete(id);
    }
  };

  return request => {
    if (request.type === 'abort') running.delete(request.id);
    else if (request.type === 'cache') cached.set(request.cached, request.value);
    else if (request.type === 'forget') cached.delete(request.cached);
    else if (request.type === 'load') load(request.subject).catch(() => {});
    else if (request.type === 'ping') post({ type: 'alive' }, []);
    else {
      const known = request.cached ? cached.get(request.cached) : null;
      if (known === undefined) throw new Error(`what call ${request.id} refers to was never sent`);
      void run(request, known);
    }
  };
}

/** The buffers of a result, to be moved instead of copied. */
function buffersOf(value: unknown): Transferable[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(buffersOf);
}
