import type { Instrument } from '../../diffraction/instrument.ts';
import type { PeaksByLeaf } from '../kernel/peakColumns.ts';

/**
 * Most that peaks amount to at some bins, at one division a peak: a Gaussian G exceeds the Lorentzian L of its width by
 * no more than the lesser of MOST · L, the excess where q = d²/H² = (1/ln 2 − 1)/4, and START · (1 − L), which is L q
 * times the slope of G/L at the top.
 */
const MOST = 2 / (Math.E * Math.LN2) - 1;
const START = 1 - Math.LN2;

/** Bounds and values are summed in different orders; no bin may be lost to the rounding. */
export const ROUNDING = 1 + 1e-12;

/** A profile over the Lorentzian of its width, at most. */
export const profileCeiling = (eta: number): number => (1 + eta * MOST) * ROUNDING;

/** A Lorentzian is convex this many widths from its peak and beyond. */
export const CONVEX_FROM = Math.sqrt(1 / 12);

/** Most that the peaks start … end − 1 amount to at any of the bins from … to − 1. */
export function mostAtBins(
  { twoThetaMin, step, eta }: Instrument,
  { position, width, intensity }: PeaksByLeaf,
  start: number,
  end: number,
  from: number,
  to: number,
): number {
  const first = twoThetaMin + from * step;
  const last = twoThetaMin + (to - 1) * step;
  let sum = 0;
  for (let k = start; k < end; k++) {
    const t = position[k];
    const d = t < first ? first - t : t > last ? t - last : 0;
    const square = width[k] * width[k];
    const lorentz = square / (square + 4 * d * d);
    sum += intensity[k] * (lorentz + eta * Math.min(MOST * lorentz, START * (1 - lorentz)));
  }
  return sum * ROUNDING;
}

/** Σ I L of the peaks start … end − 1 at a bin, L the Lorentzian of height 1. */
export function lorentziansAtBin(
  { twoThetaMin, step }: Instrument,
  { position, width, intensity }: PeaksByLeaf,
  start: number,
  end: number,
  bin: number,
): number {
  const x = twoThetaMin + bin * step;
  let sum = 0;
  for (let k = start; k < end; k++) {
    const d = 2 * (x - position[k]);
    const square = width[k] * width[k];
    sum += (intensity[k] * square) / (square + d * d);
  }
  return sum;
}
