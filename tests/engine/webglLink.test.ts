import { expect, test, vi } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import type { Problem } from '../../src/engine/engine.ts';
import type { Reply, Request } from '../../src/engine/protocol.ts';
import type { WorkerPort } from '../../src/engine/thread.ts';
import { WebglEngine } from '../../src/engine/webgl/webglEngine.ts';

type Call = Extract<Request, { type: 'call' }>;

/** A worker in this thread: `answer` replies to a call, or stays silent. `spawned` and `ended` count. */
function workers(answer: (call: Call, reply: (message: Reply) => void, nth: number) => void) {
  const count = { spawned: 0, ended: 0 };
  const spawn = (): WorkerPort => {
    const nth = ++count.spawned;
    let alive = true;
    const port: WorkerPort = {
      onmessage: null,
      onerror: null,
      postMessage: request => {
        if (request.type !== 'call') return;
        const reply = (data: Reply): void => {
          if (alive) port.onmessage?.({ data });
        };
        queueMicrotask(() => answer(request, reply, nth));
      },
      terminate: () => {
        alive = false;
        count.ended++;
      },
    };
    return port;
  };
  return { spawn, count };
}

const PROBLEM: Problem = {
  kind: 'loss',
  sites: [{ label: 'Po', element: 'Po', fract: [0, 0, 0], occupancy: 1 }],
  instrument: PAPER_INSTRUMENT,
  loss: 'cosine',
  target: new Float64Array(9000).fill(1),
};
const CELLS = Float64Array.from({ length: 30 }, (_, i) => [3, 3.1, 3.2, 90, 90, 90][i % 6]!);
const lost = (id: number): Reply => ({ type: 'error', id, name: 'ContextLost', message: 'lost' });

/** Answers every cell with its position in the call. */
function answerAll({ id, args }: Call, reply: (message: Reply) => void): void {
  const n = (args as { cells: Float64Array }).cells.length / 6;
  const members = Int32Array.from({ length: n }, (_, i) => i);
  reply({ type: 'progress', id, value: { members, loss: Float64Array.from(members) } });
  reply({ type: 'result', id, value: null });
}

test('a worker that falls silent is replaced, and after three of them the call gives up', async () => {
  const { spawn, count } = workers(() => {});
  const engine = new WebglEngine(spawn, 20);
  const notices: string[] = [];
  engine.onNotice(text => notices.push(text));
  await expect(engine.evaluate(PROBLEM, CELLS)).rejects.toThrow(
    'the GPU context was lost 3 times without a result',
  );
  expect(engine.recoveries).toBe(3);
  expect(notices).toEqual(Array(3).fill('The GPU worker did not answer; a new one carries on.'));
  engine.dispose();
  expect(count).toEqual({ spawned: 3, ended: 3 });
});

test('only the cells without an answer are asked again', async () => {
  const asked: number[] = [];
  const { spawn } = workers((call, reply, nth) => {
    asked.push((call.args as { cells: Float64Array }).cells.length / 6);
    if (nth > 1) return answerAll(call, reply);
    const members = Int32Array.of(3, 1);
    reply({ type: 'progress', id: call.id, value: { members, loss: Float64Array.of(30, 10) } });
    reply(lost(call.id));
  });
  const engine = new WebglEngine(spawn);
  const { loss } = await engine.evaluate(PROBLEM, CELLS);
  expect(asked).toEqual([5, 3]);
  // cells 0, 2 and 4 were 0, 1 and 2 of the second call
  expect(Array.from(loss)).toEqual([0, 10, 1, 30, 2]);
  engine.dispose();
});

test('one lost worker is replaced once, however many calls were under way', async () => {
  const { spawn, count } = workers((call, reply, nth) =>
    nth === 1 ? reply(lost(call.id)) : answerAll(call, reply),
  );
  const engine = new WebglEngine(spawn);
  await Promise.all([1, 2, 3].map(() => engine.evaluate(PROBLEM, CELLS)));
  expect(count.spawned).toBe(2);
  expect(engine.recoveries).toBe(1);
  engine.dispose();
});

test('every sign of life puts the deadline off', async () => {
  vi.useFakeTimers();
  try {
    const { spawn } = workers(({ id }, reply) => {
      for (let i = 0; i < 5; i++)
        setTimeout(
          () =>
            reply({ type: 'progress', id, value: { members: Int32Array.of(i), loss: Float64Array.of(i) } }),
          800 * (i + 1),
        );
      setTimeout(() => reply({ type: 'result', id, value: null }), 4500);
    });
    const engine = new WebglEngine(spawn, 1000);
    const result = engine.evaluate(PROBLEM, CELLS);
    await vi.advanceTimersByTimeAsync(5000);
    expect(Array.from((await result).loss)).toEqual([0, 1, 2, 3, 4]);
    expect(engine.recoveries).toBe(0);
    engine.dispose();
  } finally {
    vi.useRealTimers();
  }
});

test('an error of another kind is passed on, and no worker is replaced', async () => {
  const { spawn, count } = workers(({ id }, reply) =>
    reply({ type: 'error', id, name: 'Error', message: 'a texture of 9 × 9 texels is too large' }),
  );
  const engine = new WebglEngine(spawn);
  await expect(engine.evaluate(PROBLEM, CELLS)).rejects.toThrow('too large');
  expect(count.spawned).toBe(1);
  engine.dispose();
});
