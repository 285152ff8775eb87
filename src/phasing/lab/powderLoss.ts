import type { Structure } from '../../crystal/structure.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { ANODES } from '../../diffraction/instrument.ts';
import { limitingSphere } from '../../diffraction/reflections.ts';
import type { PowderCounts } from '../powderCounts.ts';
import { instrumentTo, peakOverlaps, peaksOf, powderCounts } from '../powderCounts.ts';

export interface PowderArgs {
  readonly crystal: Structure;
  readonly instrument: Instrument;
}

export interface PowderLoss {
  readonly counts: PowderCounts;
  readonly groups: readonly OverlapGroup[];
  readonly scales: Float64Array;
  readonly dMin: number;
  /** Share of the shells with another within one FWHM, by wavelength [scales]; null out of reach of dMin. */
  readonly curves: readonly {
    readonly label: string;
    readonly wavelength: number;
    readonly overlapped: Float64Array | null;
  }[];
}

/** A peak that cannot be told from its neighbours. */
export interface OverlapGroup {
  readonly hkl: readonly [number, number, number];
  readonly twoTheta: number;
  readonly fwhm: number;
  readonly intensity: number;
  readonly partners: readonly { readonly hkl: readonly [number, number, number]; readonly apart: number }[];
  /** Forms under this one peak: more than one where unrelated reflections share a spacing exactly. */
  readonly forms: number;
}

/** Widths of the curves, times those of the instrument. */
const SCALES = Float64Array.from({ length: 25 }, (_, i) => 0.1 + (1.9 * i) / 24);

/** The part of the structure factors of a crystal that its powder pattern leaves. */
export function powderLossOf({ crystal, instrument }: PowderArgs): PowderLoss {
  const dMin = 1 / limitingSphere(instrument);
  const peaks = peaksOf(crystal, instrument);
  const groups = peakOverlaps(peaks, instrument)
    .filter(({ peak, partners }) => partners.length > 0 || peak.forms.length > 1)
    .map(
      ({ peak, fwhm, partners }): OverlapGroup => ({
        hkl: peak.forms[0]!.hkl,
        twoTheta: peak.twoTheta,
        fwhm,
        intensity: peak.intensity,
        partners: partners.map(index => ({
          hkl: peaks[index]!.forms[0]!.hkl,
          apart: peaks[index]!.twoTheta - peak.twoTheta,
        })),
        forms: peak.forms.length,
      }),
    );
  const curves = ANODES.map(({ label, wavelength }) => {
    // Beyond the limiting sphere the same spacings cannot be compared; at its edge widths have no bound.
    if (!(wavelength < 1.98 * dMin)) return { label, wavelength, overlapped: null };
    const at = (widthScale: number): Parameters<typeof peakOverlaps> => {
      const scaled = instrumentTo(instrument, { wavelength, widthScale, dMin });
      return [seen, scaled];
    };
    const seen = peaksOf(crystal, instrumentTo(instrument, { wavelength, widthScale: 1, dMin }));
    const overlapped = SCALES.map(scale => {
      const partners = peakOverlaps(...at(scale)).filter(entry => entry.partners.length > 0);
      return seen.length > 0 ? partners.length / seen.length : Number.NaN;
    });
    return { label, wavelength, overlapped };
  }).sort((p, q) => p.wavelength - q.wavelength);
  return { counts: powderCounts(crystal, instrument), groups, scales: SCALES.slice(), dMin, curves };
}
