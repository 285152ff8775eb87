import { familyOf } from '../crystal/family.ts';
import type { Structure } from '../crystal/structure.ts';
import { fwhm } from '../diffraction/caglioti.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import { type MergedPeak, mergePeaks } from '../diffraction/mergePeaks.ts';
import { peaksAt, scatteringModel } from '../diffraction/pattern.ts';
import { samePosition } from './positions.ts';

/** A peak of the powder pattern and those that it cannot be told from. */
export interface PeakOverlap {
  readonly peak: MergedPeak;
  /** Full width at half maximum, degrees. */
  readonly fwhm: number;
  /** Indices of the peaks within one mean FWHM, both ways, in the order of 2θ. */
  readonly partners: readonly number[];
}

/** Peaks of the first line inside the window in the order of 2θ, extinct reflections left out. */
export function peaksOf(structure: Structure, instrument: Instrument): MergedPeak[] {
  const model = scatteringModel(structure.sites, instrument, structure.cell);
  const { index, ofFirstLine: count, twoTheta, intensity } = peaksAt(model, structure.cell);
  const hkl = new Int32Array(3 * count);
  for (let k = 0; k < count; k++) hkl.set(model.sums.hkl.subarray(3 * index[k]!, 3 * index[k]! + 3), 3 * k);
  const table = { hkl, twoTheta: twoTheta.slice(0, count), intensity: intensity.slice(0, count) };
  return mergePeaks(table, structure.family);
}

/** Pairs of peaks within one FWHM of each other: |2θ − 2θ'| < (H + H')/2. */
export function peakOverlaps(peaks: readonly MergedPeak[], instrument: Instrument): PeakOverlap[] {
  const widths = peaks.map(peak => fwhm(instrument, peak.twoTheta));
  const touch = (p: number, q: number): boolean =>
    Math.abs(peaks[p]!.twoTheta - peaks[q]!.twoTheta) < 0.5 * (widths[p]! + widths[q]!);
  return peaks.map((peak, i) => {
    const partners: number[] = [];
    for (let j = i - 1; j >= 0 && touch(i, j); j--) partners.unshift(j);
    for (let j = i + 1; j < peaks.length && touch(i, j); j++) partners.push(j);
    return { peak, fwhm: widths[i]!, partners };
  });
}

/** Ascending positions cut into runs, each no longer than one FWHM at its start: [first, end) pairs. Degrees. */
export function fwhmGroups(twoTheta: ArrayLike<number>, instrument: Instrument): [number, number][] {
  const groups: [number, number][] = [];
  for (let from = 0; from < twoTheta.length; ) {
    const reach = twoTheta[from]! + fwhm(instrument, twoTheta[from]!);
    let to = from + 1;
    while (to < twoTheta.length && twoTheta[to]! < reach) to++;
    groups.push([from, to]);
    from = to;
  }
  return groups;
}

/** Count of the numbers that each step from F(hkl) to the profile leaves, against those that the crystal has. */
export interface PowderCounts {
  /** Real numbers in the complex F of the window: amplitude and phase of one of each Friedel pair. */
  readonly complex: number;
  /** |F|² of one of each Friedel pair. */
  readonly friedel: number;
  /** Of those, different by the symmetry of the pattern of intensities (Laue class). */
  readonly laue: number;
  /** Shells of equal d: what a powder with peaks of no width shows. */
  readonly shells: number;
  /** Runs of shells that lie within one FWHM: what the profile tells apart. */
  readonly resolved: number;
  /** Shells with another one within one FWHM. */
  readonly overlapped: number;
  /** Free parameters of the cell, and three coordinates for every position of the cell as listed. */
  readonly unknowns: { readonly cell: number; readonly coordinates: number };
}

/**
 * Counts over the reflections that the instrument sees and that are not extinct. The positions are those of the whole
 * cell: symmetry, where it is known, takes the same share from the unknowns and, at the Laue step, from the numbers.
 */
export function powderCounts(structure: Structure, instrument: Instrument): PowderCounts {
  const peaks = peaksOf(structure, instrument);
  const forms = peaks.flatMap(peak => peak.forms);
  const friedel = forms.reduce((sum, form) => sum + form.rows.length, 0);
  const groups = fwhmGroups(
    peaks.map(peak => peak.twoTheta),
    instrument,
  );
  return {
    complex: 2 * friedel,
    friedel,
    laue: forms.length,
    shells: peaks.length,
    resolved: groups.length,
    overlapped: peakOverlaps(peaks, instrument).filter(({ partners }) => partners.length > 0).length,
    unknowns: { cell: freeCellParameters(structure), coordinates: 3 * positionCount(structure) },
  };
}

function freeCellParameters({ family }: Structure): number {
  const { equal, fixed } = familyOf(family);
  return 6 - Object.keys(fixed).length - equal.reduce((sum, group) => sum + group.length - 1, 0);
}

const positionCount = ({ sites }: Structure): number =>
  sites.filter((site, i) => sites.findIndex(other => samePosition(other.fract, site.fract)) === i).length;

/**
 * The instrument with another wavelength and all widths scaled, its window set to reach the same spacing dMin, so that
 * overlaps are compared over the same reflections. Throws where dMin lies beyond the limiting sphere, λ > 2 dMin.
 */
export function instrumentTo(
  instrument: Instrument,
  { wavelength, widthScale, dMin }: { wavelength: number; widthScale: number; dMin: number },
): Instrument {
  const sine = wavelength / (2 * dMin);
  if (!(sine < 1))
    throw new Error(`spacings down to ${dMin} Å need a wavelength below ${2 * dMin} Å, not ${wavelength} Å`);
  const square = widthScale * widthScale;
  return {
    ...instrument,
    wavelength,
    twoThetaMin: 0,
    twoThetaMax: (2 * Math.asin(sine) * 180) / Math.PI,
    margin: 0,
    u: instrument.u * square,
    v: instrument.v * square,
    w: instrument.w * square,
  };
}
