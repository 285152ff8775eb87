/** A peak by its angle, degrees, and its strength. */
interface Peak {
  readonly twoTheta: number;
  readonly intensity: number;
}

const RAD = Math.PI / 180;

/** The angle at which a spacing seen at `twoTheta` with one wavelength stands with another; NaN beyond backscattering. */
export const angleWith = (twoTheta: number, from: number, to: number): number =>
  from === to ? twoTheta : (2 * Math.asin((Math.sin(0.5 * twoTheta * RAD) * to) / from)) / RAD;

export interface PeakMatch {
  /** Index into the other peaks. */
  readonly index: number;
  /** Other minus reference at the reference's wavelength, degrees. */
  readonly shift: number;
}

/**
 * The peak nearest to each reference peak among those of at least `least`, where it is within the tolerance. Both are
 * held against each other as spacings, expressed as angles at the reference's wavelength.
 */
export function matchPeaks(
  reference: { readonly peaks: readonly Peak[]; readonly wavelength: number },
  other: { readonly peaks: readonly Peak[]; readonly wavelength: number },
  tolerance: number,
  least = 0,
): (PeakMatch | null)[] {
  const places = other.peaks.flatMap(({ twoTheta, intensity }, index) => {
    const at = angleWith(twoTheta, other.wavelength, reference.wavelength);
    return intensity >= least && Number.isFinite(at) ? [{ at, index }] : [];
  });
  return reference.peaks.map(({ twoTheta }) => {
    let best: PeakMatch | null = null;
    for (const { at, index } of places) {
      const shift = at - twoTheta;
      if (Math.abs(shift) <= tolerance && (!best || Math.abs(shift) < Math.abs(best.shift)))
        best = { index, shift };
    }
    return best;
  });
}
