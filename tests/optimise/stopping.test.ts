import { describe, expect, it } from 'vitest';
import { type Objective, startDescent, stepDescent } from '../../src/optimise/descent.ts';
import { diagonal, PLAN, quadratic, trajectory } from '../support/plans.ts';
import { fc } from '../support/seeded.ts';

/** An objective whose values are a given list, one an evaluation: only the stopping rule is looked at. */
const listed = (values: readonly number[]): Objective => {
  let at = 0;
  return (_, gradient) => {
    gradient.fill(0);
    return values[at++] ?? values.at(-1)!;
  };
};

/** The rule of the conventions: the first k ≥ window with L[k − window] − L[k] < gain. */
function firstStop(values: readonly number[], window: number, gain: number, limit: number): [number, string] {
  for (let k = 0; k <= limit; k++)
    if (k >= window && values[k - window]! - values[k]! < gain) return [k, 'converged'];
  return [limit, 'maxIterations'];
}

describe('a descent stops', () => {
  it('at the first k ≥ window with L[k − window] − L[k] < gain, or at the limit', () => {
    const losses = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 31, maxLength: 31 });
    fc.assert(
      fc.property(
        losses,
        fc.integer({ min: 1, max: 35 }),
        fc.integer({ min: 0, max: 8 }),
        (values, stopWindow, stopGain) => {
          // drawn falls, so that windows without a stop occur
          const falling = values.map((value, k) => value - 2 * k);
          const { end } = trajectory({ ...PLAN, stopWindow, stopGain, maxIterations: 30 }, listed(falling));
          expect([end.step, end.stopped]).toEqual(firstStop(falling, stopWindow, stopGain, 30));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("with the paper's rule, 1e-4 in 1000 steps, not before step 1000", () => {
    const flat = trajectory({ ...PLAN, stopGain: 1e-4, maxIterations: 30_000 }, listed([-0.5]));
    expect([flat.end.step, flat.end.stopped]).toEqual([1000, 'converged']);
    // a gain of exactly 1.1e-7 a step is 1.1e-4 in a window: it goes on to the limit
    const slow = Array.from({ length: 3001 }, (_, k) => -1.1e-7 * k);
    const limit = trajectory({ ...PLAN, stopGain: 1e-4, maxIterations: 3000 }, listed(slow));
    expect([limit.end.step, limit.end.stopped]).toEqual([3000, 'maxIterations']);
  });

  it('at the true minimum of a quadratic once converged', () => {
    const bowl = quadratic(diagonal(3, 3, 0, 0, 0, 0), [5, 5, 5, 90, 90, 90]);
    const { end } = trajectory(
      { ...PLAN, learningRate: 0.1, stopWindow: 50, stopGain: 1e-12, maxIterations: 9999 },
      bowl,
    );
    expect(end.stopped).toBe('converged');
    expect(end.cell[0]).toBeCloseTo(5, 5);
    expect(end.step).toBeLessThan(200);
  });

  it('before a cell that does not exist: the last iterate that does is the result', () => {
    const cliff: Objective = (cell, gradient) => {
      gradient.fill(0);
      gradient[0] = 10;
      return cell[0]! > 5 ? cell[0]! : Number.NaN;
    };
    const { cells, losses, end } = trajectory(PLAN, cliff);
    expect(end.stopped).toBe('leftDomain');
    expect(end.step).toBe(cells.length - 1);
    expect(end.loss).toBe(losses.at(-1));
    expect(end.cell[0]).toBeGreaterThan(5);
    expect(end.cell[0]! - 0.1).toBeLessThanOrEqual(5);
  });

  it('at once when the start does not exist, and stays stopped', () => {
    const nowhere: Objective = () => Number.NaN;
    const state = startDescent(PLAN, nowhere);
    expect(state.stopped).toBe('leftDomain');
    expect(stepDescent(state, nowhere).step).toBe(0);
    expect(Array.from(state.cell)).toEqual(PLAN.start);
  });

  it('after as many steps as allowed, one included', () => {
    for (const maxIterations of [1, 7]) {
      const { cells, end } = trajectory({ ...PLAN, maxIterations }, listed([3, 2, 1, 0, -1, -2, -3, -4, -5]));
      expect([cells.length, end.stopped]).toEqual([maxIterations + 1, 'maxIterations']);
    }
  });
});
