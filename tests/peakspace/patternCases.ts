import type { Cell } from '../../src/crystal/cell.ts';
import { fwhm, fwhmSlope } from '../../src/diffraction/caglioti.ts';
import { binCount, type Instrument, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { addProfile, type ProfileSums, profileSums } from '../../src/diffraction/profileBins.ts';
import { seededRng } from '../../src/num/rng.ts';
import { KernelMemory } from '../../src/peakspace/kernel/kernelMemory.ts';
import { fixedPeaks } from '../../src/peakspace/kernel/peakColumns.ts';
import { patternSum } from '../../src/peakspace/pattern/patternSum.ts';
import { patternTree } from '../../src/peakspace/pattern/patternTree.ts';

/** Instruments far from the paper's: widths, mixing, wavelength, window, margin, step. */
export const INSTRUMENTS: Readonly<Record<string, Instrument>> = {
  'laboratory widths': { ...PAPER_INSTRUMENT, u: 0.01, v: -0.005, w: 0.01 },
  sharp: { ...PAPER_INSTRUMENT, u: 0.001, v: 0, w: 0.002 },
  broad: { ...PAPER_INSTRUMENT, u: 5, w: 20 },
  'widths that vary': { ...PAPER_INSTRUMENT, u: 3, v: 0, w: 0.01 },
  Gaussian: { ...PAPER_INSTRUMENT, eta: 1 },
  Lorentzian: { ...PAPER_INSTRUMENT, eta: 0 },
  molybdenum: { ...PAPER_INSTRUMENT, wavelength: 0.7093, twoThetaMin: 3, twoThetaMax: 60 },
  'chromium to 150°': { ...PAPER_INSTRUMENT, wavelength: 2.2897, twoThetaMax: 150 },
  'a window with margins': { ...PAPER_INSTRUMENT, twoThetaMin: 20, twoThetaMax: 80, margin: 2 },
  'a coarse grid': { ...PAPER_INSTRUMENT, step: 0.1, twoThetaMax: 60 },
  'a fine grid': { ...PAPER_INSTRUMENT, step: 0.004 },
  'Kα₁ and Kα₂': { ...PAPER_INSTRUMENT, secondWavelength: 1.54439, secondRatio: 0.497 },
  'a far shorter second line': { ...PAPER_INSTRUMENT, secondWavelength: 1.39, secondRatio: 0.2 },
  'indices to 4': { ...PAPER_INSTRUMENT, maxIndex: 4 },
  'a narrow window': { ...PAPER_INSTRUMENT, twoThetaMin: 40, twoThetaMax: 48 },
};

/** A cell with lengths off by up to ±share and angles by up to ±60° · share, each on its own: triclinic. */
export function skewed(cell: Cell, share: number, seed: number): Float64Array {
  const rng = seededRng(seed);
  return Float64Array.from(cell, (x, i) => {
    const draw = 2 * rng.uniform() - 1;
    return i < 3 ? x * (1 + share * draw) : x + 60 * share * draw;
  });
}

/** Two-theta and width in degrees, dH/d(2θ), height. */
export interface PlacedPeaks {
  readonly count: number;
  readonly position: Float64Array;
  readonly width: Float64Array;
  readonly widthSlope: Float64Array;
  readonly intensity: Float64Array;
}

/** Peaks at positions (degrees) with the instrument's widths. */
export function peaksOf(
  instrument: Instrument,
  positions: readonly number[],
  intensities: readonly number[] = positions.map(() => 1),
): PlacedPeaks {
  return {
    count: positions.length,
    position: Float64Array.from(positions),
    width: Float64Array.from(positions, t => fwhm(instrument, t)),
    widthSlope: Float64Array.from(positions, t => fwhmSlope(instrument, t)),
    intensity: Float64Array.from(intensities),
  };
}

/** Their pattern by the hierarchy made for 2^scale reflections, and the way back. */
export function summed(instrument: Instrument, peaks: PlacedPeaks, scale: number) {
  const memory = KernelMemory.create()!;
  const tree = patternTree(instrument, scale);
  const fixed = fixedPeaks(memory, peaks);
  const sum = patternSum(memory, tree);
  const { columns, count } = fixed;
  const { sorted } = columns;
  const forward = (intensity = peaks.intensity): Float64Array => {
    memory.f64(columns.intensity, count).set(intensity);
    sum.forward(fixed);
    return sum.pattern;
  };
  forward();
  const place = memory.i32(sorted.place, count);
  /** Of each of the peaks, that of the one that stands for it. */
  const byPeak = (at: number): Float64Array => {
    const values = memory.f64(at, count);
    return Float64Array.from(place, i => values[i]!);
  };
  return {
    pattern: sum.pattern,
    residual: sum.residual,
    forward,
    place,
    intensity: () => byPeak(sorted.intensity),
    /** Σ_i r_i pV_i and Σ_i r_i dpV_i/dt of every peak. */
    back() {
      sum.back(fixed);
      return { value: byPeak(sorted.byIntensity), slope: byPeak(sorted.byPosition) };
    },
  };
}

/** Their pattern profile by profile. */
export function densePattern(instrument: Instrument, peaks: PlacedPeaks): Float64Array {
  const out = new Float64Array(binCount(instrument));
  for (let k = 0; k < peaks.count; k++)
    addProfile(instrument, peaks.position[k]!, peaks.width[k]!, peaks.intensity[k]!, out);
  return out;
}

/** Σ_i r_i pV_i and Σ_i r_i dpV_i/dt of every peak, profile by profile. */
export function denseSums(instrument: Instrument, peaks: PlacedPeaks, residual: Float64Array) {
  const value = new Float64Array(peaks.count);
  const slope = new Float64Array(peaks.count);
  const sums: ProfileSums = { value: 0, byPosition: 0, byWidth: 0 };
  for (let k = 0; k < peaks.count; k++) {
    profileSums(instrument, peaks.position[k]!, peaks.width[k]!, residual, sums);
    value[k] = sums.value;
    slope[k] = sums.byPosition + peaks.widthSlope[k]! * sums.byWidth;
  }
  return { value, slope };
}

export const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** Largest difference of two arrays in units of the largest number of the second; NaN where anything is. */
export function offBy(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!);
    if (!(error <= most)) most = error;
  }
  return most / largest(expected);
}
