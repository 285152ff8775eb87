import type { Instrument } from '../../diffraction/instrument.ts';
import { emptyPeaks, type PeakList, peaksAt, type ScatteringModel } from '../../diffraction/pattern.ts';
import { FOUR_LN2 } from '../../diffraction/pseudoVoigt.ts';
import type { Batch } from './batch.ts';
import { offsetOf, type TexelLayout, type Texels, texelsFor } from './texels.ts';

/** Value and bin of a pattern's maximum. */
export interface Maximum {
  readonly value: number;
  readonly bin: number;
}

/** Of the largest value, float32 sums of profiles are off by less. */
const DOUBT = 1e-5;
/** Intensities in float32 leave it open which of two bins is the larger when they differ by less. */
const UNDECIDED = 5e-6;

/**
 * The maximum of a pattern whose candidates, the largest value of every segment of bins, come from the GPU: in float64
 * from the peaks as uploaded, so that the intensity of the peak that makes it cancels in pattern over maximum.
 * @param uploaded value of the pattern at a bin, in float64, by the GPU's peaks
 * @param exact the same by float64 peaks; asked only where candidates are too close to call
 */
export function maximumOf(
  candidates: readonly Maximum[],
  bins: number,
  uploaded: (bin: number) => number,
  exact: (bin: number) => number,
): Maximum {
  const most = candidates.reduce((top, { value }) => Math.max(top, value), 0);
  const near = new Set<number>();
  for (const { value, bin } of candidates)
    if (value >= (1 - DOUBT) * most)
      for (let at = Math.max(0, bin - 1); at <= Math.min(bins - 1, bin + 1); at++) near.add(at);
  const values = [...near].sort((a, b) => a - b).map(bin => ({ bin, value: uploaded(bin) }));
  const top = Math.max(...values.map(({ value }) => value));
  const close = values.filter(({ value }) => value >= (1 - UNDECIDED) * top);
  // the first of equal ones, as in losses/mse.ts
  return close.length === 1
    ? close[0]!
    : close
        .map(entry => ({ entry, value: exact(entry.bin) }))
        .reduce((best, other) => (other.value > best.value ? other : best)).entry;
}

/** The pattern at one bin in float64 from one row of peak texels (bin, degrees past it, intensity, width). */
export function uploadedAtBin(
  { step, eta }: Instrument,
  { data }: Texels,
  layout: TexelLayout,
  row: number,
  bin: number,
): number {
  let sum = 0;
  for (let k = 0; k < layout.count; k++) {
    const at = offsetOf(layout, row, k);
    if (data[at + 2] === 0) continue;
    const d = (bin - data[at]!) * step - data[at + 1]!;
    sum += data[at + 2]! * profile(d / data[at + 3]!, eta);
  }
  return sum;
}

/**
 * The pattern at one bin in float64.
 * @param workspace for the peaks of the model; overwritten
 */
export function exactAtBin(
  model: ScatteringModel,
  cell: ArrayLike<number>,
  bin: number,
  workspace: PeakList,
): number {
  const { twoThetaMin, step, eta } = model.instrument;
  const x = twoThetaMin + bin * step;
  const peaks = peaksAt(model, cell, workspace);
  let sum = 0;
  for (let k = 0; k < peaks.count; k++)
    sum += peaks.intensity[k]! * profile((x - peaks.twoTheta[k]!) / peaks.width[k]!, eta);
  return sum;
}

/** Pseudo-Voigt of height one at a distance in widths. */
function profile(distance: number, eta: number): number {
  const q = distance * distance;
  return (1 - eta) / (1 + 4 * q) + eta * Math.exp(-FOUR_LN2 * q);
}

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
