import { fwhm } from '../diffraction/caglioti.ts';
import { binCount, type Instrument, reflectionWindow } from '../diffraction/instrument.ts';
import { FOUR_LN2 } from '../diffraction/pseudoVoigt.ts';
import type { PatternMap } from '../peakspace/coordinates/listedLoss.ts';

/** Points that a smoothed pattern is kept on: bins 0, `every`, 2 `every`, … of the instrument. */
export interface StageGrid {
  /** FWHM of the Gaussian kernel, degrees; 0: the pattern as it is. */
  readonly fwhm: number;
  readonly first: number;
  readonly step: number;
  readonly count: number;
  /** Bins of the instrument a point. */
  readonly every: number;
}

/** Points a full width of the narrowest smoothed peak: what lies between them is below 1e-8 of the peak. */
const PER_WIDTH = 4;

/** The least FWHM in the window, degrees. */
export function narrowestWidth(instrument: Instrument): number {
  const { lower, upper } = reflectionWindow(instrument);
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k <= 64; k++) least = Math.min(least, fwhm(instrument, lower + ((upper - lower) * k) / 64));
  return least;
}

export function stageGrid(instrument: Instrument, kernel: number): StageGrid {
  const { twoThetaMin, step } = instrument;
  const width = kernel === 0 ? 0 : Math.hypot(kernel, narrowestWidth(instrument));
  const every = Math.max(1, Math.floor(width / PER_WIDTH / step));
  const count = Math.floor((binCount(instrument) - 1) / every) + 1;
  return { fwhm: kernel, first: twoThetaMin, step: every * step, count, every };
}

/** Every so many of the points of a grid, as far apart as the narrowest peak under its kernel allows. */
export function thinned(instrument: Instrument, grid: StageGrid): StageGrid {
  const width = Math.hypot(grid.fwhm, narrowestWidth(instrument));
  const skip = Math.max(1, Math.floor(width / PER_WIDTH / grid.step));
  return {
    ...grid,
    step: skip * grid.step,
    every: skip * grid.every,
    count: Math.floor((grid.count - 1) / skip) + 1,
  };
}

/** In kernel widths: beyond, the kernel is below 1e-11. */
const REACH = 3;

/**
 * A pattern convolved with the kernel, on the points of the stage; nothing lies outside the window. Of a pattern that is
 * smooth on its bins this is exact to rounding.
 * @param pattern [binCount]
 * @param excluded 1 at bins that do not count: they have no intensity
 */
export function smoothed(
  instrument: Instrument,
  pattern: Float64Array,
  excluded: Uint8Array | null,
  { fwhm: kernel, count, every }: StageGrid,
): Float64Array {
  if (kernel === 0) return pattern.map((value, i) => (excluded?.[i] ? 0 : value));
  const weights = kernelWeights(instrument, kernel);
  const half = weights.length - 1;
  const out = new Float64Array(count);
  for (let n = 0; n < count; n++) {
    const centre = n * every;
    const [low, high] = [Math.max(0, centre - half), Math.min(pattern.length - 1, centre + half)];
    let sum = 0;
    for (let i = low; i <= high; i++) if (!excluded?.[i]) sum += weights[Math.abs(i - centre)]! * pattern[i]!;
    out[n] = sum;
  }
  return out;
}

/** Kernel by distance in bins, its sum over both sides being 1. */
function kernelWeights({ step }: Instrument, kernel: number): Float64Array {
  const half = Math.ceil((REACH * kernel) / step);
  const weights = Float64Array.from({ length: half + 1 }, (_, i) =>
    Math.exp(-FOUR_LN2 * ((i * step) / kernel) ** 2),
  );
  const area = 2 * weights.reduce((sum, value) => sum + value, 0) - weights[0]!;
  return weights.map(value => value / area);
}

/** `smoothed` as a map that derivatives can go back through: r = ∂L/∂point [count] becomes ∂L/∂bin [binCount]. */
export function smoothingMap(instrument: Instrument, grid: StageGrid): PatternMap | null {
  if (grid.fwhm === 0) return null;
  const weights = kernelWeights(instrument, grid.fwhm);
  const half = weights.length - 1;
  const out = new Float64Array(binCount(instrument));
  return {
    forward: pattern => smoothed(instrument, pattern, null, grid),
    back(residual) {
      out.fill(0);
      for (let n = 0; n < grid.count; n++) {
        const centre = n * grid.every;
        const [low, high] = [Math.max(0, centre - half), Math.min(out.length - 1, centre + half)];
        for (let i = low; i <= high; i++) out[i]! += weights[Math.abs(i - centre)]! * residual[n]!;
      }
      return out;
    },
  };
}
