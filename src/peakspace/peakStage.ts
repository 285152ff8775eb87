import {
  type Instrument,
  reflectionWindow,
  type SpectralLine,
  spectralLines,
} from '../diffraction/instrument.ts';
import { ARCSINE, type ARCSINE_PANELS_PER_UNIT, type FactorTable, type PANEL_TERMS } from './peakTables.ts';
import type { ReflectionList } from './reflectionList.ts';

const DEGREES = 180 / Math.PI;

/** The reflections inside the window at a cell, in list order; the first `count` entries are meant. */
export interface Peaks {
  count: number;
  readonly room: number;
  /** Index into the reflection list. */
  readonly reflection: Int32Array;
  /** Two-theta and FWHM in degrees; |F|² · Lorentz-polarisation of a reflection and its Friedel mate. */
  readonly position: Float64Array;
  readonly width: Float64Array;
  readonly intensity: Float64Array;
  /** dH/d(2θ), degree per degree. */
  readonly widthSlope: Float64Array;
  /** d/du of position (degrees) and intensity, u = sin²θ of the first line. */
  readonly positionByU: Float64Array;
  readonly intensityByU: Float64Array;
  /** Filled by `dotSlopes`: d/du of the product with the target. */
  readonly dotByU: Float64Array;
}

export function peakRoom(room: number): Peaks {
  const column = (): Float64Array => new Float64Array(room);
  return {
    count: 0,
    room,
    reflection: new Int32Array(room),
    position: column(),
    width: column(),
    intensity: column(),
    widthSlope: column(),
    positionByU: column(),
    intensityByU: column(),
    dotByU: column(),
  };
}

/** The constants of an instrument that the peak stage needs. */
export interface PeakSetting {
  /** u = quarter · hᵀ G* h, λ²/4. */
  readonly quarter: number;
  readonly uMin: number;
  readonly uMax: number;
  readonly instrument: Instrument;
  readonly lines: readonly SpectralLine[];
  readonly factors: FactorTable;
}

export function peakSetting(instrument: Instrument, factors: FactorTable): PeakSetting {
  const { lower, upper } = reflectionWindow(instrument);
  return {
    quarter: (instrument.wavelength * instrument.wavelength) / 4,
    uMin: Math.sin(lower / (2 * DEGREES)) ** 2,
    uMax: Math.sin(upper / (2 * DEGREES)) ** 2,
    instrument,
    lines: spectralLines(instrument),
    factors,
  };
}

/** Peaks that the reflections of a list may have. */
export const peakCapacity = (list: ReflectionList, instrument: Instrument): number =>
  list.count * spectralLines(instrument).length;

/** The peaks of all lines of the radiation, line after line, each in list order. */
export function findPeaks(setting: PeakSetting, list: ReflectionList, recip: Float64Array, out: Peaks): void {
  out.count = 0;
  for (const line of setting.lines) findLine(setting, line, list, recip, out);
}

/**
 * Positions, widths and intensities with their derivatives, one square root or division where the formulas have many:
 * with u = sin²θ, s = √u, c = √(1 − u) and r = 1/(s c),
 *   tanθ = u r,  1/c = r s,  1/(u c) = r² c,  d(2θ)/du = r · 180/π,
 *   lp = N r² c with N = 1 + (1 − 2u)²,  d lp/du = −4 (1 − 2u) r² c − lp r² (1 − u) + lp (r s)² / 2,
 *   dI/du = 2 · [2 Re(F* F′) lp + |F|² d lp/du], the factor 2 for the Friedel mate.
 * u is summed in the order of `inverseSquareSpacing`, so that a reflection on the edge of the window is in or out as in
 * the dense reference. On a second line u is `stretch` times that of the first, in which the derivatives are.
 */
function findLine(
  { uMin, uMax, instrument, factors }: PeakSetting,
  { wavelength, weight, stretch }: SpectralLine,
  { count, products, sums, elements }: ReflectionList,
  recip: Float64Array,
  out: Peaks,
): void {
  const TERMS: typeof PANEL_TERMS = 5;
  const PER_UNIT: typeof ARCSINE_PANELS_PER_UNIT = 256;
  const arcsine = ARCSINE;
  const { reflection, position, width, intensity, widthSlope, positionByU, intensityByU } = out;
  const { coefficients, panelsPerUnit } = factors;
  const r00 = recip[0];
  const r11 = recip[4];
  const r22 = recip[8];
  const r01 = recip[1];
  const r02 = recip[2];
  const r12 = recip[5];
  const { u: cagliotiU, v: cagliotiV, w: cagliotiW } = instrument;
  const quarter = (wavelength * wavelength) / 4;
  const perFirst = panelsPerUnit / stretch;
  const twice = 2 * weight;
  let n = out.count;
  for (let k = 0; k < count; k++) {
    const at = 6 * k;
    const u =
      quarter *
      (products[at] * r00 +
        products[at + 1] * r11 +
        products[at + 2] * r22 +
        2 * (products[at + 3] * r01 + products[at + 4] * r02 + products[at + 5] * r12));
    if (!(u > uMin && u <= uMax)) continue;

    // structure factor
    const scaled = u * perFirst;
    const panel = scaled | 0;
    const x = 2 * (scaled - panel) - 1;
    let term = panel * elements * TERMS;
    let sum = 2 * k * elements;
    let re = 0;
    let im = 0;
    let reSlope = 0;
    let imSlope = 0;
    for (let e = 0; e < elements; e++, term += TERMS, sum += 2) {
      const c1 = coefficients[term + 1];
      const c2 = coefficients[term + 2];
      const c3 = coefficients[term + 3];
      const c4 = coefficients[term + 4];
      const f = coefficients[term] + x * (c1 + x * (c2 + x * (c3 + x * c4)));
      const slope = c1 + x * (2 * c2 + x * (3 * c3 + x * 4 * c4));
      re += f * sums[sum];
      im += f * sums[sum + 1];
      reSlope += slope * sums[sum];
      imSlope += slope * sums[sum + 1];
    }
    const square = re * re + im * im;
    const cross = (re * reSlope + im * imSlope) * 2 * panelsPerUnit;

    // position, width, Lorentz-polarisation
    const sine = Math.sqrt(u);
    const cosine = Math.sqrt(1 - u);
    const r = 1 / (sine * cosine);
    const least = u <= 0.5 ? sine : cosine;
    const along = least * PER_UNIT;
    const place = along | 0;
    const y = 2 * (along - place) - 1;
    const a = place * TERMS;
    const angle =
      arcsine[a] + y * (arcsine[a + 1] + y * (arcsine[a + 2] + y * (arcsine[a + 3] + y * arcsine[a + 4])));
    const tan = u * r;
    const secant = r * sine;
    const fwhm = Math.sqrt((cagliotiU * tan + cagliotiV) * tan + cagliotiW);
    const cos2 = 1 - 2 * u;
    const r2c = r * r * cosine;
    const lp = (1 + cos2 * cos2) * r2c;
    const lpSlope = -4 * cos2 * r2c - lp * (r * r * (1 - u) - 0.5 * secant * secant);

    reflection[n] = k;
    position[n] = u <= 0.5 ? angle : 180 - angle;
    width[n] = fwhm;
    intensity[n] = twice * square * lp;
    widthSlope[n] = ((2 * cagliotiU * tan + cagliotiV) * secant * secant) / (4 * DEGREES * fwhm);
    positionByU[n] = stretch * r * DEGREES;
    intensityByU[n] = twice * (2 * cross * lp + stretch * square * lpSlope);
    n++;
  }
  out.count = n;
}
