import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Structure } from '../../src/crystal/structure.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import type { Problem } from '../../src/engine/engine.ts';
import { probeWebgl, type WebglEngine } from '../../src/engine/webgl/webglEngine.ts';
import { METHODS } from '../../src/engine/worker/methods.ts';
import type { DescentOutcome } from '../../src/engine/worker/protocol.ts';
import { readCif } from '../../src/formats/cif.ts';
import { defaultRange, type Slice, sliceCell } from '../../src/landscape/slice.ts';
import type { DescentPlan } from '../../src/optimise/descent.ts';
import { offBy, reachesTruth } from '../../src/optimise/outcome.ts';

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

for (const mode of ['unconstrained', 'constrained'] as const)
  test(`${mode}: the ends are those of float64`, async () => {
    const plans = plansOf(8, { mode });
    const [gpu, cpu] = await Promise.all([engine.descendMany(problem, plans), onCpu(plans)]);
    const off = gpu.map(({ cell, loss }, i) => ({
      ...offBy(cell, cpu[i]!.cell),
      loss: Math.abs(loss - cpu[i]!.loss),
      same: reachesTruth(cell, structure.cell) === reachesTruth(cpu[i]!.cell, structure.cell),
    }));
    const sorted = off.map(({ length }) => length).sort((a, b) => b - a);
    console.log(
      mode,
      sorted.slice(0, 6),
      off
        .map(o => o.loss)
        .sort((a, b) => b - a)
        .slice(0, 6),
      off.filter(o => !o.same).length,
      gpu.filter(g => reachesTruth(g.cell, structure.cell)).length,
    );
    expect(gpu.map(({ steps, reason }) => [steps, reason])).toEqual(
      cpu.map(({ steps, reason }) => [steps, reason]),
    );
  });
