import { type Cell, cellExists } from '../crystal/cell.ts';
import type { Objective } from '../optimise/descent.ts';
import { linkageSteps } from '../optimise/singleLinkage.ts';
import type { VectorObjective } from '../optimise/vectorDescent.ts';

/** Limits about the start: a share of a length, degrees. */
const LENGTH_LIMIT = 0.15;
const ANGLE_LIMIT = 10;
/** Evaluations without such a gain that end it. */
const PATIENCE = 10_000;
const GAIN = 1e-4;
/** Of a loss whose least value is 0: nothing is left to find. The published rule would go on for its 10,000 evaluations. */
const NOTHING_LEFT = 1e-8;

export interface LinkedCell {
  readonly cell: Cell;
  readonly loss: number;
  readonly evaluations: number;
  readonly starts: number;
  readonly agree: number;
  readonly atLimit: boolean;
}

/**
 * Variable-cell GPWDF (Otero-de-la-Roza, J. Appl. Cryst. 57, 1401, 2024): all six parameters, within limits about the start, by
 * multi-level single linkage with local quasi-Newton searches, under one kernel of fixed width.
 * @param objective GPWDF over the cell, NaN where there is none; 0 is identity
 */
export function* vcGpwdfSteps(objective: Objective, start: Cell): Generator<void, LinkedCell> {
  const reach = start.map((value, i) => (i < 3 ? LENGTH_LIMIT * value : ANGLE_LIMIT));
  const cellAt = (x: Float64Array): Float64Array =>
    Float64Array.from(start, (value, i) => value + reach[i]! * (2 * x[i]! - 1));
  const inCube: VectorObjective = (x, gradient) => {
    const cell = cellAt(x);
    if (!cellExists(cell)) return Number.NaN;
    const value = objective(cell, gradient);
    for (const [i, half] of reach.entries()) gradient[i]! *= 2 * half;
    return value;
  };
  const { at, loss, evaluations, searches, agree } = yield* linkageSteps(inCube, {
    dimensions: 6,
    patience: PATIENCE,
    gain: GAIN,
    enough: NOTHING_LEFT,
  });
  return {
    cell: Array.from(cellAt(at)) as unknown as Cell,
    loss,
    evaluations,
    starts: searches,
    agree,
    atLimit: at.some(x => x <= 0 || x >= 1),
  };
}
