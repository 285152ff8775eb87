import type { CellReflections } from '../../diffraction/crystalPattern.ts';
import { addPeaks, sticksOf } from '../../diffraction/pattern.ts';
import {
  addPeak,
  type DenseModel,
  denseModel,
  type PeakSlopes,
  peakSlopesOf,
} from '../../model/densePattern.ts';
import { chain, rowAt } from '../../model/point.ts';
import { lossAgainst } from '../pattern/patternLoss.ts';
import { stickInput } from '../ways.ts';
import { type ModelInput, rowsOf } from './modelObjective.ts';

/**
 * What each reflection pulls at: one of each Friedel pair, at the angle of the first line, both lines of the radiation
 * taken together. Those that are inside the window at the point come first, then those that the target alone has.
 */
export interface ReflectionDrive extends CellReflections {
  /** The loss at the point. */
  readonly loss: number;
  /** Intensity in the target [n], 0 where it has no such reflection; null where its crystal is not known. */
  readonly target: Float64Array | null;
  /** Share of each reflection in the gradient, [n * (6 + m)]: the shares of all sum up to it. */
  readonly shares: Float64Array;
}

/**
 * Reflections at a point [6 + m] and how each pulls at every parameter: ∂L/∂I · ∂I/∂p + ∂L/∂(2θ) · ∂(2θ)/∂p + …, by the
 * dense reference.
 * @param truth the point of a simulated target; null: a measured one
 * @throws where a cell is none
 */
export function reflectionDrive(
  input: ModelInput,
  point: ArrayLike<number>,
  truth: ArrayLike<number> | null,
): ReflectionDrive {
  const { sites, instrument, moved, cellMoves = true } = input;
  const { base, axis } = rowsOf(input);
  const modelOf = (p: ArrayLike<number>): DenseModel =>
    denseModel(sites, instrument, rowAt(base, moved, p, base.slice()), axis);
  const at = modelOf(point);
  const { loss, slopes } = slopesAt(input, at);
  const width = 6 + moved.length;
  const rows = new Map<string, Row>();
  const rowOfPeak = ({ model, peaks }: DenseModel, peak: number): Row => {
    const k = peaks.index[peak]!;
    const hkl = Array.from(model.sums.hkl.subarray(3 * k, 3 * k + 3));
    const key = hkl.join(' ');
    const row = rows.get(key) ?? {
      hkl,
      twoTheta: peaks.twoTheta[peak]!,
      intensity: 0,
      target: 0,
      share: new Float64Array(width),
    };
    rows.set(key, row);
    return row;
  };
  const bySlot = new Float64Array(at.slots.length);
  const share = new Float64Array(width);
  for (let peak = 0; peak < at.peaks.count; peak++) {
    const row = rowOfPeak(at, peak);
    row.intensity += at.peaks.intensity[peak]!;
    addPeak(at, peak, slopes(peak), bySlot.fill(0));
    if (!cellMoves) bySlot.fill(0, 0, 6);
    for (const [i, x] of chain(moved, bySlot, share).entries()) row.share[i]! += x;
  }
  const target = truth && modelOf(truth);
  for (let peak = 0; target && peak < target.peaks.count; peak++)
    rowOfPeak(target, peak).target += target.peaks.intensity[peak]!;
  const all = [...rows.values()];
  return {
    loss,
    hkl: Int32Array.from(all.flatMap(row => row.hkl)),
    twoTheta: Float64Array.from(all, row => row.twoTheta),
    intensity: Float64Array.from(all, row => row.intensity),
    target: target && Float64Array.from(all, row => row.target),
    shares: Float64Array.from(all.flatMap(row => [...row.share])),
  };
}

interface Row {
  readonly hkl: readonly number[];
  readonly twoTheta: number;
  intensity: number;
  target: number;
  readonly share: Float64Array;
}

/** The loss at a model, and its slopes in a peak. */
function slopesAt(
  input: ModelInput,
  at: DenseModel,
): { readonly loss: number; readonly slopes: (peak: number) => PeakSlopes } {
  const { peaks, model } = at;
  const over = stickInput(input);
  if (over) {
    const trial = sticksOf(peaks);
    const by = { byIntensity: trial.position.slice(), byPosition: trial.position.slice() };
    return {
      loss: over.loss.against(over.sticks)(trial, by),
      slopes: peak => ({
        byIntensity: by.byIntensity[peak]!,
        byPosition: by.byPosition[peak]!,
        byWidth: 0,
        byMixing: 0,
      }),
    };
  }
  const pattern = addPeaks(model.instrument, peaks, new Float64Array(input.target.length));
  const residual = pattern.slice();
  const loss = lossAgainst(input.loss, input.target, input.excluded).gradient(pattern, residual);
  return { loss, slopes: peak => peakSlopesOf(at, peak, residual) };
}
