import { describe, expect, it } from 'vitest';
import { WorkerBridge, type WorkerPort } from '../../src/engine/worker/bridge.ts';
import { type MethodTable, serveMethods } from '../../src/engine/worker/serve.ts';
import { memoryPort, type Wire } from '../support/memoryWorker.ts';
import { libraryProblem } from '../support/problems.ts';

/** Methods that show what the worker's side of the bridge does; the protocol is the real one. */
interface Trial {
  endless: { args: { name: string }; progress: number; result: never };
  numbers: { args: object; progress: never; result: { readonly inner: Float64Array; readonly n: number } };
  odd: { args: object; progress: never; result: never };
}

const PROBLEM = libraryProblem('SrTiO3');

function served(): {
  bridge: WorkerBridge<Trial>;
  wire: Wire<Trial>;
  ended: Promise<string>;
  made: Float64Array[];
} {
  const made: Float64Array[] = [];
  let report = (_: string): void => {};
  const ended = new Promise<string>(resolve => {
    report = resolve;
  });
  const table: MethodTable<Trial> = {
    async endless(_, { name }, { progress, breathe }) {
      progress(1);
      try {
        for (;;) await breathe();
      } finally {
        report(name);
      }
    },
    async numbers() {
      const inner = Float64Array.of(1, 2, 3);
      made.push(inner);
      return { inner, n: 7 };
    },
    async odd() {
      throw new RangeError('too far');
    },
  };
  const { port, wire } = memoryPort<Trial>(post => serveMethods(table, post));
  return { bridge: new WorkerBridge<Trial>((): WorkerPort<Trial> => port), wire, ended, made };
}

describe("the worker's side of the bridge", () => {
  it('lets an abort in while it computes, and then stops computing', async () => {
    const { bridge, wire, ended } = served();
    const stop = new AbortController();
    const onProgress = (): void => stop.abort();
    const run = bridge.call('endless', 1, PROBLEM, { name: 'first' }, { signal: stop.signal, onProgress });
    await expect(run).rejects.toThrow('cancelled');
    // resolves only when the method itself has ended
    expect(await ended).toBe('first');
    expect(wire.received.map(reply => reply.type)).toEqual(['progress']);
    bridge.terminate();
  });

  it('answers another call while a long one runs', async () => {
    const { bridge } = served();
    const long = bridge.call('endless', 1, PROBLEM, { name: 'long' }).catch(() => 'ended');
    expect((await bridge.call('numbers', 1, PROBLEM, {})).n).toBe(7);
    expect(bridge.load).toBe(1);
    bridge.terminate();
    expect(await long).toBe('ended');
  });

  it('moves the arrays of a result instead of copying them', async () => {
    const { bridge, made } = served();
    const { inner } = await bridge.call('numbers', 1, PROBLEM, {});
    expect(Array.from(inner)).toEqual([1, 2, 3]);
    expect(made[0]).toHaveLength(0);
    bridge.terminate();
  });

  it('hands on the name and message of an error', async () => {
    const { bridge } = served();
    await expect(bridge.call('odd', 1, PROBLEM, {})).rejects.toMatchObject({
      name: 'RangeError',
      message: 'too far',
    });
    bridge.terminate();
  });

  it('fails loudly when it is asked about a problem that it was never sent', async () => {
    const { port, wire } = memoryPort<Trial>(post => serveMethods({} as MethodTable<Trial>, post));
    const message = new Promise<string | undefined>(resolve => {
      port.onerror = event => resolve(event.message);
    });
    port.postMessage({ type: 'call', id: 1, method: 'odd', problemId: 5, args: {} });
    expect(await message).toBe('problem 5 was never sent to this worker');
    expect(wire.received).toEqual([]);
    port.terminate();
  });
});
