import type { FileWavelength } from './measuredScan.ts';
import { excerpt, FormatError } from './result.ts';

/** The quantity that a column or an axis is named after. */
export interface Axis {
  readonly kind: 'twoTheta' | 'theta' | 'q' | 'd' | 'other';
  /** Its name as the file writes it. */
  readonly name: string;
  /** Factor to degrees, 1/Å or Å; null where the unit is not said and cannot be taken for granted. */
  readonly scale: number | null;
}

const KINDS: readonly (readonly [Axis['kind'], RegExp])[] = [
  [
    'twoTheta',
    /(?:^|[^a-z\d])(?:2|two)[ _-]?(?:theta|θ|th(?![a-z]))|^t?tth(?:eta)?\b|^(?:scan.?)?angle|^winkel/,
  ],
  ['theta', /^(?:theta|θ|th)(?![a-z])/],
  ['q', /^(?:chi_)?q(?![a-z\d])|^momentum transfer|^scattering vector/],
  ['d', /^d(?:(?![a-z\d])|[ _-]?(?:spacing|value|wert))/],
  [
    'other',
    /^(?:tof|time|phi|φ|omega|ω|chi|χ|psi|ψ|azimuth\w*|energy|channel|temperature|sin|[rs](?= ?[([]))(?![a-z])/,
  ],
];

/** Reads what a name says, "q_nm^-1" or "2-Theta Angle (Degrees)"; null where it names no axis. */
export function axisOf(name: string): Axis | null {
  const text = name.slice(0, 80).replaceAll(/["']/g, '').trim().toLowerCase();
  const kind = KINDS.find(([, pattern]) => pattern.test(text))?.[0];
  if (!kind) return null;
  const unit = text.replace(/^[^_([/, ]*/, '');
  const nano = /nm|nano/.test(unit);
  const scale =
    kind === 'q'
      ? nano
        ? 0.1
        : /å|angst|(?:^|[^a-z])a(?![a-z])/.test(unit)
          ? 1
          : null
      : kind === 'd'
        ? nano
          ? 10
          : 1
        : /\brad|_rad/.test(unit)
          ? 180 / Math.PI
          : 1;
  return { kind, name: excerpt(name.replaceAll(/["']/g, '').trim(), 40), scale };
}

const DEGREES = 180 / Math.PI;

/**
 * Values of an axis as 2θ in degrees: 2 asin(Qλ/4π), 2 asin(λ/2d). Throws FormatError for one that is none, and where
 * the wavelength or the unit is missing.
 */
export function twoThetaOf(
  { kind, name, scale }: Axis,
  values: readonly number[],
  wavelength: FileWavelength | null,
  assumptions: string[],
): readonly number[] {
  if (kind === 'other') throw new FormatError(`the points are along "${name}", not along 2θ`);
  if (scale === null)
    throw new FormatError(
      `the header names Q, not 2θ ("${name}"), without a unit: write it as "Q (1/A)" or "Q (1/nm)"`,
    );
  if (kind === 'twoTheta' || kind === 'theta') {
    const factor = scale * (kind === 'theta' ? 2 : 1);
    if (factor === 1) {
      // "Omega-2Theta" and "angle" may be of another circle.
      if (!/^\W*(?:pos\w*\W*)?(?:2|two|t?tth)/i.test(name))
        assumptions.push(`"${name}" is taken as 2θ in degrees`);
      return values;
    }
    assumptions.push(`the header names "${name}": it is converted to 2θ in degrees`);
    return values.map(value => value * factor);
  }
  if (!wavelength)
    throw new FormatError(
      `the header names ${kind === 'q' ? 'Q' : 'd'}, not 2θ ("${name}"), and no wavelength to convert it by: write a line like "# wavelength: 1.5406 A" above the columns`,
    );
  assumptions.push(`"${name}" is converted to 2θ with λ = ${wavelength.alpha1} Å`);
  return values.map(value => {
    const sine =
      kind === 'q'
        ? (value * scale * wavelength.alpha1) / (4 * Math.PI)
        : wavelength.alpha1 / (2 * value * scale);
    if (!(Math.abs(sine) <= 1))
      throw new FormatError(`"${name}" = ${value} is not reached with λ = ${wavelength.alpha1} Å`);
    return 2 * Math.asin(sine) * DEGREES;
  });
}
