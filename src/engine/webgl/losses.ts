import { inverseSquareSpacing, reciprocalMetric } from '../../crystal/cell.ts';
import { type Instrument, reflectionWindow } from '../../diffraction/instrument.ts';
import { lossOf } from '../../losses/registry.ts';
import { type CellObjective, denseObjective } from '../../peakspace/denseObjective.ts';
import type { Problem } from '../engine.ts';
import type { Batch } from './batch.ts';
import { denseLosses } from './denseLosses.ts';
import { pairLosses } from './pairLosses.ts';

/** Losses [cells] and, into `slopes` [cells * 6], their gradients. NaN where no reflection is in the window. */
export function batchLosses(batch: Batch, slopes: Float64Array | null): Float64Array {
  const { byPairs, textures } = batch;
  const losses =
    byPairs && textures.pairs ? pairLosses(batch, textures.pairs, slopes) : denseLosses(batch, slopes);
  replaceFewPeaks(batch, losses, slopes);
  return losses;
}

/**
 * With so few reflections in the window a gradient can all but cancel, and float32 leaves it off by some 1e-4 of the rest:
 * all three losses depend on ratios of intensities alone, so that a lone peak's intensity times its slope, which is
 * large where atoms scatter against each other, has to add up to nothing. Float64 does these cells in 0.3 ms each.
 */
const FEW = 8;
/** A list this long leaves more than a few in the window at the smallest cell that it serves, half as many as it has. */
const LONG_LIST = 64;

/** Puts losses and gradients in float64 in place of those of the cells with few reflections. */
function replaceFewPeaks(batch: Batch, losses: Float64Array, slopes: Float64Array | null): void {
  const { list, textures, cells } = batch;
  const { hkl, count } = list.model.sums;
  if (count > LONG_LIST) return;
  const gradient = new Float64Array(6);
  for (const [row, cell] of cells.entries()) {
    const inside = reflectionsIn(textures.problem.instrument, hkl, count, cell);
    if (inside === 0 || inside > FEW) continue;
    losses[row] = exactly(textures.problem)(cell, gradient);
    slopes?.set(gradient, 6 * row);
  }
}

function reflectionsIn(instrument: Instrument, hkl: Int32Array, count: number, cell: Float64Array): number {
  const recip = reciprocalMetric(cell);
  const { lower, upper } = reflectionWindow(instrument);
  // 1/d² at an end of the window
  const squareAt = (twoTheta: number): number =>
    ((2 * Math.sin((twoTheta * Math.PI) / 360)) / instrument.wavelength) ** 2;
  const [least, most] = [squareAt(lower), squareAt(upper)];
  let inside = 0;
  for (let n = 0; n < count; n++) {
    const square = inverseSquareSpacing(recip, hkl[3 * n]!, hkl[3 * n + 1]!, hkl[3 * n + 2]!);
    if (square > least && square <= most) inside++;
  }
  return inside;
}

const objectives = new WeakMap<Problem, CellObjective>();

function exactly(problem: Problem): CellObjective {
  const { sites, instrument, loss, target } = problem;
  const known = objectives.get(problem) ?? denseObjective(sites, instrument, lossOf(loss), target);
  objectives.set(problem, known);
  return known;
}
