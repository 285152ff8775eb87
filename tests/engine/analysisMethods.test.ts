import { describe, expect, it } from 'vitest';
import type { LossProblem } from '../../src/engine/engine.ts';
import { METHODS, type StrategyCall } from '../../src/engine/methods/analysis.ts';
import { prepare } from '../../src/engine/methods/evaluate.ts';
import { groundsOf } from '../../src/engine/methods/grounds.ts';
import { LOSSES } from '../../src/losses/registry.ts';
import type { DescentPlan } from '../../src/optimise/descent.ts';
import { reachesTruth } from '../../src/optimise/outcome.ts';
import { OWN_GROUND, plainStrategy, strategyOf } from '../../src/optimise/strategy.ts';
import { libraryStructure } from '../support/library.ts';
import { someParameters } from '../support/modelCases.ts';
import { libraryProblem } from '../support/problems.ts';

const { cell } = libraryStructure('U2Ti');
const problem = libraryProblem('U2Ti');
const quiet = { progress: () => {}, breathe: () => Promise.resolve() };
const plan: DescentPlan = {
  start: cell,
  mode: 'unconstrained',
  space: { kind: 'slice', x: 'a', y: 'c', base: cell, tied: false },
  reading: 'full',
  family: 'hexagonal',
  learningRate: 0.0005,
  maxIterations: 400,
  stopGain: 1e-4,
  stopWindow: 1000,
  momentum: 0,
};
const settings = {
  mode: 'unconstrained',
  family: 'hexagonal',
  momentum: 0.9,
  starts: 2,
  widthFactor: 8,
  pull: 0.05,
  pullSteps: 100,
  jitter: 1e-3,
} as const;
const call = (strategy: StrategyCall['strategy']): StrategyCall => ({
  plan,
  strategy,
  spread: cell.map(value => 0.02 * value),
  seed: 1,
});
const beside = (a: number, c: number): number[] => cell.map((v, i) => v * (i === 0 ? a : i === 2 ? c : 1));

describe('the worker of the analysis tools', () => {
  it('ends plain descents where the explorer’s descents end, whatever stands beside them', async () => {
    const starts = Float64Array.from([...beside(1.004, 0.997), ...beside(1.06, 0.95)]);
    const both = await METHODS.ends(problem, { ...call(plainStrategy(settings)), starts }, quiet);
    const alone = await METHODS.ends(
      problem,
      { ...call(plainStrategy(settings)), starts: starts.slice(6) },
      quiet,
    );
    expect(both.cells.slice(6)).toEqual(alone.cells);
    expect([...both.steps]).toEqual([400, 400]);
    expect(reachesTruth(both.cells.slice(0, 6), cell)).toBe(true);
    expect(reachesTruth(both.cells.slice(6), cell)).toBe(false);
  });

  it('streams every iterate of a walk, stages included, the last being the end', async () => {
    let losses: number[] = [];
    let cells: number[] = [];
    const end = await METHODS.walk(
      problem,
      {
        ...call(strategyOf('annealed', settings, cell, [0, 2])),
        plan: { ...plan, start: beside(1.05, 0.97) as never },
      },
      {
        ...quiet,
        progress: chunk => {
          losses = losses.concat(...chunk.losses);
          cells = cells.concat(...chunk.cells);
        },
      },
    );
    expect(losses).toHaveLength(end.steps + 1);
    expect(cells).toHaveLength(6 * losses.length);
    // wide peaks lead to the truth from where the plain descent fails
    expect(reachesTruth(cells.slice(-6), cell)).toBe(true);
    const plain = await METHODS.ends(
      problem,
      { ...call(plainStrategy(settings)), starts: Float64Array.from(beside(1.05, 0.97)) },
      quiet,
    );
    expect(reachesTruth(plain.cells, cell)).toBe(false);
  });

  it('keeps the lowest end of a multi-start and counts the steps of all', async () => {
    const strategy = strategyOf('multiStart', settings, cell, [0, 2]);
    const starts = Float64Array.from(beside(1.06, 0.95));
    const best = await METHODS.ends(problem, { ...call(strategy), starts }, quiet);
    const plain = await METHODS.ends(problem, { ...call(plainStrategy(settings)), starts }, quiet);
    expect(best.losses[0]).toBeLessThanOrEqual(plain.losses[0]!);
    expect(best.steps[0]).toBe(800);
  });

  it('reads the curvature at the truth: all directions rise, across the symmetry with the fourth power', async () => {
    const ac = await METHODS.curvature(problem, { plan }, quiet);
    expect([...ac!.exponents].every(power => Math.abs(power - 2) < 0.2)).toBe(true);
    const ab = await METHODS.curvature(
      problem,
      { plan: { ...plan, space: { kind: 'slice', x: 'a', y: 'b', base: cell, tied: false } } },
      quiet,
    );
    // the softest direction is a − b, off the symmetry line
    expect(ab!.vectors[0]! * ab!.vectors[1]!).toBeCloseTo(-0.5, 3);
    expect(ab!.exponents[0]).toBeGreaterThan(3.5);
    expect(ab!.values[0]! / ab!.values[1]!).toBeLessThan(0.1);
  });
});

describe('excluded regions of a measured target', () => {
  const [from, to] = [3000, 4500];
  const excluded = problem.target.map((_, i) => +(i >= from && i < to));
  /** The target with something in the excluded region that is not of the crystal. */
  const marred = (height: number): LossProblem => ({
    ...problem,
    excluded: Uint8Array.from(excluded),
    target: problem.target.map((value, i) => (excluded[i] ? height * (1 + Math.sin(i / 40)) : value)),
  });
  const at = Float64Array.from(beside(1.01, 0.99));

  it.each(LOSSES.map(({ id }) => id))('do not count on any ground of %s', loss => {
    for (const blur of [1, 3])
      for (const tolerant of [false, true]) {
        const [clean, spoilt] = [0, 1e4].map(height => {
          const gradient = new Float64Array(6);
          const value = groundsOf({ ...marred(height), loss })({ blur, tolerant })(at, gradient);
          return [value, ...gradient];
        });
        expect(spoilt).toEqual(clean);
      }
  });

  it('do not count in the curvature, nor where descents end', async () => {
    const curvature = (height: number) => METHODS.curvature(marred(height), { plan }, quiet);
    expect(await curvature(1e4)).toEqual(await curvature(0));
    const strategy = plainStrategy(settings);
    const ends = (height: number) => METHODS.ends(marred(height), { ...call(strategy), starts: at }, quiet);
    expect((await ends(1e4)).cells).toEqual((await ends(0)).cells);
  });
});

describe('the grounds of a problem', () => {
  const grounds = groundsOf(problem);
  it('all have their best loss at the truth', () => {
    // the pseudo-Voigt that stands for a Lorentzian under a Gaussian kernel is off by 4e-5 of the loss
    for (const [blur, digits] of [
      [1, 6],
      [3, 3.9],
      [8, 3.9],
    ] as const)
      expect(grounds({ blur, tolerant: false })(Float64Array.from(cell), new Float64Array(6))).toBeCloseTo(
        -1,
        digits,
      );
    expect(grounds({ blur: 1, tolerant: true })(Float64Array.from(cell), new Float64Array(6))).toBeCloseTo(
      -1,
      6,
    );
  });
  it('have the slopes of what else than the cell moves, by differences', async () => {
    const { intensities } = someParameters(problem.sites, problem.instrument);
    const moved = intensities.slice(0, 3);
    for (const cellMoves of [false, true]) {
      await prepare({ model: { moved, cellMoves } });
      const on = groundsOf({ ...problem, model: { moved, cellMoves } });
      for (const ground of [
        { blur: 1, tolerant: true },
        { blur: 3, tolerant: false },
      ]) {
        const at = Float64Array.of(...cell, ...moved.map(({ value }) => value + 0.02));
        const objective = on(ground);
        const gradient = new Float64Array(at.length);
        objective(at, gradient);
        const numerical = moved.map((_, j) => {
          const [less, more] = [-1e-5, 1e-5].map(step =>
            objective(
              at.map((x, i) => (i === 6 + j ? x + step : x)),
              new Float64Array(at.length),
            ),
          );
          return (more! - less!) / 2e-5;
        });
        const largest = Math.max(...numerical.map(Math.abs));
        expect(largest).toBeGreaterThan(0.01);
        for (const [j, slope] of numerical.entries())
          expect(Math.abs(gradient[6 + j]! - slope)).toBeLessThan(1e-5 * largest);
      }
    }
  });
  it('are made once, and wider peaks see a distant truth from further away', () => {
    expect(grounds(OWN_GROUND)).toBe(grounds({ blur: 1, tolerant: false }));
    const off = Float64Array.from(beside(1.05, 1));
    const at = (blur: number): number => grounds({ blur, tolerant: false })(off, new Float64Array(6));
    expect(at(8)).toBeLessThan(at(1) - 0.2);
  });
});
