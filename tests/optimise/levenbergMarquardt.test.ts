import { describe, expect, it } from 'vitest';
import {
  type LeastSquares,
  type MarquardtEnd,
  marquardtSteps,
} from '../../src/optimise/levenbergMarquardt.ts';
import { boxAround } from '../../src/optimise/parameters.ts';

/** ½‖r‖² of Rosenbrock's function, r = (10 (y − x²), 1 − x); no model left of x = −2. */
const rosenbrock = (): LeastSquares => {
  let [x, y] = [0, 0];
  return {
    size: 2,
    value(at) {
      [x, y] = [at[0]!, at[1]!];
      return x < -2 ? Number.NaN : 0.5 * (100 * (y - x * x) ** 2 + (1 - x) ** 2);
    },
    equations(normal, gradient) {
      const [r, s] = [10 * (y - x * x), 1 - x];
      normal.set([400 * x * x + 1, -200 * x, -200 * x, 100]);
      gradient.set([-20 * x * r - s, 10 * r]);
    },
  };
};

const endOf = (start: number[], reach: number[], maxStep = 0.5, maxSteps = 200): MarquardtEnd => {
  const from = Float64Array.from(start);
  const steps = marquardtSteps(rosenbrock(), {
    start: from,
    box: boxAround(from, reach),
    maxStep,
    gain: 1e-14,
    maxSteps,
  });
  let last = Number.POSITIVE_INFINITY;
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    expect(value.value).toBeLessThan(last);
    last = value.value;
  }
};

describe('Levenberg–Marquardt', () => {
  it('goes down at every step to the minimum of a curved valley', () => {
    const { x, reason } = endOf([-1.2, 1], [5, 5]);
    expect(reason).toBe('converged');
    expect(x[0]).toBeCloseTo(1, 6);
    expect(x[1]).toBeCloseTo(1, 6);
  });

  it('comes to rest against a limit, and says so', () => {
    const { x, reason } = endOf([-1.2, 1], [0.5, 5]);
    expect(reason).toBe('atBound');
    expect(x[0]).toBeCloseTo(-0.7, 12);
    expect(x[1]).toBeCloseTo(0.49, 6);
  });

  it('ends at once where the start is no model, and steps over no point that is none', () => {
    expect(endOf([-3, 1], [1, 1]).reason).toBe('noModel');
    expect(endOf([-1.9, 8], [5, 9]).x[0]).toBeCloseTo(1, 5);
  });

  it('never steps further than it may', () => {
    const { evaluations } = endOf([-1.2, 1], [5, 5], 0.01, 100);
    expect(evaluations).toBeGreaterThan(99);
  });
});
