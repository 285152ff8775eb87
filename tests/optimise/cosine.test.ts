import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { cellProblem } from '../../src/crystal/cell.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { LOSSES, lossOf } from '../../src/losses/registry.ts';
import { largestCurvature } from '../../src/optimise/curvature.ts';
import type { Objective } from '../../src/optimise/descent.ts';
import { freeGroups, type SearchSpace } from '../../src/optimise/modes.ts';
import { denseObjective } from '../../src/peakspace/denseObjective.ts';
import { COARSE } from '../support/instruments.ts';
import { libraryStructure } from '../support/library.ts';
import { PLAN, trajectory } from '../support/plans.ts';

const { sites, cell: truth, family } = libraryStructure('SrTiO3');
const target = simulatePattern(scatteringModel(sites, COARSE, truth), truth);
const objectiveOf = (id: (typeof LOSSES)[number]['id']): Objective => {
  const dense = denseObjective(sites, COARSE, lossOf(id), target);
  return (cell, gradient) => (cellProblem(cell) === null ? dense(cell, gradient) : Number.NaN);
};
const cosine = objectiveOf('cosine');
const space: SearchSpace = { kind: 'slice', x: 'a', y: 'b', base: truth, tied: false };
const off = (a: number, b: number): Cell => [a * truth[0], b * truth[1], truth[2], 90, 90, 90];
const lambda = largestCurvature(cosine, truth, freeGroups(space, family));
const plan = {
  ...PLAN,
  space,
  family,
  learningRate: 5e-4,
  stopGain: 1e-7,
  stopWindow: 100,
  maxIterations: 1500,
};

describe('descents of the cosine loss of SrTiO3', () => {
  it('from nearby all three settings come back to the true cell', () => {
    for (const mode of ['unconstrained', 'constrainedStart', 'constrained'] as const) {
      const near = {
        ...plan,
        start: off(1.003, 0.999),
        reading: 'movedOnly' as const,
        learningRate: 1 / lambda,
      };
      const { end } = trajectory({ ...near, mode }, cosine);
      expect(end.cell[0], mode).toBeCloseTo(truth[0], 2);
      expect(end.cell[1], mode).toBeCloseTo(truth[1], 2);
      expect(end.loss, mode).toBeLessThan(-0.9999);
    }
  });

  it('constrained stays on a = b at every step, unconstrained does not from off the line', () => {
    const start = off(1.01, 0.985);
    const on = trajectory({ ...plan, start, mode: 'constrained', maxIterations: 150 }, cosine).cells;
    expect(on.every(cell => cell[0] === cell[1])).toBe(true);
    const free = trajectory({ ...plan, start, maxIterations: 150 }, cosine).cells;
    expect(Math.abs(free.at(-1)![0]! - free.at(-1)![1]!)).toBeGreaterThan(1e-3);
  });

  it('on the line the two gradients are equal, so unconstrained stays there too', () => {
    const { cells } = trajectory({ ...plan, start: off(1.008, 1.008), maxIterations: 100 }, cosine);
    for (const cell of cells) expect(cell[0]).toBeCloseTo(cell[1]!, 9);
    expect(cells.at(-1)![0]).not.toBeCloseTo(cells[0]![0]!, 4);
  });

  it('is stable just below 2/λ_max of the Hessian at the true cell and not above', () => {
    expect(lambda).toBeGreaterThan(10);
    const run = (share: number): number => {
      const learningRate = (share * 2) / lambda;
      const { end } = trajectory(
        { ...plan, start: off(1.0004, 1.0004), learningRate, maxIterations: 300, stopWindow: 1000 },
        cosine,
      );
      return Math.hypot(end.cell[0]! - truth[0], end.cell[1]! - truth[1]);
    };
    expect(run(0.9)).toBeLessThan(1e-5);
    expect(run(1.1)).toBeGreaterThan(1e-4);
  });

  it('with every loss a short step lowers it', () => {
    for (const { id } of LOSSES) {
      const learningRate = id === 'mse' || id === 'wasserstein' ? 1e-7 : 1e-5;
      const { losses } = trajectory(
        { ...plan, learningRate, start: off(1.004, 0.997), maxIterations: 20 },
        objectiveOf(id),
      );
      expect(
        losses.every((loss, k) => k === 0 || loss < losses[k - 1]!),
        id,
      ).toBe(true);
    }
  });

  it('that leaves the cells that exist stops with that reason', () => {
    // far too long a step throws the angles apart
    const { end } = trajectory(
      { ...plan, space: { kind: 'full' }, start: [4, 3.8, 3.9, 92, 88, 91], learningRate: 1e6 },
      cosine,
    );
    expect(end.stopped).toBe('leftDomain');
    expect(cellProblem(end.cell)).toBeNull();
  });
});
