import type { Instrument } from './instrument.ts';

const RAD = Math.PI / 180;

/** Full width at half maximum in degrees at two-theta (degrees): H² = U tan²θ + V tanθ + W (Caglioti et al. 1958). */
export function fwhm({ u, v, w }: Instrument, twoTheta: number): number {
  const tan = Math.tan(0.5 * twoTheta * RAD);
  return Math.sqrt(u * tan * tan + v * tan + w);
}

/** dH/d(2θ), degree per degree. */
export function fwhmSlope(instrument: Instrument, twoTheta: number): number {
  const { u, v } = instrument;
  const tan = Math.tan(0.5 * twoTheta * RAD);
  const dTan = 0.5 * RAD * (1 + tan * tan);
  return ((2 * u * tan + v) * dTan) / (2 * fwhm(instrument, twoTheta));
}
