import { describe, expect, it } from 'vitest';
import {
  startVectorDescent,
  stepVectorDescent,
  type VectorObjective,
} from '../../src/optimise/vectorDescent.ts';

/** ½ Σ c_i x_i²: each coordinate shrinks by 1 − lr c_i a step. */
const CURVATURES = [1, 2, 5, 0.5];
const bowl: VectorObjective = (at, gradient) => {
  let value = 0;
  for (const [i, c] of CURVATURES.entries()) {
    gradient[i] = c * at[i]!;
    value += (c * at[i]! * at[i]!) / 2;
  }
  return value;
};
const PLAN = {
  start: Float64Array.of(1, -2, 0.5, 3),
  learningRate: 0.1,
  maxIterations: 50,
  stopGain: 0,
  stopWindow: 1000,
};

describe('plain descent on any number of parameters', () => {
  it('is the closed form of a quadratic, step by step, and leaves its start alone', () => {
    const state = startVectorDescent(PLAN, bowl);
    for (let k = 1; k <= 50; k++) {
      stepVectorDescent(state, bowl);
      for (const [i, c] of CURVATURES.entries())
        expect(state.at[i]).toBeCloseTo(PLAN.start[i]! * (1 - 0.1 * c) ** k, 12);
    }
    expect([state.stopped, state.step, state.bestStep]).toEqual(['maxIterations', 50, 50]);
    expect([...PLAN.start]).toEqual([1, -2, 0.5, 3]);
  });

  it('stops at the first step that gained too little over the window', () => {
    const plan = { ...PLAN, maxIterations: 1000, stopGain: 1e-3, stopWindow: 10 };
    const state = startVectorDescent(plan, bowl);
    const losses = [state.loss];
    while (!state.stopped) losses.push(stepVectorDescent(state, bowl).loss);
    const expected = losses.findIndex((loss, k) => k >= 10 && losses[k - 10]! - loss < 1e-3);
    expect([state.stopped, state.step]).toEqual(['converged', expected]);
  });

  it('keeps the last point that has a value', () => {
    const cliff: VectorObjective = (at, gradient) => (at[0]! < 0.5 ? Number.NaN : bowl(at, gradient));
    const state = startVectorDescent(PLAN, cliff);
    while (!state.stopped) stepVectorDescent(state, cliff);
    expect(state.stopped).toBe('leftDomain');
    expect(state.at[0]).toBeGreaterThanOrEqual(0.5);
    expect(startVectorDescent({ ...PLAN, start: new Float64Array(4) }, cliff).stopped).toBe('leftDomain');
  });
});
