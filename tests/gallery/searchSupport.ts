import { type Cell, type CellKey, cellIndex, isLength } from '../../src/crystal/cell.ts';
import type { Structure } from '../../src/crystal/structure.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { defaultRange } from '../../src/landscape/slice.ts';
import { lossOf } from '../../src/losses/registry.ts';
import { seededRng } from '../../src/num/rng.ts';
import {
  type DescentPlan,
  isTwoCycle,
  type Objective,
  startDescent,
  stepDescent,
} from '../../src/optimise/descent.ts';
import type { StopReason } from '../../src/optimise/stopRule.ts';
import { objectiveFor } from '../../src/peakspace/objective.ts';
import { libraryStructure } from '../support/library.ts';

/** A crystal of the library with the cosine loss of the paper's instrument. */
export interface SearchProblem {
  readonly id: string;
  readonly structure: Structure;
  readonly target: Float64Array;
  readonly objective: Objective;
}

export function searchProblem(id: string): SearchProblem {
  const structure = libraryStructure(id);
  const { sites, cell } = structure;
  const target = simulatePattern(scatteringModel(sites, PAPER_INSTRUMENT, cell), cell);
  return {
    id,
    structure,
    target,
    objective: objectiveFor(sites, PAPER_INSTRUMENT, lossOf('cosine'), target),
  };
}

/** The paper's settings for a descent over two parameters, the others at the truth. */
export const slicePlan = (
  { structure }: SearchProblem,
  x: CellKey,
  y: CellKey,
  at: readonly [number, number],
  change: Partial<DescentPlan>,
): DescentPlan => {
  const start = Array.from(structure.cell);
  start[cellIndex(x)] = at[0];
  start[cellIndex(y)] = at[1];
  return {
    start: start as unknown as Cell,
    mode: 'unconstrained',
    space: { kind: 'slice', x, y, base: structure.cell, tied: false },
    reading: 'full',
    family: structure.family,
    learningRate: 0.0005,
    maxIterations: 30_000,
    stopGain: 1e-4,
    stopWindow: 1000,
    momentum: 0,
    ...change,
  };
};

export interface Descended {
  readonly cells: readonly Cell[];
  readonly losses: readonly number[];
  readonly reason: StopReason;
  readonly twoCycle: boolean;
  readonly end: Cell;
  readonly loss: number;
  readonly steps: number;
}

/** All iterates of a descent until it stops. */
export function descended(plan: DescentPlan, objective: Objective): Descended {
  const state = startDescent(plan, objective);
  const cells: Cell[] = [Array.from(state.cell) as unknown as Cell];
  const losses = [state.loss];
  while (!state.stopped) {
    const before = state.step;
    stepDescent(state, objective);
    if (state.step === before) continue;
    cells.push(Array.from(state.cell) as unknown as Cell);
    losses.push(state.loss);
  }
  return {
    cells,
    losses,
    reason: state.stopped,
    twoCycle: isTwoCycle(state),
    end: cells.at(-1)!,
    loss: losses.at(-1)!,
    steps: state.step,
  };
}

/** Largest relative deviation of the moved parameters from the truth: how far a descent ended from it. */
export const distance = (cell: ArrayLike<number>, truth: ArrayLike<number>): number =>
  Math.max(...[0, 1, 2, 3, 4, 5].map(i => Math.abs(cell[i]! / truth[i]! - 1)));

/** `count` seeded starts in the ±10 % box around the truth, lengths to 3 decimals and angles to 1. */
export function seededStarts(
  { structure: { cell } }: SearchProblem,
  x: CellKey,
  y: CellKey,
  count: number,
  seed: number,
): (readonly [number, number])[] {
  const rng = seededRng(seed);
  const draw = (key: CellKey): number => {
    const [low, high] = defaultRange(key, cell);
    return Number((low + rng.uniform() * (high - low)).toFixed(isLength(key) ? 3 : 1));
  };
  return Array.from({ length: count }, () => [draw(x), draw(y)] as const);
}

/** "end 4.834 2.869 loss -0.8816 steps 1041 converged". */
export const endText = (run: Descended, x: CellKey, y: CellKey): string =>
  `end ${[x, y].map(key => run.end[cellIndex(key)]!.toFixed(3)).join(' ')} loss ${run.loss.toFixed(4)} steps ${run.steps} ${run.reason}`;
