import type { Instrument } from '../diffraction/instrument.ts';

const RAD = Math.PI / 180;
const L0 = 4 * Math.LN2;

/** FWHM in degrees of a peak at two-theta t (degrees), Caglioti; NaN where H² is not positive. */
export function widthAt({ u, v, w }: Instrument, t: number): number {
  const tan = Math.tan(0.5 * t * RAD);
  return Math.sqrt(u * tan * tan + v * tan + w);
}

/** Profile of peak height 1 of a peak at t, taken at x. Degrees. */
export function profileAt(instrument: Instrument, x: number, t: number): number {
  const width = widthAt(instrument, t);
  const q = ((x - t) / width) ** 2;
  return (1 - instrument.eta) / (1 + 4 * q) + instrument.eta * Math.exp(-L0 * q);
}
