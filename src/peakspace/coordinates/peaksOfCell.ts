import { type Cell, inverseSquareSpacing, reciprocalMetric } from '../../crystal/cell.ts';
import { fwhm, fwhmSlope } from '../../diffraction/caglioti.ts';
import { type FormFactor, scatteringFactor } from '../../diffraction/formFactor.ts';
import { type Instrument, reflectionWindow, spectralLines } from '../../diffraction/instrument.ts';
import { lorentzPolarisation } from '../../diffraction/lorentzPolarisation.ts';
import { type Measurement, peakShift } from '../../diffraction/measurement.ts';
import { listedReflections } from '../../diffraction/reflections.ts';
import { SAME_POSITION } from '../kernel/peakColumns.ts';

/**
 * All reflections of a cell inside the window, extinct ones too: moved sites may lend them intensity. One of each
 * Friedel pair, sorted by h, k, l; those at the same angle share one entry of the arrays by angle. With a second line of
 * the radiation every reflection is listed twice.
 */
export interface PeaksOfCell {
  /** [reflections * 3] */
  readonly hkl: Int32Array;
  /** Number of the angle of each reflection [reflections]. */
  readonly angle: Int32Array;
  /** Two-theta ascending, FWHM and dH/d(2θ): degrees, [angles]. */
  readonly position: Float64Array;
  readonly width: Float64Array;
  readonly widthSlope: Float64Array;
  /** Factor on |F|²: Lorentz-polarisation, the weight of the line, 2 for the Friedel mate; [angles]. */
  readonly perSquare: Float64Array;
  /** Scattering factors at rest [angles * elements]. */
  readonly factors: Float64Array;
  /** (sinθ/λ)², inverse square angstrom [angles]. */
  readonly q: Float64Array;
}

export function peaksOfCell(
  cell: Cell,
  instrument: Instrument,
  elements: readonly FormFactor[],
  shifts: Pick<Measurement, 'zero' | 'displacement'> = { zero: 0, displacement: 0 },
): PeaksOfCell {
  const recip = reciprocalMetric(cell);
  const { lower, upper } = reflectionWindow(instrument);
  const uOf = (degrees: number): number => Math.sin((degrees * Math.PI) / 360) ** 2;
  const [uMin, uMax] = [uOf(lower), uOf(upper)];
  const listed = listedReflections(cell, instrument, 1);
  const found: {
    h: number;
    k: number;
    l: number;
    u: number;
    t: number;
    q: number;
    weight: number;
    line: number;
  }[] = [];
  for (const [line, { wavelength, weight }] of spectralLines(instrument).entries())
    for (let i = 0; i < listed.length; i += 3) {
      const [h, k, l] = [listed[i]!, listed[i + 1]!, listed[i + 2]!];
      const q = inverseSquareSpacing(recip, h, k, l) / 4;
      const u = wavelength * wavelength * q;
      if (!(u > uMin && u <= uMax)) continue;
      const t = (360 / Math.PI) * Math.asin(Math.sqrt(u)) + peakShift(shifts, u);
      if (t > 0) found.push({ h, k, l, u, t, q, weight, line });
    }
  const angles: (typeof found)[number][] = [];
  const angleOf = new Map<(typeof found)[number], number>();
  for (const reflection of found.toSorted((p, q) => p.t - q.t)) {
    const last = angles.at(-1);
    const same = last && reflection.t - last.t <= SAME_POSITION && reflection.line === last.line;
    if (!same) angles.push(reflection);
    angleOf.set(reflection, angles.length - 1);
  }
  found.sort((p, q) => p.h - q.h || p.k - q.k || p.l - q.l);
  return {
    hkl: Int32Array.from(found.flatMap(({ h, k, l }) => [h, k, l])),
    angle: Int32Array.from(found, reflection => angleOf.get(reflection)!),
    position: Float64Array.from(angles, ({ t }) => t),
    width: Float64Array.from(angles, ({ t }) => fwhm(instrument, t)),
    widthSlope: Float64Array.from(angles, ({ t }) => fwhmSlope(instrument, t)),
    perSquare: Float64Array.from(angles, ({ u, weight }) => 2 * weight * lorentzPolarisation(u)),
    factors: Float64Array.from(
      angles.flatMap(({ q }) => elements.map(element => scatteringFactor(element, q))),
    ),
    q: Float64Array.from(angles, ({ q }) => q),
  };
}
