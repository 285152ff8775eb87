import { afterEach, expect, test } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import type { Problem } from '../../src/engine/engine.ts';
import { Pool } from '../../src/engine/pool.ts';
import { lockName, type WorkerPort, watched } from '../../src/engine/thread.ts';
import { WorkerEngine } from '../../src/engine/workerEngine.ts';

/** Real threads, of which the first ends by itself. */
let pool: Pool;
let started = 0;
const start = (): WorkerPort => {
  const name = lockName();
  return watched(
    started++ === 0
      ? new Worker(new URL('./mortal.worker.ts', import.meta.url), { type: 'module', name })
      : new Worker(new URL('../../src/engine/worker.ts', import.meta.url), { type: 'module', name }),
    name,
  );
};
afterEach(() => pool.dispose());

const PROBLEM: Problem = {
  kind: 'loss',
  sites: [{ label: 'Po', element: 'Po', fract: [0, 0, 0], occupancy: 1 }],
  instrument: PAPER_INSTRUMENT,
  loss: 'cosine',
  target: new Float64Array(9000).fill(1),
};
const CELLS = Float64Array.from({ length: 6 * 2000 }, (_, i) => (i % 6 < 3 ? 3 + 1e-4 * i : 90));

test('a thread that closes itself in the middle of a map is missed at once, and the map is whole', async () => {
  // No sign of life is asked for in this time: its lock tells.
  pool = new Pool(start, 2, { ping: 1e6 });
  const engine = new WorkerEngine(pool);
  let closed = false;
  const { loss } = await engine.evaluate(PROBLEM, CELLS, {
    onProgress: done => {
      if (done < 300 || closed) return;
      closed = true;
      new BroadcastChannel('end').postMessage('now');
    },
  });
  expect(closed).toBe(true);
  expect(started).toBe(3);
  expect([...loss].every(value => Number.isFinite(value) && value < 0)).toBe(true);
  expect(pool.alive).toBe(2);
});
