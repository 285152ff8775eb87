import type { Structure } from '../../src/crystal/structure.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { probeWebgl, type WebglEngine } from '../../src/engine/webgl/webglEngine.ts';
import { WorkerEngine } from '../../src/engine/workerEngine.ts';
import { readCif } from '../../src/formats/cif.ts';
import { sliceCell, slicePoints } from '../../src/landscape/slice.ts';
import type { LossId } from '../../src/losses/loss.ts';
import type { DescentPlan } from '../../src/optimise/descent.ts';
import { MAP_SIDES, problemOf, sliceFor, WALKERS } from './cases.ts';
import { FrameWatch } from './frameWatch.ts';
import { median } from './timing.ts';

/** Runs in a browser: what bench.ts measures there. Times in seconds unless named otherwise. */
export interface PageFigures {
  readonly agent: string;
  /** Renderer of WebGL, or why there is none. */
  readonly webgl: string;
  readonly workers: string;
  readonly maps: readonly MapFigure[];
  /** ms of one loss and gradient of each of the walkers, all evaluated at once. */
  readonly walkers: readonly { readonly id: string; readonly engine: string; readonly stepMs: number }[];
  /** Descents of as many walkers from a slice of starts: ms a step, and the longest gap between frames meanwhile, ms. */
  readonly descents: readonly {
    readonly id: string;
    readonly engine: string;
    readonly stepMs: number;
    readonly gapMs: number;
  }[];
  /** A catchment map: starts, steps of all descents together, seconds. */
  readonly catchment: { readonly starts: number; readonly steps: number; readonly seconds: number };
}
export interface MapFigure {
  readonly id: string;
  readonly side: number;
  readonly engine: string;
  readonly first: number;
  readonly median: number;
  /** Longest gap between two frames of the page meanwhile, ms. */
  readonly gapMs: number;
}
/** Memory before, halfway and after many maps. */
export interface MemoryFigures {
  readonly maps: number;
  readonly marks: readonly {
    readonly done: number;
    readonly tensors: number;
    readonly textureBytes: number;
    readonly heapBytes: number;
  }[];
}

const POOL = 'worker pool, float64';
const GPU = 'WebGL, float32';

const structureOf = (cif: string): Structure => {
  const read = readCif(cif);
  if (!read.ok) throw new Error('the CIF could not be read');
  return read.value;
};

async function timedMap(
  engine: Engine,
  name: string,
  id: string,
  structure: Structure,
  side: number,
): Promise<MapFigure> {
  const problem = problemOf(structure, 'cosine');
  const cells = slicePoints(sliceFor(structure, 'a', 'c', side));
  const seconds: number[] = [];
  const watch = new FrameWatch();
  for (let round = 0; round < 6; round++) {
    // the first round also carries compilation and preparation
    if (round === 1) watch.start();
    const start = performance.now();
    const { loss } = await engine.evaluate(problem, cells);
    seconds.push((performance.now() - start) / 1000);
    const best = Math.min(...loss);
    if (loss.length !== side ** 2 || Math.abs(best + 1) > 1e-5)
      throw new Error(`${name}: the map is wrong (lowest loss ${best})`);
  }
  const [first = 0, ...rest] = seconds;
  return { id, side, engine: name, first, median: median(rest), gapMs: watch.stop() };
}

/** One step of many walkers around the truth: the time of an evaluation with gradients. */
async function timedStep(engine: Engine, structure: Structure): Promise<number> {
  const problem = problemOf(structure, 'cosine');
  const cells = slicePoints(sliceFor(structure, 'a', 'c', Math.sqrt(WALKERS)));
  const times: number[] = [];
  for (let round = 0; round < 12; round++) {
    const start = performance.now();
    await engine.evaluate(problem, cells, { gradient: true });
    times.push(performance.now() - start);
  }
  return median(times.slice(2));
}

/** Descents from a grid of starts over the slice. */
function plansOver(structure: Structure, side: number, maxIterations: number): DescentPlan[] {
  const slice = sliceFor(structure, 'a', 'c', side);
  return Array.from({ length: side * side }, (_, i): DescentPlan => {
    const at = (range: readonly [number, number], n: number): number =>
      range[0] + ((range[1] - range[0]) * n) / (side - 1);
    return {
      start: sliceCell(slice, at(slice.xRange, i % side), at(slice.yRange, Math.floor(i / side))),
      mode: 'unconstrained',
      space: { kind: 'slice', x: 'a', y: 'c', base: structure.cell, tied: false },
      reading: 'full',
      family: structure.family,
      learningRate: 0.0005,
      maxIterations,
      stopGain: 1e-4,
      stopWindow: 1000,
      momentum: 0,
    };
  });
}

const WALK_STEPS = 30;

/** Real descents of many walkers: a step of all of them, ms. */
async function timedWalk(
  engine: WorkerEngine | WebglEngine,
  structure: Structure,
): Promise<{ readonly stepMs: number; readonly gapMs: number }> {
  const problem = problemOf(structure, 'cosine');
  const plans = plansOver(structure, Math.sqrt(WALKERS), WALK_STEPS);
  await engine.descendMany(
    problem,
    plans.map(plan => ({ ...plan, maxIterations: 4 })),
  );
  const watch = new FrameWatch();
  watch.start();
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const start = performance.now();
    const outcomes = await engine.descendMany(problem, plans);
    // a walker asks for one cell more than it takes steps
    times.push((performance.now() - start) / (WALK_STEPS + 1));
    if (outcomes.some(({ steps }) => steps !== WALK_STEPS)) throw new Error('a walker left the domain');
  }
  return { stepMs: median(times), gapMs: watch.stop() };
}

async function timedCatchment(cpu: WorkerEngine, structure: Structure): Promise<PageFigures['catchment']> {
  const plans = plansOver(structure, 15, 400);
  const start = performance.now();
  const outcomes = await cpu.descendMany(problemOf(structure, 'cosine'), plans);
  const seconds = (performance.now() - start) / 1000;
  return { starts: plans.length, steps: outcomes.reduce((sum, { steps }) => sum + steps, 0), seconds };
}

async function measure(
  cifs: Record<string, string>,
  tell: (text: string) => void = () => {},
): Promise<PageFigures> {
  const cpu = new WorkerEngine();
  tell('checking WebGL');
  const found = await probeWebgl();
  const maps: MapFigure[] = [];
  const walkers: { id: string; engine: string; stepMs: number }[] = [];
  const descents: PageFigures['descents'][number][] = [];
  const engines: [WorkerEngine | WebglEngine, string][] = [
    [cpu, POOL],
    ...(found.ok ? [[found.engine, GPU] as [WebglEngine, string]] : []),
  ];
  for (const [id, cif] of Object.entries(cifs)) {
    const structure = structureOf(cif);
    for (const [engine, name] of engines) {
      for (const side of MAP_SIDES) {
        tell(`${id}, map of ${side} × ${side} points on ${name}`);
        maps.push(await timedMap(engine, name, id, structure, side));
      }
      tell(`${id}, ${WALKERS} walkers on ${name}`);
      walkers.push({ id, engine: name, stepMs: await timedStep(engine, structure) });
      descents.push({ id, engine: name, ...(await timedWalk(engine, structure)) });
    }
  }
  tell('catchment');
  const catchment = await timedCatchment(cpu, structureOf(Object.values(cifs)[0]!));
  const webgl = found.ok ? found.renderer : found.reason;
  const workers = cpu.device;
  if (found.ok) found.engine.dispose();
  return { agent: navigator.userAgent, webgl, workers, maps, walkers, descents, catchment };
}

/** Seconds of a map on the threads, once they are warm. */
async function measureMap(cif: string, side: number): Promise<number> {
  return (await timedMap(new WorkerEngine(), POOL, 'map', structureOf(cif), side)).median;
}

/** Bytes of the page's own heap after a collection, where the browser tells. */
function heapBytes(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return (performance as { memory?: { usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? Number.NaN;
}

/** Many small maps of changing size, place and loss, on both engines in turn. */
async function memory(cif: string, maps: number): Promise<MemoryFigures> {
  const structure = structureOf(cif);
  const cpu = new WorkerEngine();
  const found = await probeWebgl();
  if (!found.ok) throw new Error(found.reason);
  const gpu: WebglEngine = found.engine;
  const problems = (['cosine', 'mse', 'entropy'] as const).map(loss => problemOf(structure, loss));
  const marks: MemoryFigures['marks'][number][] = [];
  for (let done = 0; done <= maps; done++) {
    if (done % (maps / 10) === 0) {
      const { tensors, bytes } = await gpu.memory();
      marks.push({ done, tensors, textureBytes: bytes, heapBytes: heapBytes() });
      if (done === maps) break;
    }
    const slice = sliceFor(structure, 'a', 'c', 5 + (done % 3));
    const shift = 1 + 0.0001 * (done % 50);
    const cells = slicePoints(slice).map((x, i) => (i % 6 === 0 ? x * shift : x));
    // the losses by pattern take a hundred times as long in software rendering
    const problem = problems[done % 40 === 7 ? 1 : done % 40 === 23 ? 2 : 0]!;
    await gpu.evaluate(problem, cells);
    if (done % 10 === 0) await cpu.evaluate(problem, cells);
  }
  gpu.dispose();
  return { maps, marks };
}

/** WebGL's losses [n] and gradients [n * 6] of a crystal against its own pattern. */
async function evaluateOnGpu(
  cif: string,
  loss: LossId,
  cells: readonly number[],
): Promise<{ loss: number[]; gradient: number[] }> {
  gpuForChecks ??= probeWebgl();
  const found = await gpuForChecks;
  if (!found.ok) throw new Error(found.reason);
  const problem = problemOf(structureOf(cif), loss);
  const result = await found.engine.evaluate(problem, Float64Array.from(cells), { gradient: true });
  return { loss: Array.from(result.loss), gradient: Array.from(result.gradient!) };
}
let gpuForChecks: ReturnType<typeof probeWebgl> | null = null;

declare global {
  interface Window {
    measure: typeof measure;
    measureMap: typeof measureMap;
    measureMemory: typeof memory;
    evaluateOnGpu: typeof evaluateOnGpu;
  }
}
window.measure = measure;
window.measureMap = measureMap;
window.measureMemory = memory;
window.evaluateOnGpu = evaluateOnGpu;

/** Opened by a user (`npm run bench -- --browser`): measures at once, shows the figures and sends them to the server. */
async function runHere(): Promise<void> {
  const out = document.querySelector('pre')!;
  const tell = (text: string): void => {
    out.textContent = `Measuring: ${text} …`;
  };
  try {
    const cifs = (await (await fetch('/bench/structures')).json()) as Record<string, string>;
    const figures = await measure(cifs, tell);
    const answer = await fetch('/bench/figures', { method: 'POST', body: JSON.stringify(figures) });
    out.textContent = await answer.text();
  } catch (error) {
    out.textContent = `The measurement failed: ${(error as Error).message}`;
  }
}
if (location.search === '?run') void runHere();
