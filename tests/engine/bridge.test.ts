import { afterEach, describe, expect, it } from 'vitest';
import { isAbort } from '../../src/engine/engine.ts';
import { KEPT_PROBLEMS, WorkerBridge } from '../../src/engine/worker/bridge.ts';
import type { LossId } from '../../src/losses/loss.ts';
import { computeBridge, computeWorkers } from '../support/memoryWorker.ts';
import { PLAN } from '../support/plans.ts';
import { libraryProblem } from '../support/problems.ts';

const PROBLEM = libraryProblem('SrTiO3');
const CELL = Float64Array.of(3.9, 3.95, 3.905, 90, 90, 90);
const many = (n: number): Float64Array =>
  Float64Array.from({ length: 6 * n }, (_, i) => CELL[i % 6]! + (i % 6 < 3 ? 1e-4 * i : 0) / n);
const ENDLESS = {
  plan: { ...PLAN, maxIterations: 30_000, stopGain: 0, stopWindow: 30_000, learningRate: 1e-7 },
};

const open: { terminate(): void }[] = [];
const started = (): ReturnType<typeof computeBridge> => {
  const made = computeBridge();
  open.push(made.bridge);
  return made;
};
afterEach(() => {
  for (const bridge of open.splice(0)) bridge.terminate();
});
const failure = (call: Promise<unknown>): Promise<Error> =>
  call.then(
    () => new Error('it resolved'),
    (error: Error) => error,
  );

describe('a call over the bridge', () => {
  it('answers each call with its own result, several under way at once', async () => {
    const { bridge } = started();
    const cells = [3.85, 3.9, 3.95].map(a => Float64Array.of(a, a, a, 90, 90, 90));
    const calls = cells.map(cell => bridge.call('evaluate', 1, PROBLEM, { cells: cell, gradient: false }));
    expect(bridge.load).toBe(3);
    const together = (await Promise.all(calls)).map(({ loss }) => loss[0]);
    expect(bridge.load).toBe(0);
    expect(new Set(together).size).toBe(3);
    for (const [i, cell] of cells.entries()) {
      const alone = await bridge.call('evaluate', 1, PROBLEM, { cells: cell, gradient: false });
      expect(alone.loss[0]).toBe(together[i]);
    }
  });

  it('leaves the caller its arrays', async () => {
    const { bridge } = started();
    const cells = CELL.slice();
    await bridge.call('patterns', 1, PROBLEM, { cells });
    expect(cells).toEqual(CELL);
    expect(PROBLEM.target.length).toBeGreaterThan(0);
  });

  it('sends a problem once, and again when the worker has dropped it', async () => {
    const { bridge, wires } = started();
    const evaluate = (id: number) => bridge.call('evaluate', id, PROBLEM, { cells: CELL, gradient: false });
    const sent = (): number => wires[0]!.sent.filter(message => message.type === 'problem').length;
    for (const id of [1, 1, 2, 1]) await evaluate(id);
    expect(sent()).toBe(2);
    for (let id = 3; id <= KEPT_PROBLEMS + 1; id++) await evaluate(id);
    expect(sent()).toBe(KEPT_PROBLEMS + 1);
    await evaluate(1);
    expect(sent()).toBe(KEPT_PROBLEMS + 2);
    expect(wires).toHaveLength(1);
  });

  it('reports progress before the result', async () => {
    const { bridge } = started();
    const seen: number[] = [];
    const { loss } = await bridge.call(
      'evaluate',
      1,
      PROBLEM,
      { cells: many(40), gradient: false },
      { onProgress: done => seen.push(done) },
    );
    expect(loss).toHaveLength(40);
    expect(seen).toEqual([16, 32]);
  });

  it("rejects with the worker's own error, and goes on working", async () => {
    const { bridge } = started();
    const odd = { ...PROBLEM, loss: 'huber' as LossId };
    const error = await failure(bridge.call('evaluate', 9, odd, { cells: CELL, gradient: false }));
    expect(error.message).toBe('no loss is called "huber"');
    const fine = await bridge.call('evaluate', 1, PROBLEM, { cells: CELL, gradient: false });
    expect(fine.loss[0]).toBeLessThan(0);
  });
});

describe('a call that is cancelled', () => {
  it('rejects with AbortError at once; the worker stops it and sends nothing more', async () => {
    const { bridge, wires } = started();
    const stop = new AbortController();
    const chunks: number[] = [];
    const run = bridge.call('descend', 1, PROBLEM, ENDLESS, {
      signal: stop.signal,
      onProgress: ({ losses }) => {
        chunks.push(losses.length);
        stop.abort();
      },
    });
    expect(isAbort(await failure(run))).toBe(true);
    expect(chunks).toHaveLength(1);
    expect(wires[0]!.sent.at(-1)).toEqual({ type: 'abort', id: 1 });
    expect(bridge.load).toBe(0);
    // a call that computes for longer than a slice lets the abort in
    await bridge.call('evaluate', 1, PROBLEM, { cells: many(60), gradient: true });
    const before = wires[0]!.received.length;
    await bridge.call('evaluate', 1, PROBLEM, { cells: many(60), gradient: true });
    const replies = wires[0]!.received.slice(before).map(reply => reply.id);
    expect(new Set(replies)).toEqual(new Set([3]));
    expect(wires[0]!.received.some(reply => reply.id === 1 && reply.type !== 'progress')).toBe(false);
  });

  it('before it begins never reaches the worker', async () => {
    const { bridge, wires } = started();
    const signal = AbortSignal.abort();
    const call = bridge.call('evaluate', 1, PROBLEM, { cells: CELL, gradient: false }, { signal });
    expect(isAbort(await failure(call))).toBe(true);
    expect(wires[0]!.sent).toEqual([]);
  });

  it('after it is done changes nothing', async () => {
    const { bridge, wires } = started();
    const stop = new AbortController();
    await bridge.call('evaluate', 1, PROBLEM, { cells: CELL, gradient: false }, { signal: stop.signal });
    stop.abort();
    expect(wires[0]!.sent.map(message => message.type)).toEqual(['problem', 'call']);
  });
});

describe('a worker that crashes', () => {
  it('rejects what was under way with its message; the next call runs on a fresh worker', async () => {
    const { bridge, wires } = started();
    const first = bridge.call('descend', 1, PROBLEM, ENDLESS);
    const second = bridge.call('descend', 1, PROBLEM, ENDLESS);
    wires[0]!.crash('out of memory');
    for (const call of [first, second])
      expect((await failure(call)).message).toBe('The compute worker failed: out of memory');
    expect(wires[0]!.terminated).toBe(true);
    const { loss } = await bridge.call('evaluate', 1, PROBLEM, { cells: CELL, gradient: false });
    expect(loss[0]).toBeLessThan(0);
    expect(wires).toHaveLength(2);
  });

  it('that can never start is tried once a call, not for ever', async () => {
    // went wrong once: every failed start began the next one at once
    const { spawn, wires } = computeWorkers();
    const bridge = new WorkerBridge(() => {
      const port = spawn();
      queueMicrotask(() => port.onerror?.({}));
      return port;
    });
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(wires).toHaveLength(1);
    for (const n of [2, 3]) {
      const error = await failure(bridge.call('evaluate', 1, PROBLEM, { cells: CELL, gradient: false }));
      expect(error.message).toBe('The compute worker failed: it could not be started');
      expect(wires).toHaveLength(n);
    }
  });
});

describe('a bridge that is closed', () => {
  it('rejects what is under way and what is asked later', async () => {
    const { bridge, wires } = started();
    const run = bridge.call('descend', 1, PROBLEM, ENDLESS);
    bridge.terminate();
    expect(isAbort(await failure(run))).toBe(true);
    const late = bridge.call('evaluate', 1, PROBLEM, { cells: CELL, gradient: false });
    expect(isAbort(await failure(late))).toBe(true);
    expect(wires.map(wire => wire.terminated)).toEqual([true]);
  });
});
