import { type Cell, inverseSquareSpacing, reciprocalMetric } from '../crystal/cell.ts';
import { fwhm } from './caglioti.ts';
import type { Instrument } from './instrument.ts';

const DEG = Math.PI / 180;

/** A peak counts as strong from this share of the strongest reflection on. */
export const STRONG_FROM = 0.1;

/** The strong reflections of the true crystal, and how far each may move. */
export interface BasinRuler {
  /** [n * 3]. */
  readonly hkl: Int32Array;
  /** Of the truth, degrees [n]. */
  readonly twoTheta: Float64Array;
  /** Full width at half maximum there, degrees [n]. */
  readonly width: Float64Array;
  readonly wavelength: number;
}

/**
 * Picks the strong reflections.
 * @param peaks reflections of the true cell, of Friedel pairs one each, with intensities
 * @param excluded 1 at bins that do not count [binCount]: no loss sees a peak there
 */
export function basinRuler(
  instrument: Instrument,
  peaks: { readonly hkl: Int32Array; readonly twoTheta: Float64Array; readonly intensity: Float64Array },
  excluded?: Uint8Array,
): BasinRuler {
  const { twoThetaMin, step } = instrument;
  const counts = (k: number): boolean => !excluded?.[Math.round((peaks.twoTheta[k]! - twoThetaMin) / step)];
  const strongest = peaks.intensity.reduce((most, value, k) => (counts(k) ? Math.max(most, value) : most), 0);
  const strong = Array.from(peaks.intensity.keys()).filter(
    k => strongest > 0 && counts(k) && peaks.intensity[k]! >= STRONG_FROM * strongest,
  );
  return {
    hkl: Int32Array.from(strong.flatMap(k => Array.from(peaks.hkl.subarray(3 * k, 3 * k + 3)))),
    twoTheta: Float64Array.from(strong, k => peaks.twoTheta[k]!),
    width: Float64Array.from(strong, k => fwhm(instrument, peaks.twoTheta[k]!)),
    wavelength: instrument.wavelength,
  };
}

/**
 * Distance of the worst strong peak from its target, in full widths of that target peak: below 1 every strong peak still
 * overlaps its own. From Bragg's law alone, sin²θ = λ²/(4 d²) with 1/d² = hᵀ G* h; for small strains Δd/d =
 * FWHM/(2 tanθ) is the edge. Infinite where a reflection has no angle any more.
 */
export function worstShift(ruler: BasinRuler, cell: Cell): number {
  const recip = reciprocalMetric(cell);
  let worst = 0;
  for (let k = 0; k < ruler.twoTheta.length; k++) {
    const [h, i, l] = [ruler.hkl[3 * k]!, ruler.hkl[3 * k + 1]!, ruler.hkl[3 * k + 2]!];
    const sine = 0.5 * ruler.wavelength * Math.sqrt(inverseSquareSpacing(recip, h, i, l));
    if (!(sine <= 1)) return Number.POSITIVE_INFINITY;
    const shift = Math.abs((2 * Math.asin(sine)) / DEG - ruler.twoTheta[k]!);
    worst = Math.max(worst, shift / ruler.width[k]!);
  }
  return worst;
}
