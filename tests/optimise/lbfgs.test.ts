import { describe, expect, it } from 'vitest';
import {
  type LbfgsPlan,
  type LbfgsState,
  pressedAgainstLimits,
  startLbfgs,
  stepLbfgs,
} from '../../src/optimise/lbfgs.ts';
import type { VectorObjective } from '../../src/optimise/vectorDescent.ts';

const PLAN: Omit<LbfgsPlan, 'start'> = {
  longestStep: 10,
  firstStep: 0.1,
  memory: 10,
  box: null,
  enough: Number.NEGATIVE_INFINITY,
  maxIterations: 500,
  stopGain: 1e-18,
  stopWindow: 3,
};

function run(plan: LbfgsPlan, objective: VectorObjective): LbfgsState {
  const state = startLbfgs(plan, objective);
  while (!state.stopped) stepLbfgs(state, objective);
  return state;
}

/** Σ 100 (x_{i+1} − x_i²)² + (1 − x_i)², least at (1, …, 1). */
const rosenbrock: VectorObjective = (x, gradient) => {
  let value = 0;
  gradient.fill(0);
  for (let i = 0; i + 1 < x.length; i++) {
    const valley = x[i + 1]! - x[i]! * x[i]!;
    value += 100 * valley ** 2 + (1 - x[i]!) ** 2;
    gradient[i]! += -400 * valley * x[i]! - 2 * (1 - x[i]!);
    gradient[i + 1]! += 200 * valley;
  }
  return value;
};

/** ½ Σ c_i (x_i − i)², curvatures from 1 to 1e5. */
const stiff: VectorObjective = (x, gradient) => {
  let value = 0;
  for (let i = 0; i < x.length; i++) {
    const c = 10 ** ((5 * i) / (x.length - 1));
    gradient[i] = c * (x[i]! - i);
    value += (c * (x[i]! - i) ** 2) / 2;
  }
  return value;
};

describe('L-BFGS', () => {
  it('finds the minimum of Rosenbrock’s valley from the usual start', () => {
    const state = run({ ...PLAN, start: Float64Array.of(-1.2, 1) }, rosenbrock);
    for (const value of state.at) expect(value).toBeCloseTo(1, 7);
    expect(state.evaluations).toBeLessThan(80);
  });

  it('finds it in twelve variables', () => {
    const start = Float64Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? -1.2 : 1));
    const state = run({ ...PLAN, start }, rosenbrock);
    for (const value of state.at) expect(value).toBeCloseTo(1, 6);
  });

  it('goes down a bowl of curvatures from 1 to 1e5, where a fixed rate would take 1e5 steps', () => {
    const state = run({ ...PLAN, start: new Float64Array(20), memory: 100 }, stiff);
    for (const [i, value] of state.at.entries()) expect(value).toBeCloseTo(i, 5);
    expect(state.step).toBeLessThan(120);
  });

  it('never rises, never moves a variable further than the longest step, and leaves its start alone', () => {
    const start = Float64Array.of(-1.2, 1);
    const plan = { ...PLAN, start, longestStep: 0.05 };
    const state = startLbfgs(plan, rosenbrock);
    while (!state.stopped) {
      const [before, loss] = [Float64Array.from(state.at), state.loss];
      stepLbfgs(state, rosenbrock);
      expect(state.loss).toBeLessThanOrEqual(loss);
      for (const [i, value] of state.at.entries())
        expect(Math.abs(value - before[i]!)).toBeLessThanOrEqual(0.05 + 1e-12);
    }
    expect([...start]).toEqual([-1.2, 1]);
    expect(state.at[0]).toBeCloseTo(1, 6);
  });

  it('refuses points without a value, and ends beside them', () => {
    const cliff: VectorObjective = (x, gradient) => (x[0]! > 0.5 ? Number.NaN : rosenbrock(x, gradient));
    const state = run({ ...PLAN, start: Float64Array.of(-1.2, 1) }, cliff);
    expect(state.at[0]).toBeLessThanOrEqual(0.5);
    expect(state.loss).toBeLessThan(0.3);
    expect(run({ ...PLAN, start: Float64Array.of(0.6, 1) }, cliff).stopped).toBe('leftDomain');
  });

  it('asks for nothing outside the box and tells the limits that the loss pushes against', () => {
    const box = { low: Float64Array.of(-2, -2, -2), high: Float64Array.of(2, 0.5, 2) };
    const asked: VectorObjective = (x, gradient) => {
      for (const [i, value] of x.entries()) {
        expect(value).toBeGreaterThanOrEqual(box.low[i]!);
        expect(value).toBeLessThanOrEqual(box.high[i]!);
      }
      return stiff(x, gradient);
    };
    const state = run({ ...PLAN, start: Float64Array.of(1, -1, -1), box }, asked);
    expect([...state.at].map(value => Math.round(value * 1e6) / 1e6)).toEqual([0, 0.5, 2]);
    // the third variable's minimum is the limit itself: nothing pushes there
    expect(pressedAgainstLimits(state)).toEqual([1]);
  });

  it('ends at the first loss that is enough', () => {
    const state = run({ ...PLAN, start: Float64Array.of(-1.2, 1), enough: 1e-3 }, rosenbrock);
    expect(state.stopped).toBe('converged');
    expect(state.loss).toBeLessThan(1e-3);
    expect(state.loss).toBeGreaterThan(1e-12);
  });

  it('may be left and gone on with: the state is all there is', () => {
    const plan = { ...PLAN, start: Float64Array.of(-1.2, 1) };
    const [whole, halved] = [run(plan, rosenbrock), startLbfgs(plan, rosenbrock)];
    for (let k = 0; k < 7; k++) stepLbfgs(halved, rosenbrock);
    run({ ...plan, start: Float64Array.of(3, 3) }, rosenbrock);
    while (!halved.stopped) stepLbfgs(halved, rosenbrock);
    expect([...halved.at, halved.loss, halved.evaluations]).toEqual([
      ...whole.at,
      whole.loss,
      whole.evaluations,
    ]);
  });
});
