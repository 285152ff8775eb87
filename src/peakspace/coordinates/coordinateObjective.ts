import { type Cell, cellProblem, reciprocalMetric } from '../../crystal/cell.ts';
import type { Site } from '../../crystal/structure.ts';
import { formFactorOf } from '../../diffraction/formFactor.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { cosineSquare, marchDollase, marchDollaseByR, USUAL_AXIS } from '../../diffraction/marchDollase.ts';
import { instrumentAs } from '../../diffraction/measurement.ts';
import type { Loss, Sticks } from '../../losses/loss.ts';
import { peakBin } from '../../losses/mse.ts';
import { measurementAt, rowOf } from '../../model/point.ts';
import { measurementSlot, slotsOf } from '../../model/slots.ts';
import { type ExactTrees, exactTrees, judge } from '../judge.ts';
import { type ObjectiveInput, stickInput } from '../ways.ts';
import {
  cosineOfIntensities,
  fixedSums,
  type IntensityLoss,
  lossOfIntensities,
  stickSums,
} from './intensityLoss.ts';
import { mseOfIntensities } from './mseOfIntensities.ts';
import { type PeaksOfCell, peaksOfCell } from './peaksOfCell.ts';
import {
  anyMoves,
  atomSums,
  measurementExists,
  type RowObjective,
  type Rows,
  textured,
  thermalOf,
  thermalSlopes,
  vibrates,
  withReach,
} from './rowObjective.ts';

/**
 * The loss at fractional coordinates [sites * 3] and, where asked, its gradient [sites * 3], per unit fraction. NaN where
 * a coordinate is no number or no reflection has any intensity.
 */
export type CoordinateObjective = (coordinates: Float64Array, gradient: Float64Array | null) => number;

/**
 * The loss as a function of the coordinates at a fixed cell, for descents on coordinates (paper, S1.4):
 *
 *   const objective = coordinateObjective(sites, cell, instrument, lossOf('cosine'), target);
 *   const x = Float64Array.from(sites.flatMap(site => site.fract));
 *   const gradient = new Float64Array(x.length);
 *   const loss = objective(x, gradient);
 *
 * Positions, widths and factors of the reflections are worked out once, and one objective serves every start in the
 * same cell: the coordinates of `sites` do not matter, their elements, occupancies and order do. A step then is
 * (reflections × sites) complex products for F and as many for the gradient, and the loss from the intensities alone:
 * cosine and MSE by the matrix of overlaps, or by the tree where there are many angles; the others by the pattern at a
 * cost of bins plus angles. Float64; agrees with the dense reference (model/denseModel.ts) to 1e-7 in the loss and 1e-6
 * of the largest component. Coordinates need not lie in 0 … 1. The value depends on nothing but the coordinates, to the
 * last bit. Nothing is allocated in a step.
 *
 * With `instrument.maxIndex` only reflections with |h|, |k|, |l| ≤ maxIndex count, in the trial pattern; simulate the
 * target with the same instrument.
 * @param target pattern on the instrument's grid [binCount]
 * @param excluded 1 at bins that do not count [binCount]; every loss then goes by the pattern
 * @param sticks peaks of a simulated target, for a loss that has a closed form over them
 * @throws where the cell is none
 */
export function coordinateObjective(
  sites: readonly Site[],
  cell: Cell,
  instrument: Instrument,
  loss: Loss,
  target: Float64Array,
  excluded: Uint8Array | null = null,
  sticks: Sticks | null = null,
): CoordinateObjective {
  const slots = slotsOf(sites);
  const row = rowOf(sites, instrument);
  const byRow = row.slice();
  const end = slots.fract + 3 * slots.sites;
  const moving = Uint8Array.from(row, (_, i) => Number(i >= slots.fract && i < end));
  const rows = { slots, base: row.slice(), moving, axis: USUAL_AXIS };
  const objective = intensityObjective({ sites, instrument, loss, target, excluded, sticks }, cell, rows);
  return (coordinates, gradient) => {
    row.set(coordinates, slots.fract);
    const value = objective(row, gradient && byRow);
    gradient?.set(byRow.subarray(slots.fract, end));
    return value;
  };
}

/**
 * The loss over everything that leaves the peaks where they are at a fixed cell: coordinates, occupancies, thermal motion
 * and preferred orientation (see `coordinateObjective`). The cell of a row is not read.
 * @param rows slots of positions, widths and mixing do not move
 * @throws where the cell is none
 */
export function intensityObjective(given: ObjectiveInput, cell: Cell, rows: Rows): RowObjective {
  const problem = cellProblem(cell);
  if (problem) throw new Error(problem);
  const { sites, target, loss, excluded } = given;
  const { slots, base, moving, axis } = rows;
  const measurement = measurementAt(slots, base);
  if (!measurementExists(slots, base)) return () => Number.NaN;
  const seen = instrumentAs(given.instrument, measurement);
  const peaks = peaksOfCell(cell, seen, slots.elements.map(formFactorOf), measurement);
  const { hkl, angle, perSquare, q } = peaks;
  const count = angle.length;
  const angles = perSquare.length;
  const elements = slots.elements.length;
  if (count === 0) return () => Number.NaN;
  const instrument = withReach(seen, rows);
  let made: ExactTrees | null = null;
  const input = { ...given, instrument };
  const trees = (): ExactTrees => {
    made ??= exactTrees(input, judge(input));
    return made;
  };
  const ofIntensities =
    (excluded ? null : withoutPattern(input, peaks, () => trees().profile)) ??
    lossOfIntensities(instrument, peaks, loss, target, excluded, trees().pattern());
  const atoms = atomSums(sites, rows, hkl);
  const re = new Float64Array(count);
  const im = new Float64Array(count);
  const bySquare = new Float64Array(count);
  const intensity = new Float64Array(angles);
  const byIntensity = new Float64Array(angles);
  const march = measurementSlot(slots, 'march');
  const recip = reciprocalMetric(cell);
  const direction = textured(rows)
    ? Float64Array.from(angle, (_, n) =>
        cosineSquare(recip, [hkl[3 * n]!, hkl[3 * n + 1]!, hkl[3 * n + 2]!], axis),
      )
    : null;
  const preference = direction && new Float64Array(count);
  const thermal = vibrates(rows) ? new Float64Array(elements) : null;
  const thermalMoves = anyMoves(rows, slots.b, elements + 1);
  const factors = thermal ? peaks.factors.slice() : peaks.factors;

  /** Factors and texture of a row that has them. */
  const weigh = (row: Float64Array): void => {
    if (thermal) {
      thermalOf(slots, row, thermal);
      for (let m = 0; m < angles; m++)
        for (let e = 0; e < elements; e++)
          factors[m * elements + e] = peaks.factors[m * elements + e] * Math.exp(-thermal[e] * q[m]);
    }
    if (preference) for (let n = 0; n < count; n++) preference[n] = marchDollase(row[march], direction[n]);
  };
  weigh(base);

  return (row, byRow) => {
    if (!measurementExists(slots, row)) return Number.NaN;
    if (thermalMoves || moving[march]) weigh(row);
    atoms.place(row);
    intensity.fill(0);
    for (let n = 0; n < count; n++) {
      const f = angle[n] * elements;
      let sumRe = 0;
      let sumIm = 0;
      for (let e = 0; e < elements; e++) {
        sumRe += factors[f + e] * atoms.re[n * elements + e];
        sumIm += factors[f + e] * atoms.im[n * elements + e];
      }
      re[n] = sumRe;
      im[n] = sumIm;
      const square = sumRe * sumRe + sumIm * sumIm;
      intensity[angle[n]] += preference ? square * preference[n] : square;
    }
    let total = 0;
    for (let m = 0; m < angles; m++) {
      intensity[m] *= perSquare[m];
      total += intensity[m];
    }
    if (!(total > 0 && total < Number.POSITIVE_INFINITY)) return Number.NaN;
    if (!byRow) return ofIntensities(intensity, null);
    const value = ofIntensities(intensity, byIntensity);
    byRow.fill(0);
    for (let n = 0; n < count; n++) {
      const slope = byIntensity[angle[n]] * perSquare[angle[n]];
      bySquare[n] = preference ? slope * preference[n] : slope;
      if (moving[march])
        byRow[march] += slope * (re[n] * re[n] + im[n] * im[n]) * marchDollaseByR(row[march], direction![n]);
    }
    atoms.slopes(factors, angle, re, im, bySquare, byRow);
    if (thermalMoves) thermalSlopes(slots, factors, angle, q, atoms, re, im, bySquare, count, byRow);
    return value;
  };
}

/** Losses over peaks without a pattern; null for others, and where the tree they need is not exact enough. */
function withoutPattern(
  input: ObjectiveInput,
  peaks: PeaksOfCell,
  profileTrees: () => ExactTrees['profile'],
): IntensityLoss | null {
  const { instrument, loss, target } = input;
  const over = stickInput(input);
  if (over) {
    const cosine = cosineOfIntensities(stickSums(peaks, over.loss, over.sticks, profileTrees));
    return (intensity, byIntensity) => 1 + cosine(intensity, byIntensity);
  }
  if (loss.id !== 'cosine' && loss.id !== 'mse') return null;
  const sums = fixedSums(instrument, peaks, target, profileTrees);
  if (!sums) return null;
  return loss.id === 'cosine'
    ? cosineOfIntensities(sums)
    : mseOfIntensities(instrument, peaks, sums, target[peakBin(target)]!);
}
