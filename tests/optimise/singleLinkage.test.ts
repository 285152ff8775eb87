import { describe, expect, it } from 'vitest';
import { type LinkageEnd, type LinkagePlan, linkageSteps } from '../../src/optimise/singleLinkage.ts';
import type { VectorObjective } from '../../src/optimise/vectorDescent.ts';

const PLAN: LinkagePlan = { dimensions: 2, patience: 2000, gain: 1e-4, enough: Number.NEGATIVE_INFINITY };

/** A bowl with its least value 0 at (0.83, 0.27) under ripples, each well of which is a local minimum. */
const rippled: VectorObjective = (x, gradient) => {
  let value = 0;
  for (const [i, centre] of [0.83, 0.27].entries()) {
    const d = x[i]! - centre;
    value += d * d + 0.05 * (1 - Math.cos(40 * d));
    gradient[i] = 2 * d + 2 * Math.sin(40 * d);
  }
  return value;
};

function run(objective: VectorObjective, plan = PLAN): LinkageEnd {
  const steps = linkageSteps(objective, plan);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

describe('multi-level single linkage', () => {
  it('finds the lowest of many minima, with fewer local searches than points', () => {
    const end = run(rippled);
    expect(end.loss).toBeLessThan(1e-8);
    expect(end.at[0]).toBeCloseTo(0.83, 4);
    expect(end.at[1]).toBeCloseTo(0.27, 4);
    expect(end.searches).toBeGreaterThan(3);
    expect(end.searches).toBeLessThan(PLAN.patience / 20);
    expect(run(rippled)).toEqual(end);
  });

  it('ends after so many evaluations without a gain, or where nothing is left to gain', () => {
    const whole = run(rippled);
    expect(whole.evaluations).toBeGreaterThan(PLAN.patience);
    const early = run(rippled, { ...PLAN, enough: 1e-6 });
    expect(early.loss).toBeLessThanOrEqual(1e-6);
    expect(early.evaluations).toBeLessThan(whole.evaluations);
  });

  it('stays in the cube and passes over points without a value', () => {
    const slope: VectorObjective = (x, gradient) => {
      gradient.set([1, 1]);
      expect(Math.min(...x)).toBeGreaterThanOrEqual(0);
      return x[0]! < 0.2 ? Number.NaN : x[0]! + x[1]!;
    };
    const end = run(slope);
    expect(end.loss).toBeGreaterThanOrEqual(0.2);
    expect(end.loss).toBeLessThan(0.3);
  });
});
