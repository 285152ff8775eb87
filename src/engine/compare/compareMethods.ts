import { cellProblem } from '../../crystal/cell.ts';
import { binCount } from '../../diffraction/instrument.ts';
import { addPeaks, peaksAt, scatteringModel } from '../../diffraction/pattern.ts';
import { onOneAxis } from '../../diffraction/resample.ts';
import type { LossId } from '../../losses/loss.ts';
import { LOSSES, lossFor } from '../../losses/registry.ts';
import type { MethodTable } from '../worker/serve.ts';
import type { CompareMethods } from './compareProtocol.ts';

export const COMPARE_METHODS: MethodTable<CompareMethods, null> = {
  /** The dense float64 model, as for the target of the explorer. */
  async simulate(_, { sites, cell, instrument }) {
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

  async similarities(_, { curves, width }, { progress, breathe }) {
    const n = curves.length;
    const values = Object.fromEntries(
      LOSSES.map(({ id }) => [id, new Float64Array(n * n).fill(Number.NaN)]),
    ) as Record<LossId, Float64Array>;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const both = onOneAxis(curves[i]!, curves[j]!);
        if (both && [both.first, both.second].every(curve => curve.some(value => value > 0)))
          for (const { id } of LOSSES)
            values[id][i * n + j] = lossFor(id, { step: both.step, width }).value(both.first, both.second);
        await breathe();
        progress(i * n + j + 1);
      }
    return { values };
  },
};
