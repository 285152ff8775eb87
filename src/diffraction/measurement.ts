/** What a measurement does to a pattern beyond the instrument's settings. */
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
