import { type Cell, cellProblem } from '../crystal/cell.ts';
import type { Site } from '../crystal/structure.ts';
import { binCount, type Instrument } from '../diffraction/instrument.ts';
import {
  addPeaks,
  covers,
  emptyPeaks,
  type PeakList,
  patternAdjoint,
  peakAdjoint,
  peakCapacity,
  peaksAt,
  type ScatteringModel,
  scatteringModel,
  sticksOf,
} from '../diffraction/pattern.ts';
import { sortByIndex } from '../diffraction/structureFactor.ts';
import type { Loss, StickLoss, Sticks } from '../losses/loss.ts';

/** The loss at a cell and, where asked, its gradient [6]; NaN where the cell does not exist. */
export type CellObjective = (cell: Float64Array, gradient: Float64Array | null) => number;

/** A reflection list serves cells within this stretch of the one it was drawn up at; then it is drawn up again. */
export const LIST_STRETCH = 1.15;

/**
 * Reflection list that follows a walker through cell space, in the order of the indices: what is summed over it depends
 * on no cell visited before, to the last bit.
 */
export class RollingModel {
  private readonly sites: readonly Site[];
  private readonly instrument: Instrument;
  private model: ScatteringModel | null = null;

  constructor(sites: readonly Site[], instrument: Instrument) {
    this.sites = sites;
    this.instrument = instrument;
  }

  /** The model that covers a cell; the same object as long as it does. */
  at(cell: ArrayLike<number>): ScatteringModel {
    if (this.model && covers(this.model, cell)) return this.model;
    const reference = Array.from({ length: 6 }, (_, i) => cell[i]!) as unknown as Cell;
    const model = scatteringModel(this.sites, this.instrument, reference, LIST_STRETCH);
    this.model = { ...model, sums: sortByIndex(model.sums) };
    return this.model;
  }
}

/** Any loss by its pattern: (reflections × bins) an evaluation. The reference, and the way for losses without another. */
export function denseObjective(
  sites: readonly Site[],
  instrument: Instrument,
  loss: Loss,
  target: Float64Array,
): CellObjective {
  const pattern = new Float64Array(binCount(instrument));
  const residual = new Float64Array(pattern.length);
  return overPeaks(sites, instrument, (model, cell, peaks, gradient) => {
    addPeaks(instrument, peaks, pattern.fill(0));
    if (!gradient) return loss.value(target, pattern);
    const value = loss.gradient(target, pattern, residual);
    patternAdjoint(model, cell, residual, gradient, peaks);
    return value;
  });
}

/** A loss over sticks, every pair summed: the reference for the kernel's table of near pairs. */
export function denseSticks(
  sites: readonly Site[],
  instrument: Instrument,
  loss: StickLoss,
  target: Sticks,
): CellObjective {
  const against = loss.against(target);
  return overPeaks(sites, instrument, (model, cell, peaks, gradient) => {
    const trial = sticksOf(peaks);
    if (!gradient) return against(trial, null);
    const slopes = { byIntensity: trial.position.slice(), byPosition: trial.position.slice() };
    const value = against(trial, slopes);
    peakAdjoint(
      model,
      cell,
      peaks,
      gradient,
      k =>
        slopes.byIntensity[k]! * peaks.intensitySlope[k]! + slopes.byPosition[k]! * peaks.positionSlope[k]!,
    );
    return value;
  });
}

/** The frame of both: peaks at a cell, NaN where it does not exist or shows none. */
function overPeaks(
  sites: readonly Site[],
  instrument: Instrument,
  evaluate: (
    model: ScatteringModel,
    cell: Float64Array,
    peaks: PeakList,
    gradient: Float64Array | null,
  ) => number,
): CellObjective {
  const rolling = new RollingModel(sites, instrument);
  let peaks: PeakList = emptyPeaks(0);
  return (cell, gradient) => {
    if (cellProblem(cell) !== null) return Number.NaN;
    const model = rolling.at(cell);
    if (peaks.index.length < peakCapacity(model)) peaks = emptyPeaks(peakCapacity(model));
    return peaksAt(model, cell, peaks).count === 0 ? Number.NaN : evaluate(model, cell, peaks, gradient);
  };
}
