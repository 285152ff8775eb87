import { type Cell, cellProblem } from '../../crystal/cell.ts';
import { elementsOf, type Site } from '../../crystal/structure.ts';
import { formFactorOf } from '../../diffraction/formFactor.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import type { Loss, Sticks } from '../../losses/loss.ts';
import { peakBin } from '../../losses/mse.ts';
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
import { placeSites, sitePhases, siteSlopes, sumSites } from './sitePhases.ts';

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
 * cost of bins plus angles. Float64; agrees with `coordinateAdjoint` of diffraction/pattern.ts to 1e-7 in the loss and 1e-6
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
  const problem = cellProblem(cell);
  if (problem) throw new Error(problem);
  const elements = elementsOf(sites);
  const peaks = peaksOfCell(cell, instrument, elements.map(formFactorOf));
  const { hkl, angle, perSquare, factors } = peaks;
  const count = angle.length;
  const angles = perSquare.length;
  if (count === 0) return () => Number.NaN;
  let made: ExactTrees | null = null;
  const input = { sites, instrument, loss, target, excluded, sticks };
  const trees = (): ExactTrees => {
    made ??= exactTrees(input, judge(input));
    return made;
  };
  const ofIntensities =
    (excluded ? null : withoutPattern(input, peaks, () => trees().profile)) ??
    lossOfIntensities(instrument, peaks, loss, target, excluded, trees().pattern());
  const phases = sitePhases(
    hkl,
    sites.map(site => elements.indexOf(site.element)),
    sites.map(site => site.occupancy),
    elements.length,
  );
  const re = new Float64Array(count);
  const im = new Float64Array(count);
  const intensity = new Float64Array(angles);
  const byIntensity = new Float64Array(angles);
  return (coordinates, gradient) => {
    placeSites(phases, coordinates);
    sumSites(phases, hkl, factors, angle, re, im);
    intensity.fill(0);
    for (let n = 0; n < count; n++) intensity[angle[n]] += re[n] * re[n] + im[n] * im[n];
    let total = 0;
    for (let m = 0; m < angles; m++) {
      intensity[m] *= perSquare[m];
      total += intensity[m];
    }
    if (!(total > 0 && total < Number.POSITIVE_INFINITY)) return Number.NaN;
    if (!gradient) return ofIntensities(intensity, null);
    const value = ofIntensities(intensity, byIntensity);
    for (let m = 0; m < angles; m++) byIntensity[m] *= perSquare[m];
    siteSlopes(phases, hkl, factors, angle, re, im, byIntensity, gradient);
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
