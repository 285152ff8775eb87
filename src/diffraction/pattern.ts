import {
  type Cell,
  cellGradient,
  cellProblem,
  inverseSquareSpacing,
  reciprocalMetric,
} from '../crystal/cell.ts';
import type { Site } from '../crystal/structure.ts';
import { fwhm, fwhmSlope } from './caglioti.ts';
import { type FormFactor, formFactorOf, scatteringFactor, scatteringFactorSlope } from './formFactor.ts';
import { binCount, type Instrument, reflectionWindow, spectralLines } from './instrument.ts';
import { lorentzPolarisation, lorentzPolarisationSlope } from './lorentzPolarisation.ts';
import { cosineSquare, type Direction, marchDollase } from './marchDollase.ts';
import { type Measurement, peakShift, peakShiftSlope } from './measurement.ts';
import { addProfile, type ProfileSums, profileSums } from './profileBins.ts';
import { largestStretch, listedReflections } from './reflections.ts';
import { dropExtinct, type StructureFactorSums, structureFactorSums } from './structureFactor.ts';

/**
 * The forward model: crystal and instrument to pattern, with derivatives. Float64, dense; the judge of every engine.
 * The lattice-independent part is computed once; a cell then costs (reflections × bins).
 */
export interface ScatteringModel {
  readonly sums: StructureFactorSums;
  readonly factors: readonly FormFactor[];
  readonly instrument: Instrument;
  /** Cells with `largestStretch(reference, cell) ≤ stretch` find all their reflections in the list. */
  readonly reference: Cell;
  readonly stretch: number;
}

/** Reflections of every cell within `stretch` of `reference`; 1 means exactly this cell. */
export function scatteringModel(
  sites: readonly Site[],
  instrument: Instrument,
  reference: Cell,
  stretch = 1,
): ScatteringModel {
  const problem = cellProblem(reference);
  if (problem) throw new Error(problem);
  const hkl = listedReflections(reference, instrument, stretch);
  const sums = dropExtinct(structureFactorSums(sites, hkl));
  return { sums, factors: sums.elements.map(formFactorOf), instrument, reference, stretch };
}

export const covers = (model: ScatteringModel, cell: ArrayLike<number>): boolean =>
  largestStretch(model.reference, cell) <= model.stretch * (1 + 1e-12);

/** The reflections inside the window at a cell. Arrays have room for all; the first `count` entries are meant. */
export interface PeakList {
  count: number;
  /** Peaks of the first line of the radiation; those of a second come after them. */
  ofFirstLine: number;
  /** Index into the model's reflection list. */
  readonly index: Int32Array;
  /** Degrees. */
  readonly twoTheta: Float64Array;
  /** |F|² · Lorentz-polarisation of the reflection and its Friedel mate together. */
  readonly intensity: Float64Array;
  /** Degrees. */
  readonly width: Float64Array;
  /** Derivatives in u = sin²θ of the first line: of intensity, of two-theta (degrees), of width (degrees). */
  readonly intensitySlope: Float64Array;
  readonly positionSlope: Float64Array;
  readonly widthSlope: Float64Array;
}

export function emptyPeaks(capacity: number): PeakList {
  const column = (): Float64Array => new Float64Array(capacity);
  return {
    count: 0,
    ofFirstLine: 0,
    index: new Int32Array(capacity),
    twoTheta: column(),
    intensity: column(),
    width: column(),
    intensitySlope: column(),
    positionSlope: column(),
    widthSlope: column(),
  };
}

const DEGREES = 180 / Math.PI;

/** What stands between a crystal at rest and its pattern; widths and mixing are in the instrument (`instrumentAs`). */
export interface Conditions {
  /** B of each element of the model, the overall one in it, Å²: f falls as exp(−B sin²θ/λ²). */
  readonly thermal: ArrayLike<number>;
  readonly measurement: Pick<Measurement, 'zero' | 'displacement' | 'march'>;
  /** Axis of preferred orientation. */
  readonly axis: Direction;
}

/** Room for the peaks of a model. */
export const peakCapacity = ({ sums, instrument }: ScatteringModel): number =>
  sums.count * spectralLines(instrument).length;

/**
 * Positions, intensities and widths of all reflections in the window, of every line of the radiation, with their
 * derivatives in sin²θ of the first line; preferred orientation is held where it is.
 * @param conditions null: atoms at rest, nothing shifted, no preferred orientation
 */
export function peaksAt(
  model: ScatteringModel,
  cell: ArrayLike<number>,
  out = emptyPeaks(peakCapacity(model)),
  conditions: Conditions | null = null,
): PeakList {
  const { sums, factors, instrument } = model;
  const recip = reciprocalMetric(cell);
  const { lower, upper } = reflectionWindow(instrument);
  const uMin = Math.sin(lower / (2 * DEGREES)) ** 2;
  const uMax = Math.sin(upper / (2 * DEGREES)) ** 2;
  const elements = factors.length;
  let n = 0;
  for (const [line, { wavelength, weight, stretch }] of spectralLines(instrument).entries()) {
    const quarter = (wavelength * wavelength) / 4;
    const perQ = 1 / (wavelength * wavelength);
    for (let k = 0; k < sums.count; k++) {
      const u =
        quarter * inverseSquareSpacing(recip, sums.hkl[3 * k]!, sums.hkl[3 * k + 1]!, sums.hkl[3 * k + 2]!);
      if (!(u > uMin && u <= uMax)) continue;
      let re = 0;
      let im = 0;
      let reSlope = 0;
      let imSlope = 0;
      for (let e = 0; e < elements; e++) {
        let f = scatteringFactor(factors[e]!, u * perQ);
        let slope = scatteringFactorSlope(factors[e]!, u * perQ) * perQ;
        if (conditions) {
          const b = conditions.thermal[e]! * perQ;
          const damping = Math.exp(-b * u);
          slope = (slope - b * f) * damping;
          f *= damping;
        }
        const at = k * elements + e;
        re += f * sums.re[at]!;
        im += f * sums.im[at]!;
        reSlope += slope * sums.re[at]!;
        imSlope += slope * sums.im[at]!;
      }
      const square = re * re + im * im;
      const lp = lorentzPolarisation(u);
      let t = 2 * Math.asin(Math.sqrt(u)) * DEGREES;
      let tSlope = (stretch * DEGREES) / Math.sqrt(u * (1 - u));
      let preference = 1;
      if (conditions) {
        const { measurement, axis } = conditions;
        t += peakShift(measurement, u);
        tSlope += stretch * peakShiftSlope(measurement, u);
        // shifted below 0° it is not seen
        if (!(t > 0)) continue;
        const hkl: Direction = [sums.hkl[3 * k]!, sums.hkl[3 * k + 1]!, sums.hkl[3 * k + 2]!];
        preference = marchDollase(measurement.march, cosineSquare(recip, hkl, axis));
      }
      out.index[n] = k;
      out.twoTheta[n] = t;
      out.intensity[n] = 2 * weight * square * lp * preference;
      out.intensitySlope[n] =
        2 *
        weight *
        stretch *
        preference *
        (2 * (re * reSlope + im * imSlope) * lp + square * lorentzPolarisationSlope(u));
      out.positionSlope[n] = tSlope;
      out.width[n] = fwhm(instrument, t);
      out.widthSlope[n] = fwhmSlope(instrument, t) * tSlope;
      n++;
    }
    if (line === 0) out.ofFirstLine = n;
  }
  out.count = n;
  return out;
}

/** Intensity on the grid [binCount]. The cell must exist and be covered by the model. */
export function simulatePattern(
  model: ScatteringModel,
  cell: ArrayLike<number>,
  out = new Float64Array(binCount(model.instrument)),
): Float64Array {
  return addPeaks(model.instrument, peaksAt(model, cell), out.fill(0));
}

/** Positions (degrees) and integrated intensities of the peaks of a list, in arrays of their own. */
export const sticksOf = ({ twoTheta, intensity, count }: PeakList) => ({
  position: twoTheta.slice(0, count),
  intensity: intensity.slice(0, count),
});

/** A crystal as the target of a loss: its pattern on the grid [binCount], and its peaks. */
export function simulatedTarget(sites: readonly Site[], instrument: Instrument, cell: Cell) {
  const peaks = peaksAt(scatteringModel(sites, instrument, cell), cell);
  return {
    target: addPeaks(instrument, peaks, new Float64Array(binCount(instrument))),
    sticks: sticksOf(peaks),
  };
}

/** Adds the profiles of all peaks to a pattern. */
export function addPeaks(instrument: Instrument, peaks: PeakList, out: Float64Array): Float64Array {
  for (let k = 0; k < peaks.count; k++)
    addProfile(instrument, peaks.twoTheta[k]!, peaks.width[k]!, peaks.intensity[k]!, out);
  return out;
}

/**
 * The chain rule backwards: from r = ∂L/∂pattern to ∂L/∂(a, b, c, α, β, γ), per angstrom and per degree.
 * @param gradient six numbers, overwritten
 */
export function patternAdjoint(
  model: ScatteringModel,
  cell: ArrayLike<number>,
  residual: Float64Array,
  gradient: Float64Array,
  peaks = peaksAt(model, cell),
): Float64Array {
  const { instrument } = model;
  const s: ProfileSums = { value: 0, byPosition: 0, byWidth: 0 };
  return peakAdjoint(model, cell, peaks, gradient, k => {
    profileSums(instrument, peaks.twoTheta[k]!, peaks.width[k]!, residual, s);
    return (
      peaks.intensitySlope[k]! * s.value +
      peaks.intensity[k]! * (peaks.positionSlope[k]! * s.byPosition + peaks.widthSlope[k]! * s.byWidth)
    );
  });
}

/**
 * From dL/du of every peak, u = sin²θ of the first line, to ∂L/∂(a, b, c, α, β, γ), per angstrom and per degree.
 * @param gradient six numbers, overwritten
 */
export function peakAdjoint(
  { sums, instrument }: ScatteringModel,
  cell: ArrayLike<number>,
  peaks: PeakList,
  gradient: Float64Array,
  byU: (peak: number) => number,
): Float64Array {
  const quarter = (instrument.wavelength * instrument.wavelength) / 4;
  const gamma = new Float64Array(9);
  for (let k = 0; k < peaks.count; k++) {
    const weight = byU(k) * quarter;
    const at = 3 * peaks.index[k]!;
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) gamma[3 * i + j]! += weight * sums.hkl[at + i]! * sums.hkl[at + j]!;
  }
  return cellGradient(cell, reciprocalMetric(cell), gamma, gradient);
}
