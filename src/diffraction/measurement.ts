import { blurred, type Instrument } from './instrument.ts';

/**
 * What a measurement does to a pattern beyond the instrument's settings. A reflection counts, and has its
 * Lorentz-polarisation factor, at its Bragg angle; it is seen, and has the width of the instrument, at the shifted angle.
 */
export interface Measurement {
  /** Zero shift, degrees: added to 2θ of every peak. */
  readonly zero: number;
  /** Sample displacement as the shift that it makes at low angles, degrees: D cosθ is added to 2θ. −2s/R in radians for a sample that lies s too high on a circle of radius R. */
  readonly displacement: number;
  /** Factor on all peak widths. */
  readonly widthFactor: number;
  /** Gaussian share of the profile. */
  readonly eta: number;
  /** March–Dollase r; 1: no preferred orientation, below: plates, above: needles. */
  readonly march: number;
}
export const MEASUREMENT_KEYS = [
  'zero',
  'displacement',
  'widthFactor',
  'eta',
  'march',
] as const satisfies readonly (keyof Measurement)[];

/** A measurement without shifts and texture, with widths and mixing of the instrument. */
export const plainMeasurement = ({ eta }: Instrument): Measurement => ({
  zero: 0,
  displacement: 0,
  widthFactor: 1,
  eta,
  march: 1,
});

/** The instrument with the widths and the mixing that a measurement shows. */
export function instrumentAs(
  instrument: Instrument,
  { widthFactor, eta }: Pick<Measurement, 'widthFactor' | 'eta'>,
): Instrument {
  const widened = blurred(instrument, widthFactor);
  return eta === instrument.eta ? widened : { ...widened, eta };
}

/** Shift of a peak, degrees, at Bragg angle 2θ with sin²θ = u: zero + D cosθ. */
export const peakShift = (
  { zero, displacement }: Pick<Measurement, 'zero' | 'displacement'>,
  u: number,
): number => zero + displacement * Math.sqrt(1 - u);

/** d(shift)/du, degrees: −D/(2 cosθ). */
export const peakShiftSlope = ({ displacement }: Pick<Measurement, 'displacement'>, u: number): number =>
  -displacement / (2 * Math.sqrt(1 - u));
