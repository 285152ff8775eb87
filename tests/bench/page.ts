import type { Engine } from '../../src/engine/engine.ts';
import { probeWebgl } from '../../src/engine/webgl/webglEngine.ts';
import { spawnWorkerEngine } from '../../src/engine/worker/workerEngine.ts';
import { readCif } from '../../src/formats/cif.ts';
import { sliceCells } from '../../src/landscape/slice.ts';
import { MAP_SIDES, problemOf, sliceFor } from './cases.ts';

/** Runs in the browser: seconds for a map on each engine, first round and median of the next three. */
export interface MapTiming {
  readonly side: number;
  readonly engine: string;
  readonly device: string;
  readonly first: number;
  readonly median: number;
}

async function timed(engine: Engine, name: string, cif: string, side: number): Promise<MapTiming> {
  const read = readCif(cif);
  if (!read.ok) throw new Error('the CIF could not be read');
  const problem = problemOf(read.value, 'cosine');
  const cells = sliceCells(sliceFor(read.value, 'a', 'c', side));
  const seconds: number[] = [];
  for (let round = 0; round < 4; round++) {
    const start = performance.now();
    const { loss } = await engine.evaluate(problem, cells);
    seconds.push((performance.now() - start) / 1000);
    const best = Math.min(...loss);
    if (loss.length !== side ** 2 || Math.abs(best + 1) > 1e-5)
      throw new Error(`${name}: the map is wrong (lowest loss ${best})`);
  }
  const [first = 0, ...rest] = seconds;
  return { side, engine: name, device: engine.device, first, median: rest.sort((p, q) => p - q)[1] ?? 0 };
}

async function measure(cifs: Record<string, string>): Promise<Record<string, MapTiming[]>> {
  const cpu = spawnWorkerEngine();
  const found = await probeWebgl();
  const out: Record<string, MapTiming[]> = {};
  for (const [name, cif] of Object.entries(cifs)) {
    const timings: MapTiming[] = [];
    for (const side of MAP_SIDES) {
      timings.push(await timed(cpu, 'worker pool, float64', cif, side));
      if (found.ok) timings.push(await timed(found.engine, 'WebGL, float32', cif, side));
    }
    out[name] = timings;
  }
  cpu.dispose();
  if (found.ok) found.engine.dispose();
  return out;
}

declare global {
  interface Window {
    measure: typeof measure;
  }
}
window.measure = measure;
