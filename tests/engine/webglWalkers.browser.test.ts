import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Structure } from '../../src/crystal/structure.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { AnalysisPool } from '../../src/engine/analysisPool.ts';
import { endsOnGpu } from '../../src/engine/endsOnGpu.ts';
import type { Problem } from '../../src/engine/engine.ts';
import type { StrategyCall } from '../../src/engine/methods/analysis.ts';
import { METHODS } from '../../src/engine/methods/evaluate.ts';
import { Pool } from '../../src/engine/pool.ts';
import { startWorker } from '../../src/engine/thread.ts';
import type { DescentOutcome } from '../../src/engine/walker.ts';
import { probeWebgl, type WebglEngine } from '../../src/engine/webgl/webglEngine.ts';
import { WorkerEngine } from '../../src/engine/workerEngine.ts';
import { readCif } from '../../src/formats/cif.ts';
import { defaultRange, type Slice, sliceCell } from '../../src/landscape/slice.ts';
import type { DescentPlan } from '../../src/optimise/descent.ts';
import { offBy, reachesTruth } from '../../src/optimise/outcome.ts';
import { plainStrategy } from '../../src/optimise/strategy.ts';

/** Descents on the GPU against those in float64, on U2Ti over a and c. */
let engine: WebglEngine;
let structure: Structure;
let problem: Problem;
beforeAll(async () => {
  const found = await probeWebgl();
  if (!found.ok) throw new Error(found.reason);
  engine = found.engine;
  const read = readCif(await (await fetch('/structures/U2Ti.cif')).text());
  if (!read.ok) throw new Error(read.message);
  structure = read.value;
  const { sites, cell } = structure;
  const target = simulatePattern(scatteringModel(sites, PAPER_INSTRUMENT, cell), cell);
  problem = { kind: 'loss', sites, instrument: PAPER_INSTRUMENT, loss: 'cosine', target };
});
afterAll(() => engine.dispose());

/** Plans from a grid of starts over the ±10 % slice. */
function plansOf(side: number, change: Partial<DescentPlan> = {}): DescentPlan[] {
  const { cell: base, family } = structure;
  const [xRange, yRange] = [defaultRange('a', base), defaultRange('c', base)];
  const slice: Slice = { x: 'a', y: 'c', base, xRange, yRange, nx: side, ny: side, tied: false, family };
  const at = ([low, high]: readonly [number, number], n: number): number =>
    low + ((high - low) * n) / (side - 1);
  return Array.from({ length: side * side }, (_, i) => ({
    start: sliceCell(slice, at(xRange, i % side), at(yRange, Math.floor(i / side))),
    mode: 'unconstrained',
    space: { kind: 'slice', x: 'a', y: 'c', base, tied: false },
    reading: 'full',
    family,
    learningRate: 0.0005,
    maxIterations: 500,
    stopGain: 1e-4,
    stopWindow: 1000,
    momentum: 0,
    ...change,
  }));
}

async function onCpu(plans: readonly DescentPlan[]): Promise<DescentOutcome[]> {
  const outcomes: DescentOutcome[] = [];
  await METHODS.descendMany(
    problem,
    { plans },
    {
      progress: ({ index, outcome }) => void (outcomes[index] = outcome),
      breathe: () => Promise.resolve(),
    },
  );
  return outcomes;
}

/** Ends in float32 may lie so far from those in float64: share of a length, loss. Measured in SwiftShader: 2e-7, 3e-7. */
const SAME = { length: 1e-5, loss: 2e-6 };

for (const [what, change] of [
  ['unconstrained', {}],
  ['constrained, with momentum', { mode: 'constrained', momentum: 0.5 }],
] as const)
  test(`${what}: every descent ends in the minimum of its float64 twin`, async () => {
    const plans = plansOf(6, { maxIterations: 300, ...change });
    const gpu = await engine.descendMany(problem, plans);
    const cpu = await onCpu(plans);
    for (const [i, { cell, loss, steps, reason }] of gpu.entries()) {
      expect({ steps, reason }).toEqual({ steps: cpu[i]!.steps, reason: cpu[i]!.reason });
      expect(offBy(cell, cpu[i]!.cell).length, `start ${i}`).toBeLessThan(SAME.length);
      expect(Math.abs(loss - cpu[i]!.loss), `start ${i}`).toBeLessThan(SAME.loss);
    }
    // some reach the truth, some do not: there was something to tell apart
    const reached = gpu.filter(({ cell }) => reachesTruth(cell, structure.cell)).length;
    expect(reached).toBeGreaterThan(0);
    expect(reached).toBeLessThan(plans.length);
  });

test('cells that do not exist and steps out of the domain end a walker, not the others', async () => {
  const [good] = plansOf(2, { maxIterations: 5 }) as [DescentPlan];
  const none: DescentPlan = { ...good, start: [-4, 4, 4, 90, 90, 90], space: { kind: 'full' } };
  const wild: DescentPlan = { ...good, learningRate: 1e9 };
  const plans = [none, good, wild];
  const gpu = await engine.descendMany(problem, plans);
  expect(gpu.map(({ steps, reason }) => [steps, reason])).toEqual([
    [0, 'leftDomain'],
    [5, 'maxIterations'],
    [0, 'leftDomain'],
  ]);
  expect(gpu[0]!.startLoss).toBeNaN();
  expect(gpu[2]!.startLoss).toBeCloseTo(gpu[1]!.startLoss, 6);
});

test('those that end make room, and the batch shrinks: long ones do not hold up the rest', async () => {
  // one long descent among short ones, three lanes
  const plans = plansOf(3).map((plan, i) => ({ ...plan, maxIterations: i === 1 ? 240 : 20 }));
  const walkers: number[] = [];
  const order: number[] = [];
  const told: number[] = [];
  const narrow = await engine.descendMany(problem, plans, {
    lanes: 3,
    onStep: n => walkers.push(n),
    onOutcome: (_, index) => order.push(index),
    onProgress: done => told.push(done),
  });
  expect(Math.max(...walkers)).toBeLessThanOrEqual(3);
  expect(walkers.at(-1)).toBe(1);
  expect(order).toHaveLength(9);
  expect(order.at(-1)).toBe(1);
  expect(told.at(-1)).toBe(9);
  expect(told.every((done, i) => i === 0 || done > told[i - 1]!)).toBe(true);
  const wide = await engine.descendMany(problem, plans);
  for (const [i, { cell, steps }] of wide.entries()) {
    expect(steps).toBe(plans[i]!.maxIterations);
    expect(offBy(cell, narrow[i]!.cell).length).toBeLessThan(SAME.length);
  }
});

test('a cancelled call rejects and stops, and no texture is left behind', async () => {
  const plans = plansOf(4, { maxIterations: 20 });
  await engine.descendMany(problem, plans);
  const before = await engine.memory();
  await engine.descendMany(problem, plans);
  const stop = new AbortController();
  let news = 0;
  const endless = plansOf(4, { maxIterations: 1e6 });
  await expect(
    engine.descendMany(problem, endless, {
      signal: stop.signal,
      onStep: () => {
        news++;
        stop.abort();
      },
    }),
  ).rejects.toMatchObject({ name: 'AbortError' });
  await expect(engine.descendMany(problem, plans, { signal: stop.signal })).rejects.toMatchObject({
    name: 'AbortError',
  });
  expect(news).toBe(1);
  // The worker is free: what waits behind a call that went on would never come.
  await engine.descendMany(problem, plans.slice(0, 2));
  expect(await engine.memory()).toEqual(before);
});

test('maps are drawn while walkers walk', async () => {
  const stop = new AbortController();
  const walking = engine.descendMany(problem, plansOf(4, { maxIterations: 1e6 }), { signal: stop.signal });
  const cells = Float64Array.from(plansOf(4).flatMap(({ start }) => [...start]));
  const { loss } = await engine.evaluate(problem, cells);
  expect(loss.every(Number.isFinite)).toBe(true);
  stop.abort();
  await expect(walking).rejects.toMatchObject({ name: 'AbortError' });
});

test('when the context is lost the pool finishes, and the GPU is there again', async () => {
  const threads = new Pool(startWorker, 1);
  const pool = new AnalysisPool(new WorkerEngine(threads), threads);
  const plans = plansOf(4, { maxIterations: 60 });
  const plan = { ...plans[0]!, maxIterations: 60 };
  const call: StrategyCall = {
    plan,
    strategy: plainStrategy({ mode: 'unconstrained', family: structure.family }),
    spread: [0, 0, 0, 0, 0, 0],
    seed: 1,
  };
  const starts = Float64Array.from(plans.flatMap(({ start }) => [...start]));
  const before = engine.recoveries;
  const losses = new Float64Array(16).fill(Number.NaN);
  let gone = false;
  const share = await endsOnGpu(
    {
      descendMany: (asked, list, options) =>
        engine.descendMany(asked, list, {
          ...options,
          // room for half of them, so that some have ended
          lanes: 8,
          onOutcome: (outcome, index) => {
            options?.onOutcome?.(outcome, index);
            if (gone) return;
            gone = true;
            void engine.loseContext().catch(() => {});
          },
        }),
    },
    pool,
    problem,
    call,
    starts,
    {
      onPart: (positions, part) => {
        for (let k = 0; k < part.losses.length; k++) losses[positions[k]!] = part.losses[k]!;
      },
    },
  );
  expect(share.failure).toBe('the GPU context was lost');
  expect(share.onGpu).toBeGreaterThanOrEqual(8);
  expect(share.onGpu).toBeLessThan(16);
  expect(engine.recoveries).toBe(before + 1);
  const cpu = await onCpu(plans);
  for (const [i, loss] of losses.entries()) expect(Math.abs(loss - cpu[i]!.loss)).toBeLessThan(SAME.loss);
  // what the pool did is float64 to the last bit
  expect(cpu.filter(({ loss }, i) => loss === losses[i]).length).toBeGreaterThanOrEqual(16 - share.onGpu);
  const [again] = await engine.descendMany(problem, plans.slice(0, 1));
  expect(Math.abs(again!.loss - cpu[0]!.loss)).toBeLessThan(SAME.loss);
  threads.dispose();
});
