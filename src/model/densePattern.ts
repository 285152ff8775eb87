import {
  type Cell,
  cellGradient,
  cellProblem,
  inverseSquareSpacing,
  reciprocalMetric,
} from '../crystal/cell.ts';
import type { Site } from '../crystal/structure.ts';
import { type CrystalPattern, crystalPattern } from '../diffraction/crystalPattern.ts';
import { scatteringFactor } from '../diffraction/formFactor.ts';
import { type Instrument, spectralLines } from '../diffraction/instrument.ts';
import { lorentzPolarisation } from '../diffraction/lorentzPolarisation.ts';
import {
  addDirectionSlope,
  cosineSquare,
  type Direction,
  marchDollase,
  marchDollaseByR,
  marchDollaseBySquare,
  USUAL_AXIS,
} from '../diffraction/marchDollase.ts';
import { instrumentAs } from '../diffraction/measurement.ts';
import {
  type Conditions,
  type PeakList,
  peaksAt,
  type ScatteringModel,
  scatteringModel,
} from '../diffraction/pattern.ts';
import { type ProfileSums, profileSums } from '../diffraction/profileBins.ts';
import type { MovedParameter } from './parameter.ts';
import { measurementAt, rowAt, rowOf, sitesOfRow } from './point.ts';
import { measurementSlot, type Slots, slotsOf } from './slots.ts';

/** A crystal and its measurement at one row of slots, by the dense reference. */
export interface DenseModel {
  readonly slots: Slots;
  readonly row: Float64Array;
  readonly sites: readonly Site[];
  /** With the widths and the mixing of the row. */
  readonly model: ScatteringModel;
  readonly conditions: Conditions;
  readonly peaks: PeakList;
}

/** @throws where the cell is none */
export function denseModel(
  given: readonly Site[],
  instrument: Instrument,
  row: Float64Array,
  axis: Direction = USUAL_AXIS,
): DenseModel {
  const cell = Array.from(row.subarray(0, 6)) as unknown as Cell;
  const problem = cellProblem(cell);
  if (problem) throw new Error(problem);
  const slots = slotsOf(given);
  const sites = sitesOfRow(given, row);
  const measurement = measurementAt(slots, row);
  const model = scatteringModel(sites, instrumentAs(instrument, measurement), cell);
  const thermal = slots.elements.map((_, e) => row[slots.b + e]! + row[slots.overallB]!);
  const conditions = { thermal, measurement, axis };
  return { slots, row, sites, model, conditions, peaks: peaksAt(model, cell, undefined, conditions) };
}

/** Pattern, reflections and peaks at a point [6 + m], for drawing. @throws where the cell is none */
export function patternAtPoint(
  sites: readonly Site[],
  instrument: Instrument,
  moved: readonly MovedParameter[],
  point: ArrayLike<number>,
  axis?: Direction,
): CrystalPattern {
  const base = rowOf(sites, instrument);
  const { model, conditions, row } = denseModel(
    sites,
    instrument,
    rowAt(base, moved, point, base.slice()),
    axis,
  );
  return crystalPattern(model, row, conditions);
}

/** Slopes of a loss in one peak: per unit of intensity, per degree of position with the width following and of width alone, per unit of η. */
export interface PeakSlopes {
  readonly byIntensity: number;
  readonly byPosition: number;
  readonly byWidth: number;
  readonly byMixing: number;
}

/** Slopes in a peak from r = ∂L/∂pattern [binCount]. */
export function peakSlopesOf({ model, peaks }: DenseModel, peak: number, residual: Float64Array): PeakSlopes {
  const { instrument } = model;
  const { eta } = instrument;
  const summed = (mixing: number): ProfileSums => {
    const out = { value: 0, byPosition: 0, byWidth: 0 };
    const seen = mixing === eta ? instrument : { ...instrument, eta: mixing };
    profileSums(seen, peaks.twoTheta[peak]!, peaks.width[peak]!, residual, out);
    return out;
  };
  const own = summed(eta);
  const intensity = peaks.intensity[peak]!;
  // the value is a straight line in η
  const byMixing = eta === 0 ? summed(1).value - own.value : (own.value - summed(0).value) / eta;
  return {
    byIntensity: own.value,
    byPosition:
      intensity * (own.byPosition + (own.byWidth * peaks.widthSlope[peak]!) / peaks.positionSlope[peak]!),
    byWidth: intensity * own.byWidth,
    byMixing: intensity * byMixing,
  };
}

/** Adds what one peak makes of its slopes to ∂L/∂slot [slots.length]. */
export function addPeak(at: DenseModel, peak: number, slopes: PeakSlopes, bySlot: Float64Array): void {
  const { slots, row, sites, model, conditions, peaks } = at;
  const { sums, factors, instrument } = model;
  const { measurement, axis, thermal } = conditions;
  const lines = spectralLines(instrument);
  const line = lines[peak < peaks.ofFirstLine ? 0 : 1]!;
  const k = peaks.index[peak]!;
  const hkl: Direction = [sums.hkl[3 * k]!, sums.hkl[3 * k + 1]!, sums.hkl[3 * k + 2]!];
  const recip = reciprocalMetric(row);
  const q = inverseSquareSpacing(recip, ...hkl) / 4;
  const u = line.wavelength ** 2 * q;
  const square = cosineSquare(recip, hkl, axis);
  const f = factors.map((factor, e) => scatteringFactor(factor, q) * Math.exp(-thermal[e]! * q));
  let re = 0;
  let im = 0;
  for (const [e, value] of f.entries()) {
    re += value * sums.re[k * f.length + e]!;
    im += value * sums.im[k * f.length + e]!;
  }
  const { byIntensity, byPosition, byWidth, byMixing } = slopes;
  const perSquare = byIntensity * 2 * line.weight * lorentzPolarisation(u);
  const bySquare = perSquare * marchDollase(measurement.march, square);

  const gamma = new Float64Array(9);
  const byQ =
    (byIntensity * peaks.intensitySlope[peak]! + byPosition * peaks.positionSlope[peak]!) *
    lines[0]!.wavelength ** 2;
  for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) gamma[3 * i + j] = (byQ / 4) * hkl[i]! * hkl[j]!;
  const intact = perSquare * (re * re + im * im);
  addDirectionSlope(gamma, intact * marchDollaseBySquare(measurement.march, square), recip, hkl, axis);
  const byCell = cellGradient(row, recip, gamma, new Float64Array(6));
  for (let i = 0; i < 6; i++) bySlot[i]! += byCell[i]!;

  for (const [j, { element, fract, occupancy }] of sites.entries()) {
    const turns = hkl[0] * fract[0] + hkl[1] * fract[1] + hkl[2] * fract[2];
    const phase = 2 * Math.PI * (turns - Math.round(turns));
    const [cos, sin] = [Math.cos(phase), Math.sin(phase)];
    // d|F|² = 2 Re(F* dF) with F = Σ occ f exp(iφ)
    const scale = 2 * bySquare * f[slots.elements.indexOf(element)]!;
    const turn = scale * occupancy * 2 * Math.PI * (im * cos - re * sin);
    for (let i = 0; i < 3; i++) bySlot[slots.fract + 3 * j + i]! += turn * hkl[i]!;
    bySlot[slots.occupancy + j]! += scale * (re * cos + im * sin);
  }
  for (const [e, value] of f.entries()) {
    const slope =
      -2 * bySquare * q * value * (re * sums.re[k * f.length + e]! + im * sums.im[k * f.length + e]!);
    bySlot[slots.b + e]! += slope;
    bySlot[slots.overallB]! += slope;
  }
  const add = (key: Parameters<typeof measurementSlot>[1], slope: number): void => {
    bySlot[measurementSlot(slots, key)]! += slope;
  };
  add('zero', byPosition);
  add('displacement', byPosition * Math.sqrt(1 - u));
  add('widthFactor', (byWidth * peaks.width[peak]!) / row[measurementSlot(slots, 'widthFactor')]!);
  add('eta', byMixing);
  add('march', intact * marchDollaseByR(measurement.march, square));
}

/** ∂L/∂slot [slots.length] from r = ∂L/∂pattern [binCount], (peaks × (bins + sites)). */
export function slotAdjoint(at: DenseModel, residual: Float64Array): Float64Array {
  const out = new Float64Array(at.slots.length);
  for (let peak = 0; peak < at.peaks.count; peak++) addPeak(at, peak, peakSlopesOf(at, peak, residual), out);
  return out;
}
