import { emptyPeaks, peaksAt } from '../../diffraction/pattern.ts';
import type { Batch } from './batch.ts';
import { offsetOf, type Texels, texelsFor } from './texels.ts';

/**
 * Peaks of a batch as `PEAKS` would draw them, from float64: bin nearest to the peak, degrees past it, intensity, FWHM.
 * Drawn in float32, intensities err by 3e-7, more where atoms all but cancel, and the squares of hundreds of bins add up.
 */
export function exactPeaks({ list, merged, textures, cells, rows }: Batch): Texels {
  const { twoThetaMin, step } = textures.problem.instrument;
  const { layout, count } = merged.rows;
  const out = texelsFor(layout, rows);
  const workspace = emptyPeaks(list.model.sums.count);
  const intensity = new Float64Array(count);
  for (const [row, cell] of cells.entries()) {
    const peaks = peaksAt(list.model, cell, workspace);
    intensity.fill(0);
    for (let n = 0; n < peaks.count; n++) {
      const group = merged.groupOf[peaks.index[n]!]!;
      intensity[group]! += peaks.intensity[n]!;
      const bin = Math.round((peaks.twoTheta[n]! - twoThetaMin) / step);
      const at = offsetOf(layout, row, group);
      out.data[at] = bin;
      out.data[at + 1] = peaks.twoTheta[n]! - (twoThetaMin + bin * step);
      out.data[at + 2] = intensity[group]! / list.intensityScale;
      out.data[at + 3] = peaks.width[n]!;
    }
  }
  return out;
}
