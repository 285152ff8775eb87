import { parentPort, workerData } from 'node:worker_threads';
import { overPair, type Pair, SIDE } from './anyPair.ts';

/** Rows of a map: answers the number of one with when it began and ended, milliseconds. */
const now = (): number => performance.timeOrigin + performance.now();
let loss: ReturnType<typeof overPair> | null = null;

parentPort!.on('message', (row: number) => {
  const start = now();
  loss ??= overPair((workerData as { pair: Pair }).pair);
  for (let column = 0; column < SIDE; column++) loss(column / (SIDE - 1), row / (SIDE - 1), false);
  parentPort!.postMessage({ index: row, line: `${start} ${now()}` });
});
