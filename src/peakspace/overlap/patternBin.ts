import type { Instrument } from '../../diffraction/instrument.ts';
import { FOUR_LN2 } from '../../diffraction/pseudoVoigt.ts';
import type { PeaksByLeaf } from '../kernel/peakColumns.ts';

/** Beyond this q = d²/H² the Gaussian is below 1e-17. */
const GAUSS_REACH = 14.4;

/** The pattern of the first `count` peaks at one bin: Σ_k I_k pV(x; t_k). */
export function patternAtBin(
  { twoThetaMin, step, eta }: Instrument,
  { position, width, intensity }: PeaksByLeaf,
  count: number,
  bin: number,
): number {
  const x = twoThetaMin + bin * step;
  let lorentz = 0;
  let gauss = 0;
  for (let k = 0; k < count; k++) {
    const d = x - position[k];
    const square = width[k] * width[k];
    const q = d * d;
    lorentz += (intensity[k] * square) / (square + 4 * q);
    if (q < GAUSS_REACH * square) gauss += intensity[k] * Math.exp((-FOUR_LN2 * q) / square);
  }
  return (1 - eta) * lorentz + eta * gauss;
}

/**
 * Adds `factor` times the profile at the bin, ∂x̂/∂I_k, to `byIntensity` and `factor` times its derivative in the
 * position, the width following, (∂x̂/∂t_k)/I_k per degree, to `byPosition`.
 */
export function addBinSlopes(
  { twoThetaMin, step, eta }: Instrument,
  { position, width, widthSlope }: PeaksByLeaf,
  count: number,
  bin: number,
  factor: number,
  byIntensity: Float64Array,
  byPosition: Float64Array,
): void {
  const x = twoThetaMin + bin * step;
  for (let k = 0; k < count; k++) {
    const perWidth = 1 / width[k];
    const ratio = (x - position[k]) * perWidth;
    const square = ratio * ratio;
    const lorentz = 1 / (1 + 4 * square);
    const gauss = square < GAUSS_REACH ? eta * Math.exp(-FOUR_LN2 * square) : 0;
    // d(ratio²)/dt = −2 ratio (1 + ratio H′) / H
    const bySquare = -4 * (1 - eta) * lorentz * lorentz - FOUR_LN2 * gauss;
    byIntensity[k] += factor * ((1 - eta) * lorentz + gauss);
    byPosition[k] -= factor * 2 * bySquare * ratio * (1 + ratio * widthSlope[k]) * perWidth;
  }
}
