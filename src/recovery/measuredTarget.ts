import { findPeaks } from '../diffraction/findPeaks.ts';
import { binCount, type Instrument } from '../diffraction/instrument.ts';
import type { MeasuredScan } from '../formats/measuredScan.ts';
import { prepareTarget } from '../measured/prepareTarget.ts';
import { DEFAULT_MEASURED_SETTINGS, gridFor } from '../measured/settings.ts';
import type { RecoveryTarget } from './stage.ts';

/** Gaussian share of the profile that a laboratory's lines are given. */
const LABORATORY_ETA = 0.5;
/** Peaks from this share of the highest on tell the width. */
const STRONG = 0.1;

/** A measured pattern as a target, with an instrument whose peaks are as wide as its own. */
export interface MeasuredRecovery {
  readonly instrument: Instrument;
  readonly target: RecoveryTarget;
  readonly remarks: readonly string[];
}

/**
 * Prepares a scan as the page does, less the SNIP background, on a grid that loses nothing, and gives the instrument the
 * median width of its strong peaks: lines twice as wide as the model's mislead a search.
 * @param range of 2θ that counts, degrees; null: all
 */
export function measuredRecovery(
  scan: MeasuredScan,
  radiation: Instrument,
  range: readonly [number, number] | null,
): MeasuredRecovery {
  const settings = { ...DEFAULT_MEASURED_SETTINGS, range };
  const grid = gridFor(scan, settings, radiation);
  const { pattern, mask, warnings } = prepareTarget(scan, settings, grid);
  const width = Math.max(2 * grid.step, medianWidth(grid, pattern));
  return {
    instrument: { ...grid, u: 0, v: 0, w: width * width, eta: LABORATORY_ETA },
    target: { pattern, excluded: mask.every(Boolean) ? null : mask.map(value => 1 - value) },
    remarks: [...warnings, `peaks are ${width.toFixed(3)}° wide`],
  };
}

/** Median FWHM of the strong peaks, degrees, each down to half its height on either side; 0 where there is none. */
export function medianWidth(instrument: Instrument, pattern: Float64Array): number {
  const { twoThetaMin, step } = instrument;
  const x = Float64Array.from({ length: binCount(instrument) }, (_, i) => twoThetaMin + i * step);
  const peaks = findPeaks(x, pattern);
  const highest = peaks.reduce((most, { intensity }) => Math.max(most, intensity), 0);
  const widths = peaks
    .filter(({ intensity }) => intensity >= STRONG * highest)
    .map(({ twoTheta }) => {
      const top = Math.round((twoTheta - twoThetaMin) / step);
      const half = 0.5 * pattern[top]!;
      const reach = (side: number): number => {
        let i = top;
        while (i > 0 && i < pattern.length - 1 && pattern[i + side]! > half) i += side;
        const [above, below] = [pattern[i]!, pattern[i + side] ?? 0];
        return Math.abs(i - top) + (above > below ? (above - half) / (above - below) : 0);
      };
      return (reach(-1) + reach(1)) * step;
    })
    .sort((p, q) => p - q);
  return widths[widths.length >> 1] ?? 0;
}
