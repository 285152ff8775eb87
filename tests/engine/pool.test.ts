import { afterEach, describe, expect, it } from 'vitest';
import { isAbort } from '../../src/engine/engine.ts';
import { ATTEMPTS, Pool, type PoolTimes } from '../../src/engine/pool.ts';
import type { CallContext } from '../../src/engine/protocol.ts';
import { MOST_CACHED, type WorkerPort } from '../../src/engine/thread.ts';
import { memoryThreads, type Wire } from '../support/memoryWorker.ts';

interface Held {
  readonly name: string;
}
/** Names of calls that began and wait, and of those that may go on. */
const began = new Set<string>();
const released = new Set<string>();
/** Calls of methods, in order. */
const log: string[] = [];

/** Methods that show what pool and threads do; everything between them is the real thing. */
const METHODS = {
  double: async (_: Held | null, { x }: { x: number }) => 2 * x,
  whose: async ({ name }: Held, _: object) => name,
  moved: async (_: Held | null, _args: object) => ({ inner: Float64Array.of(1, 2, 3), n: 7 }),
  async wait(_: Held | null, { name }: { name: string }, { breathe, progress }: CallContext<string>) {
    progress(`${name} began`);
    began.add(name);
    try {
      while (!released.has(name)) await breathe();
    } finally {
      log.push(`${name} ended`);
    }
    return name;
  },
  /** Never lets anything in, as far as the page can see. */
  async solid(_: Held | null, { name }: { name: string }) {
    began.add(name);
    await until(() => released.has(name));
    return name;
  },
  async odd() {
    throw new RangeError('too far');
  },
  async work(_: Held | null, { name, slices }: { name: string; slices: number }, { breathe }: CallContext) {
    for (let i = 0; i < slices; i++) {
      const until = performance.now() + 13;
      while (performance.now() < until);
      log.push(name);
      await breathe();
    }
    return name;
  },
};

type TrialPool = Omit<Pool, 'call'> & {
  call<M extends keyof typeof METHODS>(
    subject: 'trial' | 'missing',
    method: M,
    kept: Held | null,
    args: object,
    options?: Parameters<Pool['call']>[4],
  ): Promise<unknown>;
};

const open: Pool[] = [];
function started(
  size: number,
  times: Partial<PoolTimes> = {},
  bad: (nth: number) => void = () => {},
): { pool: TrialPool; wires: Wire[] } {
  const { start, wires } = memoryThreads({
    trial: async () => ({ METHODS }),
    missing: () => Promise.reject(new Error('Failed to fetch methods-1.js')),
  });
  let nth = 0;
  const pool = new Pool(
    () => {
      bad(++nth);
      return start();
    },
    size,
    times,
  );
  open.push(pool);
  return { pool: pool as unknown as TrialPool, wires };
}
afterEach(() => {
  for (const pool of open.splice(0)) pool.dispose();
  began.clear();
  released.clear();
  log.length = 0;
});

const failure = (call: Promise<unknown>): Promise<Error> =>
  call.then(
    () => new Error('it resolved'),
    (error: Error) => error,
  );
const until = async (what: () => boolean): Promise<void> => {
  while (!what()) await new Promise(resolve => setTimeout(resolve, 1));
};
const calls = (wire: Wire): number => wire.sent.filter(({ type }) => type === 'call').length;
const wait = (pool: TrialPool, name: string, options: Parameters<TrialPool['call']>[4] = {}) =>
  pool.call('trial', 'wait', null, { name }, options);
const letGo = async (name: string): Promise<void> => {
  await until(() => began.has(name));
  released.add(name);
};

describe('a call', () => {
  it('is answered with its own result, several under way at once', async () => {
    const { pool } = started(2);
    const all = [1, 2, 3, 4, 5].map(x => pool.call('trial', 'double', null, { x }));
    expect(await Promise.all(all)).toEqual([2, 4, 6, 8, 10]);
  });

  it("rejects with the method's own error, and the thread goes on working", async () => {
    const { pool, wires } = started(1);
    const error = await failure(pool.call('trial', 'odd', null, {}));
    expect([error.name, error.message]).toEqual(['RangeError', 'too far']);
    expect(await pool.call('trial', 'double', null, { x: 3 })).toBe(6);
    expect(wires).toHaveLength(1);
  });

  it('gives back arrays that were moved, not copied', async () => {
    const { pool } = started(1);
    const { inner } = (await pool.call('trial', 'moved', null, {})) as { inner: Float64Array };
    expect([...inner]).toEqual([1, 2, 3]);
  });

  it('that cannot be sent rejects and leaves the pool as it was', async () => {
    const { pool } = started(1, { idle: 5 });
    const error = await failure(pool.call('trial', 'double', null, { x: () => 1 }));
    expect(error.name).toBe('DataCloneError');
    expect(await pool.call('trial', 'double', null, { x: 1 })).toBe(2);
  });
});

describe('what calls refer to', () => {
  it('is sent to a thread once, and again when the thread had to drop it', async () => {
    const { pool, wires } = started(1);
    const things = Array.from({ length: MOST_CACHED + 1 }, (_, i) => ({ name: `thing ${i}` }));
    const ask = async (i: number): Promise<unknown> => pool.call('trial', 'whose', things[i]!, {});
    const sent = (): number => wires[0]!.sent.filter(({ type }) => type === 'cache').length;
    for (const i of [0, 0, 1, 0]) expect(await ask(i)).toBe(`thing ${i}`);
    expect(sent()).toBe(2);
    for (let i = 2; i <= MOST_CACHED; i++) expect(await ask(i)).toBe(`thing ${i}`);
    expect(sent()).toBe(MOST_CACHED + 1);
    // used longest ago was 1, not 0
    expect(await ask(0)).toBe('thing 0');
    expect(sent()).toBe(MOST_CACHED + 1);
    expect(await ask(1)).toBe('thing 1');
    expect(sent()).toBe(MOST_CACHED + 2);
    pool.forget(things[1]!);
    expect(await ask(1)).toBe('thing 1');
    expect(sent()).toBe(MOST_CACHED + 3);
  });

  it('draws calls to the thread that knows it', async () => {
    const { pool, wires } = started(3);
    const kept = { name: 'weights' };
    const held = ['p', 'q'].map(name => wait(pool, name));
    await pool.call('trial', 'whose', kept, {});
    for (const name of ['p', 'q']) await letGo(name);
    await Promise.all(held);
    for (let i = 0; i < 4; i++) await pool.call('trial', 'whose', kept, {});
    expect(wires.map(wire => wire.sent.filter(({ type }) => type === 'cache').length)).toEqual([0, 0, 1]);
    expect(wires.map(calls)).toEqual([1, 1, 5]);
  });

  it('is sent anew to the thread that replaces a lost one', async () => {
    const { pool, wires } = started(1);
    const kept = { name: 'problem' };
    await pool.call('trial', 'whose', kept, {});
    wires[0]!.crash('gone');
    expect(await pool.call('trial', 'whose', kept, {})).toBe('problem');
    expect(wires).toHaveLength(2);
  });
});

describe('threads', () => {
  it('start with the work, never more than the pool may have', async () => {
    const { pool, wires } = started(2);
    expect(wires).toHaveLength(0);
    await pool.call('trial', 'double', null, { x: 1 });
    await pool.call('trial', 'double', null, { x: 1 });
    expect(wires).toHaveLength(1);
    const names = ['a', 'b', 'c', 'd', 'e'];
    const running = names.map(name => wait(pool, name));
    expect(wires).toHaveLength(2);
    expect(wires.map(calls)).toEqual([2 + 3, 2]);
    for (const name of names) await letGo(name);
    expect(await Promise.all(running)).toEqual(names);
  });

  it('end when they stay idle, but for one', async () => {
    const { pool, wires } = started(3, { idle: 10 });
    await Promise.all([1, 2, 3].map(x => pool.call('trial', 'double', null, { x })));
    expect(pool.alive).toBe(3);
    await until(() => pool.alive === 1);
    expect(wires.filter(wire => wire.terminated)).toHaveLength(2);
    expect(await pool.call('trial', 'double', null, { x: 2 })).toBe(4);
    expect(wires).toHaveLength(3);
  });

  it('that were started ahead and get no work end too', async () => {
    const { pool } = started(3, { idle: 10 });
    (pool as unknown as { warmUp(subject: string): void }).warmUp('trial');
    expect(pool.alive).toBe(3);
    await until(() => pool.alive === 1);
  });

  it('do not end under a call that comes at the last moment', async () => {
    const { pool, wires } = started(2, { idle: 4 });
    // Calls at all distances around the moment at which the second thread ends.
    for (let round = 0; round < 25; round++) {
      await Promise.all([1, 2].map(x => pool.call('trial', 'double', null, { x })));
      await new Promise(resolve => setTimeout(resolve, round % 9));
      const found = await Promise.all([3, 4, 5].map(x => pool.call('trial', 'double', null, { x })));
      expect(found).toEqual([6, 8, 10]);
    }
    expect(pool.alive).toBeLessThanOrEqual(2);
    expect(wires.filter(wire => !wire.terminated)).toHaveLength(pool.alive);
  });
});

describe('urgency', () => {
  it('lets the pointer interrupt a study that has every thread', async () => {
    const { pool, wires } = started(2);
    const study = ['s1', 's2', 's3', 's4'].map(name =>
      pool.call('trial', 'work', null, { name, slices: 12 }, { urgency: 'background' }),
    );
    await until(() => log.length > 1);
    const done = await pool.call('trial', 'double', null, { x: 4 }, { urgency: 'pointer' });
    expect(done).toBe(8);
    expect(log.length).toBeLessThan(30);
    expect(wires).toHaveLength(2);
    await Promise.all(study);
    expect(log).toHaveLength(48);
  });

  it('holds a study back while a map is computed on its thread', async () => {
    const { pool } = started(1);
    const study = pool.call('trial', 'work', null, { name: 's', slices: 6 }, { urgency: 'background' });
    await until(() => log.length > 0);
    await pool.call('trial', 'work', null, { name: 'm', slices: 5 }, { urgency: 'shown' });
    const from = log.indexOf('m');
    expect(log.slice(from, from + 5)).toEqual(Array(5).fill('m'));
    await study;
    expect(log.filter(name => name === 's')).toHaveLength(6);
  });

  it('lets calls of the same urgency take turns', async () => {
    const { pool } = started(1);
    const both = ['p', 'q'].map(name => pool.call('trial', 'work', null, { name, slices: 6 }));
    await Promise.all(both);
    const firstHalf = log.slice(0, 6);
    expect(firstHalf.filter(name => name === 'p').length).toBe(3);
  });

  it('keeps other calls away from one that cannot yield', async () => {
    const { pool, wires } = started(2);
    const solid = pool.call('trial', 'solid', null, { name: 'x' }, { solid: true });
    const others = ['a', 'b', 'c'].map(name => wait(pool, name));
    expect(wires.map(calls)).toEqual([1, 3]);
    for (const name of ['x', 'a', 'b', 'c']) await letGo(name);
    await Promise.all([solid, ...others]);
  });
});

describe('a call that is cancelled', () => {
  it('rejects at once, and the method stops', async () => {
    const { pool, wires } = started(1);
    const stop = new AbortController();
    const onProgress = (): void => stop.abort();
    expect(isAbort(await failure(wait(pool, 'a', { signal: stop.signal, onProgress })))).toBe(true);
    await until(() => log.includes('a ended'));
    await until(() => wires[0]!.received.at(-1)?.type === 'ended');
    expect(wires[0]!.terminated).toBe(false);
  });

  it('before it begins never reaches a thread', async () => {
    const { pool, wires } = started(1);
    expect(isAbort(await failure(wait(pool, 'a', { signal: AbortSignal.abort() })))).toBe(true);
    expect(wires).toEqual([]);
  });

  it('after it is done changes nothing', async () => {
    const { pool, wires } = started(1);
    const stop = new AbortController();
    await pool.call('trial', 'double', null, { x: 1 }, { signal: stop.signal });
    stop.abort();
    expect(wires[0]!.sent.map(({ type }) => type)).toEqual(['call']);
  });

  it('and cannot yield costs its thread; the others there go on elsewhere without counting that', async () => {
    const { pool, wires } = started(1, { stop: 15 });
    for (let round = 0; round < ATTEMPTS + 1; round++) {
      const stop = new AbortController();
      const solid = pool.call('trial', 'solid', null, { name: `x${round}` }, { signal: stop.signal });
      await until(() => began.has(`x${round}`));
      stop.abort();
      expect(isAbort(await failure(solid))).toBe(true);
      const beside = wait(pool, `beside ${round}`);
      await until(() => wires.length === round + 2);
      await letGo(`beside ${round}`);
      expect(await beside).toBe(`beside ${round}`);
    }
    expect(wires[0]!.terminated).toBe(true);
  });

  it('while its lost thread is being replaced stays cancelled', async () => {
    const { pool, wires } = started(1);
    const stop = new AbortController();
    const restarted: number[] = [];
    const run = wait(pool, 'a', {
      signal: stop.signal,
      // the first thing that happens on the way to a new thread
      onRestart: () => {
        restarted.push(wires.length);
        queueMicrotask(() => stop.abort());
      },
    });
    await until(() => began.has('a'));
    wires[0]!.crash('gone');
    expect(isAbort(await failure(run))).toBe(true);
    expect(restarted).toEqual([1]);
    expect(await pool.call('trial', 'double', null, { x: 1 })).toBe(2);
    await until(() => wires[1]!.sent.some(({ type }) => type === 'abort'));
  });

  it('in answer to its restart does not run again', async () => {
    // went wrong in a draft: the call was placed although it had been cancelled a moment before
    const { pool, wires } = started(1);
    const stop = new AbortController();
    const run = wait(pool, 'a', { signal: stop.signal, onRestart: () => stop.abort() });
    await until(() => began.has('a'));
    wires[0]!.crash('gone');
    expect(isAbort(await failure(run))).toBe(true);
    expect(wires).toHaveLength(1);
  });
});

describe('where the page gets no threads', () => {
  const onPage = memoryThreads({ trial: async () => ({ METHODS }) }).start;
  const poolOf = (start: () => WorkerPort, times = {}): TrialPool & { readonly told: string[] } => {
    const pool = new Pool(start, 4, { ping: 4, ...times }, ATTEMPTS, onPage);
    const told: string[] = [];
    pool.onNoThreads = reason => told.push(reason);
    open.push(pool);
    return Object.assign(pool as unknown as TrialPool, { told });
  };
  const results = (pool: TrialPool) =>
    Promise.all([1, 2, 3, 4, 5].map(x => pool.call('trial', 'double', null, { x })));

  it('because it may start none, it computes itself and says so once: it stayed blank', async () => {
    const pool = poolOf(() => {
      throw new DOMException('Refused to create a worker', 'SecurityError');
    });
    (pool as unknown as { warmUp(subject: string): void }).warmUp('trial');
    expect(await results(pool)).toEqual([2, 4, 6, 8, 10]);
    expect(await results(pool)).toEqual([2, 4, 6, 8, 10]);
    expect(pool.told).toEqual(['Refused to create a worker']);
    expect([pool.alive, pool.size, pool.isOnPage]).toEqual([1, 1, true]);
  });

  it('because those that start never answer or fail at once, it computes itself: a map stood at 0 for ever', async () => {
    const silent = (): WorkerPort => ({ postMessage() {}, onmessage: null, onerror: null, terminate() {} });
    const failing = (): WorkerPort => {
      const port = silent();
      setTimeout(() => port.onerror?.({}), 1);
      return port;
    };
    for (const [start, reason] of [
      [silent, 'it did not answer any more'],
      [failing, 'it could not be started'],
    ] as const) {
      const pool = poolOf(start);
      expect(await results(pool)).toEqual([2, 4, 6, 8, 10]);
      expect(pool.told).toEqual([reason]);
    }
  });

  it('but one, that one does all', async () => {
    let nth = 0;
    const first = memoryThreads({ trial: async () => ({ METHODS }) });
    const pool = poolOf(() => {
      if (nth++ > 0) throw new Error('no more');
      return first.start();
    });
    expect(await results(pool)).toEqual([2, 4, 6, 8, 10]);
    expect(pool.told).toEqual([]);
  });
});

describe('a thread that is lost', () => {
  it('with an error is replaced and its calls are done again', async () => {
    const { pool, wires } = started(1);
    const run = wait(pool, 'a');
    await until(() => began.has('a'));
    wires[0]!.crash('out of memory');
    expect(wires[0]!.terminated).toBe(true);
    await until(() => wires.length === 2 && calls(wires[1]!) === 1);
    await letGo('a');
    expect(await run).toBe('a');
  });

  it('without a word is noticed by the signs of life that it leaves out', async () => {
    const { pool, wires } = started(1, { ping: 5 });
    const run = wait(pool, 'a');
    await until(() => began.has('a'));
    wires[0]!.die();
    await letGo('a');
    expect(await run).toBe('a');
    expect(wires).toHaveLength(2);
    expect(wires[0]!.terminated).toBe(true);
  });

  it('is not taken for lost while it works and answers between steps', async () => {
    const { pool, wires } = started(1, { ping: 2 });
    const run = wait(pool, 'a');
    await until(() => wires[0]!.sent.filter(({ type }) => type === 'ping').length > 20);
    await letGo('a');
    expect(await run).toBe('a');
    expect(wires).toHaveLength(1);
    const pings = wires[0]!.sent.length;
    await new Promise(resolve => setTimeout(resolve, 20));
    // nothing is asked of an idle thread
    expect(wires[0]!.sent).toHaveLength(pings);
  });

  it('in the middle of a shared-out job costs no part of it', async () => {
    const { pool, wires } = started(3, { ping: 5 });
    const out = new Float64Array(40);
    let parts = 0;
    await pool.shareOut(40, 2, {}, async (first, count, signal) => {
      for (let i = first; i < first + count; i++)
        out[i] = (await pool.call('trial', 'double', null, { x: i }, { signal })) as number;
      parts++;
      if (parts === 4) wires[0]!.die();
      if (parts === 9) wires[1]!.crash('gone');
    });
    expect([...out]).toEqual(Array.from({ length: 40 }, (_, i) => 2 * i));
    expect(parts).toBe(20);
  });

  it('each time gives its call up after a few, with a clear error', async () => {
    const { pool, wires } = started(2);
    let restarts = 0;
    const run = wait(pool, 'a', { onRestart: () => restarts++ });
    for (let n = 0; n < ATTEMPTS; n++) {
      await until(() => wires.length === n + 1);
      wires[n]!.crash('out of memory');
    }
    expect((await failure(run)).message).toBe('The compute worker failed 3 times: out of memory');
    expect([wires.length, restarts]).toEqual([ATTEMPTS, ATTEMPTS - 1]);
    expect(await pool.call('trial', 'double', null, { x: 1 })).toBe(2);
  });

  it('while idle is not handed the next call', async () => {
    const { pool, wires } = started(1);
    await pool.call('trial', 'double', null, { x: 1 });
    wires[0]!.crash('killed');
    expect(pool.alive).toBe(0);
    expect(await pool.call('trial', 'double', null, { x: 2 })).toBe(4);
  });

  it('that can never start is tried a few times a call, not for ever', async () => {
    // went wrong once: every failed start began the next one at once
    let tried = 0;
    const { pool } = started(2, {}, () => {
      tried++;
      throw new Error('workers are not allowed here');
    });
    for (const n of [1, 2]) {
      const error = await failure(pool.call('trial', 'double', null, { x: 1 }));
      expect(error.message).toBe('The compute worker failed 3 times: workers are not allowed here');
      expect(tried).toBe(n * ATTEMPTS);
    }
  });

  it('by a start that fails now and then is started again', async () => {
    const { pool } = started(1, {}, nth => {
      if (nth % 3) throw new Error('busy');
    });
    expect(await pool.call('trial', 'double', null, { x: 1 })).toBe(2);
  });

  it('since a part of it cannot be fetched is replaced too, and says what is missing', async () => {
    const { pool, wires } = started(1);
    const error = await failure(pool.call('missing', 'double', null, { x: 1 }));
    expect(error.message).toBe('The compute worker failed 3 times: Failed to fetch methods-1.js');
    expect(wires.map(wire => wire.terminated)).toEqual([true, true, true]);
  });
});

describe('work that is shared out', () => {
  it('fails with the first failing call and cancels the others', async () => {
    const { pool } = started(2);
    const seen: string[] = [];
    const part = async (first: number, _count: number, signal: AbortSignal): Promise<void> => {
      if (first === 3) {
        await until(() => began.size === 3);
        throw new Error('broken');
      }
      await pool
        .call('trial', 'wait', null, { name: `${first}` }, { signal })
        .catch(error => seen.push((error as Error).name));
    };
    const run = pool.shareOut(4, 1, {}, part, 4);
    await expect(run).rejects.toThrow('broken');
    await until(() => seen.length === 3);
    expect(seen).toEqual(['AbortError', 'AbortError', 'AbortError']);
  });
});

describe('a pool that is disposed', () => {
  it('rejects what is under way and what is asked later, and ends its threads', async () => {
    const { pool, wires } = started(2);
    const runs = ['a', 'b', 'c'].map(name => failure(wait(pool, name)));
    pool.dispose();
    for (const run of runs) expect(isAbort(await run)).toBe(true);
    expect(isAbort(await failure(pool.call('trial', 'double', null, { x: 1 })))).toBe(true);
    expect(wires.map(wire => wire.terminated)).toEqual([true, true]);
  });
});
