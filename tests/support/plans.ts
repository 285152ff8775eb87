import type { Objective } from '../../src/optimise/descent.ts';
import { type DescentPlan, startDescent, stepDescent } from '../../src/optimise/descent.ts';
import type { SearchSpace } from '../../src/optimise/modes.ts';

/** A slice over a and b of a cubic crystal. */
export const SLICE_AB: SearchSpace = {
  kind: 'slice',
  x: 'a',
  y: 'b',
  base: [5, 5, 5, 90, 90, 90],
  tied: false,
};

export const PLAN: DescentPlan = {
  start: [5.3, 4.8, 5, 90, 90, 90],
  mode: 'unconstrained',
  space: SLICE_AB,
  reading: 'full',
  family: 'cubic',
  learningRate: 0.01,
  maxIterations: 200,
  stopGain: 0,
  stopWindow: 1000,
  momentum: 0,
};

export interface Trajectory {
  readonly cells: readonly (readonly number[])[];
  readonly losses: readonly number[];
  readonly end: ReturnType<typeof startDescent>;
}

/** All iterates of a descent until it stops. */
export function trajectory(plan: DescentPlan, objective: Objective): Trajectory {
  const state = startDescent(plan, objective);
  const cells = [Array.from(state.cell)];
  const losses = [state.loss];
  while (!state.stopped) {
    const before = state.step;
    stepDescent(state, objective);
    if (state.step === before) continue;
    cells.push(Array.from(state.cell));
    losses.push(state.loss);
  }
  return { cells, losses, end: state };
}

/** ½ (θ − centre)ᵀ H (θ − centre) for a symmetric H [36]. */
export const quadratic =
  (hessian: ArrayLike<number>, centre: ArrayLike<number>): Objective =>
  (cell, gradient) => {
    let value = 0;
    for (let i = 0; i < 6; i++) {
      gradient[i] = 0;
      for (let j = 0; j < 6; j++) gradient[i]! += hessian[6 * i + j]! * (cell[j]! - centre[j]!);
      value += 0.5 * gradient[i]! * (cell[i]! - centre[i]!);
    }
    return value;
  };

/** A diagonal H. */
export const diagonal = (...entries: number[]): number[] =>
  Array.from({ length: 36 }, (_, k) => (k % 7 === 0 ? entries[k / 7]! : 0));
