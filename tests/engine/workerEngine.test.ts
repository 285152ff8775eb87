import { afterEach, describe, expect, it, vi } from 'vitest';
import { isAbort } from '../../src/engine/engine.ts';
import type { DescentChunk } from '../../src/engine/walker.ts';
import { WorkerEngine } from '../../src/engine/workerEngine.ts';
import { patternModel } from '../../src/peakspace/pattern/patternModel.ts';
import { distorted } from '../support/cells.ts';
import { libraryStructure } from '../support/library.ts';
import { memoryPool, type Wire } from '../support/memoryWorker.ts';
import { PLAN } from '../support/plans.ts';
import { libraryProblem } from '../support/problems.ts';

const PROBLEM = libraryProblem('SrTiO3');
const { cell } = libraryStructure('SrTiO3');
/** More than two calls' worth, so that several workers share them. */
const CELLS = Float64Array.from(Array.from({ length: 150 }, (_, seed) => distorted(cell, seed, 0.03)).flat());

const engines: WorkerEngine[] = [];
const engineOf = (size: number): { engine: WorkerEngine; wires: Wire[] } => {
  const { pool, wires } = memoryPool(size);
  const engine = new WorkerEngine(pool);
  engines.push(engine);
  return { engine, wires };
};
afterEach(() => {
  for (const engine of engines.splice(0)) engine.dispose();
});

describe('the engine over a pool of workers', () => {
  it('gives the same numbers whatever the number of workers', async () => {
    const [one, three] = await Promise.all(
      [1, 3].map(size => engineOf(size).engine.evaluate(PROBLEM, CELLS, { gradient: true })),
    );
    expect(one!.loss).toHaveLength(150);
    expect(three).toEqual({ ...one, ms: expect.any(Number) });
  });

  it('uses every worker of the pool and names how many there are', async () => {
    const { engine, wires } = engineOf(2);
    await engine.evaluate(PROBLEM, CELLS);
    expect(wires.map(wire => wire.sent.some(message => message.type === 'call'))).toEqual([true, true]);
    expect([engine.device, engineOf(1).engine.device]).toEqual(['2 CPU workers', '1 CPU worker']);
  });

  it('says so where there is no WebAssembly', () => {
    vi.stubGlobal('WebAssembly', undefined);
    const { device } = engineOf(2).engine;
    vi.unstubAllGlobals();
    expect(device).toBe('2 CPU workers without WebAssembly (the dense reference, slower)');
  });

  it('has one thread judge a problem, and none again while just the widths of the peaks move', async () => {
    const { engine, wires } = engineOf(2);
    const judged = (): number =>
      wires
        .flatMap(wire => wire.sent)
        .filter(message => message.type === 'call' && message.method === 'judge').length;
    await engine.evaluate(PROBLEM, CELLS);
    await engine.probe(PROBLEM, CELLS.slice(0, 6));
    expect(judged()).toBe(1);
    const wider = { ...PROBLEM, instrument: { ...PROBLEM.instrument, w: 1.02 * PROBLEM.instrument.w } };
    await engine.evaluate(wider, CELLS);
    expect(judged()).toBe(1);
    await engine.evaluate({ ...PROBLEM, loss: 'entropy' }, CELLS);
    expect(judged()).toBe(2);
  });

  it('reports progress up to all cells', async () => {
    const seen: number[] = [];
    await engineOf(2).engine.evaluate(PROBLEM, CELLS, {
      onProgress: (done, total) => seen.push(done, total),
    });
    expect(seen.at(-2)).toBe(150);
    expect(seen.filter((_, i) => i % 2 === 1).every(total => total === 150)).toBe(true);
  });

  it('gives patterns in order, one alone as among many', async () => {
    const { engine } = engineOf(2);
    const bins = PROBLEM.target.length;
    const all = await engine.patterns(PROBLEM, CELLS);
    expect(all).toHaveLength(150 * bins);
    const alone = await engine.patterns(PROBLEM, CELLS.slice(6 * 70, 6 * 71));
    const apart = alone.map((value, i) => Math.abs(value - all[70 * bins + i]!) / value);
    expect(Math.max(...apart)).toBeLessThan(1e-12);
  });

  it('gives the tree for patterns as often as it is asked for, whole each time', async () => {
    const { engine } = engineOf(1);
    const [first, second] = [await engine.patternTree(PROBLEM, 100), await engine.patternTree(PROBLEM, 100)];
    const model = patternModel(PROBLEM.sites, PROBLEM.instrument, () => first!)!;
    const fast = model.forward(CELLS.slice(0, 6))!.pattern;
    const dense = await engine.patterns(PROBLEM, CELLS.slice(0, 6));
    const highest = Math.max(...dense);
    expect(Math.max(...dense.map((value, i) => Math.abs(value - fast[i]!)))).toBeLessThan(1e-8 * highest);
    expect(second).toEqual(first);
  });

  it('a probe is one cell with its gradient, none is none', async () => {
    const { engine } = engineOf(1);
    const all = await engine.evaluate(PROBLEM, CELLS.slice(0, 6), { gradient: true });
    expect(await engine.probe(PROBLEM, CELLS.slice(0, 6))).toEqual({ ...all, ms: expect.any(Number) });
    expect(await engine.evaluate(PROBLEM, new Float64Array(0))).toEqual({ loss: new Float64Array(0), ms: 0 });
  });

  it('cancelled, rejects with AbortError and every worker stops', async () => {
    const { engine, wires } = engineOf(2);
    const stop = new AbortController();
    const onProgress = (): void => stop.abort();
    const run = engine.evaluate(PROBLEM, CELLS, { signal: stop.signal, onProgress });
    await expect(run).rejects.toSatisfy(isAbort);
    const calls = wires.flatMap(wire => wire.sent).filter(message => message.type === 'call');
    // two on each thread and the next on one
    expect(calls.length).toBeLessThan(6);
    await expect(engine.evaluate(PROBLEM, CELLS, { signal: stop.signal })).rejects.toSatisfy(isAbort);
  });

  it('disposed under way, rejects', async () => {
    const { engine } = engineOf(2);
    const runs = [
      engine.evaluate(PROBLEM, CELLS),
      engine.descend(PROBLEM, PLAN),
      engine.probe(PROBLEM, CELLS.slice(0, 6)),
    ];
    engine.dispose();
    for (const run of runs) await expect(run).rejects.toSatisfy(isAbort);
  });

  it('streams a descent whose chunks together are the whole of it', async () => {
    const plan = {
      ...PLAN,
      start: distorted(cell, 3, 0.01),
      space: { kind: 'full' } as const,
      learningRate: 5e-4,
      maxIterations: 400,
    };
    const collect = async (size: number): Promise<{ losses: number[]; cells: number[]; steps: number }> => {
      const chunks: DescentChunk[] = [];
      const { steps } = await engineOf(size).engine.descend(PROBLEM, plan, {
        onChunk: chunk => chunks.push(chunk),
      });
      return {
        losses: chunks.flatMap(chunk => Array.from(chunk.losses)),
        cells: chunks.flatMap(chunk => Array.from(chunk.cells)),
        steps,
      };
    };
    const found = await collect(1);
    expect(found.steps).toBe(400);
    expect(found.losses).toHaveLength(401);
    expect(found.cells.slice(0, 6)).toEqual(plan.start);
    expect(await collect(3)).toEqual(found);
  });

  it('runs many descents, the same ones on any number of workers, each like one alone', async () => {
    const plans = Array.from({ length: 7 }, (_, seed) => ({
      ...PLAN,
      start: distorted(cell, seed, 0.01),
      space: { kind: 'full' } as const,
      learningRate: 5e-4,
      // of very different lengths: the first does not end within its first slice of time
      maxIterations: seed === 0 ? 2000 : 5 + seed,
    }));
    const seen: number[] = [];
    const counts: number[] = [];
    const many = await engineOf(3).engine.descendMany(PROBLEM, plans, {
      onOutcome: (outcome, index) => {
        expect(outcome.steps).toBe(plans[index]!.maxIterations);
        seen.push(index);
      },
      onProgress: (done, total) => counts.push(done, total),
    });
    expect(seen.toSorted((p, q) => p - q)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    // the long first one holds up nobody
    expect(seen.at(-1)).toBe(0);
    expect(counts.slice(-2)).toEqual([7, 7]);
    expect(await engineOf(1).engine.descendMany(PROBLEM, plans)).toEqual(many);

    const chunks: DescentChunk[] = [];
    await engineOf(1).engine.descend(PROBLEM, plans[0]!, { onChunk: chunk => chunks.push(chunk) });
    const cells = chunks.flatMap(chunk => Array.from(chunk.cells));
    const losses = chunks.flatMap(chunk => Array.from(chunk.losses));
    const { cell: end, loss, startLoss, bestStep, bestLoss, bestCell } = many[0]!;
    expect([...end]).toEqual(cells.slice(-6));
    expect([startLoss, loss, bestLoss]).toEqual([losses[0], losses.at(-1), Math.min(...losses)]);
    expect([...bestCell]).toEqual(cells.slice(6 * bestStep, 6 * bestStep + 6));
  });

  it('reports a start without a cell among many, and stops them all when cancelled', async () => {
    const none = { ...PLAN, start: [4, 4, 4, 60, 60, 121] as const, space: { kind: 'full' } as const };
    const { engine } = engineOf(2);
    const [outcome] = await engine.descendMany(PROBLEM, [none]);
    expect(outcome).toMatchObject({ reason: 'leftDomain', steps: 0, startLoss: Number.NaN });
    const stop = new AbortController();
    const long = { ...PLAN, start: cell, space: { kind: 'full' } as const, maxIterations: 30_000 };
    const run = engine.descendMany(PROBLEM, Array(20).fill(long), { signal: stop.signal });
    setTimeout(() => stop.abort(), 30);
    await expect(run).rejects.toSatisfy(isAbort);
  });

  it('finds the largest stable learning rate', async () => {
    const plan = { ...PLAN, start: cell, space: { kind: 'full' } as const };
    const rate = await engineOf(1).engine.stableRate(PROBLEM, plan);
    expect(rate).toBeGreaterThan(1e-5);
    expect(rate).toBeLessThan(1);
  });
});
