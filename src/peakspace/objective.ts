import type { Site } from '../crystal/structure.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import type { Loss, Sticks } from '../losses/loss.ts';
import type { CellObjective } from './denseObjective.ts';
import { exactTrees, judge, looksRight } from './judge.ts';
import { carries, sameInstrument, type Verdict } from './verdict.ts';
import { byDense, byPattern, byPeaks, type ObjectiveInput } from './ways.ts';

/**
 * The fastest objective that is exact enough for a loss, to 1e-7 in the loss and 1e-5 of the gradient's largest
 * component: in peak space, by the pattern, or dense, as its verdict says.
 * @param target pattern on the instrument's grid [binCount]; it must not change once it is in use
 * @param excluded 1 at bins that do not count [binCount]
 * @param verdict of the same crystal and loss, on this instrument or one of other widths; null: it is judged here
 * @param sticks peaks of a simulated target, for a loss that has a closed form over them; null: it takes the pattern's points
 */
export function objectiveFor(
  sites: readonly Site[],
  instrument: Instrument,
  loss: Loss,
  target: Float64Array,
  excluded: Uint8Array | null = null,
  verdict: Verdict | null = null,
  sticks: Sticks | null = null,
): CellObjective {
  const input = { sites, instrument, loss, target, excluded, sticks };
  if (!verdict || !carries(verdict, instrument)) return byVerdict(input, judge(input));
  const objective = byVerdict(input, verdict);
  const judged = sameInstrument(verdict.instrument, instrument);
  return judged || looksRight(input, objective, verdict.way) ? objective : byVerdict(input, judge(input));
}

function byVerdict(input: ObjectiveInput, verdict: Verdict): CellObjective {
  const { profile, pattern } = exactTrees(input, verdict);
  const withPattern = (): CellObjective => {
    const treeOf = pattern();
    return (treeOf && byPattern(input, treeOf)) ?? byDense(input);
  };
  const fast = profile && byPeaks(input, profile);
  if (!fast) return withPattern();
  return input.loss.id === 'mse' ? exactNearZero(fast, withPattern) : fast;
}

/**
 * In peak space the MSE is a difference of terms of some hundreds and off by up to 8e-7 whatever its value (VNi2S3): below
 * this the pattern, whose errors shrink with the difference, keeps 1e-7.
 */
const SMALL_MSE = 10;

function exactNearZero(fast: CellObjective, make: () => CellObjective): CellObjective {
  let byPattern: CellObjective | null = null;
  return (cell, gradient) => {
    const value = fast(cell, gradient);
    if (!(value < SMALL_MSE)) return value;
    byPattern ??= make();
    return byPattern(cell, gradient);
  };
}
