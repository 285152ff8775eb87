import { type Cell, cellProblem } from '../../crystal/cell.ts';
import type { Site } from '../../crystal/structure.ts';
import { binCount, type Instrument } from '../../diffraction/instrument.ts';
import type { ReflectionTable } from '../../diffraction/mergePeaks.ts';
import { addPeaks, peaksAt, scatteringModel } from '../../diffraction/pattern.ts';
import { onOneAxis, type Points } from '../../diffraction/resample.ts';
import type { LossId, LossWidths } from '../../losses/loss.ts';
import { LOSSES, lossFor } from '../../losses/registry.ts';
import type { CallContext } from '../protocol.ts';

export interface SimulateCall {
  readonly sites: readonly Site[];
  readonly cell: Cell;
  readonly instrument: Instrument;
}

export interface Simulated {
  /** Intensity on the instrument's grid [binCount]. */
  readonly values: Float64Array;
  readonly table: ReflectionTable;
}

export interface SimilaritiesCall {
  readonly curves: readonly Points[];
  /** In the unit of the positions. */
  readonly widths: LossWidths;
}

/** Every pattern against every other under every loss. */
export interface Similarities {
  /** Loss of trial j against target i at [i * n + j], by loss; NaN where the two share no range. */
  readonly values: Readonly<Record<LossId, Float64Array>>;
}

export const METHODS = {
  /** The dense float64 model, as for the target of the explorer. */
  async simulate(_: null, { sites, cell, instrument }: SimulateCall): Promise<Simulated> {
    const problem = cellProblem(cell);
    if (problem) throw new Error(problem);
    const model = scatteringModel(sites, instrument, cell);
    const peaks = peaksAt(model, cell);
    // The rows of the first line; those of a second are the same reflections.
    const count = peaks.ofFirstLine;
    const hkl = new Int32Array(3 * count);
    for (let k = 0; k < count; k++)
      for (let axis = 0; axis < 3; axis++) hkl[3 * k + axis] = model.sums.hkl[3 * peaks.index[k]! + axis]!;
    return {
      values: addPeaks(instrument, peaks, new Float64Array(binCount(instrument))),
      table: {
        hkl,
        twoTheta: peaks.twoTheta.slice(0, count),
        intensity: peaks.intensity.slice(0, count),
      },
    };
  },

  async similarities(
    _: null,
    { curves, widths }: SimilaritiesCall,
    { progress, breathe }: CallContext<number>,
  ): Promise<Similarities> {
    const n = curves.length;
    const values = Object.fromEntries(
      LOSSES.map(({ id }) => [id, new Float64Array(n * n).fill(Number.NaN)]),
    ) as Record<LossId, Float64Array>;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const both = onOneAxis(curves[i]!, curves[j]!);
        if (both && [both.first, both.second].every(curve => curve.some(value => value > 0)))
          for (const { id } of LOSSES)
            values[id][i * n + j] = lossFor(id, { step: both.step, ...widths }).value(
              both.first,
              both.second,
            );
        await breathe();
        progress(i * n + j + 1);
      }
    return { values };
  },
};
