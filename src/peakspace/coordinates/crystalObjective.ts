import {
  type Cell,
  cellExists,
  cellGradient,
  inverseSquareSpacing,
  reciprocalMetric,
} from '../../crystal/cell.ts';
import { elementsOf, type Site } from '../../crystal/structure.ts';
import { fwhm, fwhmSlope } from '../../diffraction/caglioti.ts';
import { formFactorOf, scatteringFactor, scatteringFactorSlope } from '../../diffraction/formFactor.ts';
import { binCount, type Instrument, reflectionWindow, spectralLines } from '../../diffraction/instrument.ts';
import { lorentzPolarisation, lorentzPolarisationSlope } from '../../diffraction/lorentzPolarisation.ts';
import { largestStretch, listedReflections } from '../../diffraction/reflections.ts';
import type { Loss } from '../../losses/loss.ts';
import { LIST_STRETCH } from '../denseObjective.ts';
import { exactTrees } from '../judge.ts';
import { type ListedPeaks, listedPeaks, listPattern } from '../pattern/listPattern.ts';
import { lossAgainst } from '../pattern/patternLoss.ts';
import { elementSums, placeSites, type SitePhases, sitePhases, siteSlopes } from './sitePhases.ts';

/**
 * The loss at a cell and fractional coordinates [sites * 3]; writes its gradient in both: per angstrom and per degree
 * [6], per unit fraction [sites * 3]. NaN where the cell does not exist or nothing has any intensity.
 */
export type CrystalObjective = (
  cell: Float64Array,
  coordinates: Float64Array,
  byCell: Float64Array,
  byCoordinates: Float64Array,
) => number;

/** A linear map that patterns go through before they are compared, such as a smoothing, and its transpose. */
export interface PatternMap {
  forward(pattern: Float64Array): Float64Array;
  back(residual: Float64Array): Float64Array;
}

/** Reflections of all cells near one, in the order of their indices, with the phases of the sites there. */
interface Listed {
  readonly reference: Cell;
  readonly hkl: Int32Array;
  readonly count: number;
  readonly phases: SitePhases;
  /** 0, 1, 2, …: each reflection has scattering factors of its own. */
  readonly own: Int32Array;
  /** Σ occ exp(2πi h·x) of each element, f and df/dq, [count * elements]. */
  readonly sumRe: Float64Array;
  readonly sumIm: Float64Array;
  readonly factors: Float64Array;
  /** F, |F|² and d|F|²/dq, q = 1/(4 d²); [count]. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly square: Float64Array;
  readonly squareSlope: Float64Array;
  /** dL/d|F|² and dL/dq, [count]. */
  readonly bySquare: Float64Array;
  readonly byQ: Float64Array;
  /** Reflection of each peak and what turns ∂L/∂I and ∂L/∂(2θ) into them: [count * lines]. */
  readonly peakOf: Int32Array;
  readonly perSquare: Float64Array;
  readonly perSquareSlope: Float64Array;
  readonly positionSlope: Float64Array;
  readonly peaks: ListedPeaks;
}

const DEGREES = 180 / Math.PI;

/**
 * The loss as a function of cell and coordinates together, all free: the joint search of a crystal whose lattice and atoms
 * are both off. Structure factors are summed anew at each point, (reflections × sites); the pattern costs bins plus
 * reflections. Float64; the value depends on nothing but cell and coordinates, to the last bit.
 * @param target what the pattern, gone through the map, is compared with
 * @param map null: the pattern itself is compared
 */
export function crystalObjective(
  sites: readonly Site[],
  instrument: Instrument,
  loss: Loss,
  target: Float64Array,
  map: PatternMap | null,
): CrystalObjective {
  const elements = elementsOf(sites);
  const formFactors = elements.map(formFactorOf);
  const species = sites.map(site => elements.indexOf(site.element));
  const occupancy = sites.map(site => site.occupancy);
  const lines = spectralLines(instrument);
  const { lower, upper } = reflectionWindow(instrument);
  const uOf = (degrees: number): number => Math.sin(degrees / (2 * DEGREES)) ** 2;
  const [uMin, uMax] = [uOf(lower), uOf(upper)];
  const against = lossAgainst(loss, target);
  const residual = new Float64Array(target.length);
  // the trees are tested on patterns: any will do
  const probe = map ? new Float64Array(binCount(instrument)).fill(1) : target;
  const patterns = listPattern(
    instrument,
    exactTrees({ sites, instrument, loss, target: probe, excluded: null }, null).pattern(),
  );
  const gamma = new Float64Array(9);
  let listed: Listed | null = null;

  const drawUp = (cell: Float64Array): Listed => {
    const reference = Array.from(cell) as unknown as Cell;
    const hkl = sortedByIndex(listedReflections(reference, instrument, LIST_STRETCH));
    const count = hkl.length / 3;
    const column = (n = 1): Float64Array => new Float64Array(count * n);
    return {
      reference,
      hkl,
      count,
      phases: sitePhases(hkl, species, occupancy, elements.length),
      own: Int32Array.from({ length: count }, (_, k) => k),
      sumRe: column(elements.length),
      sumIm: column(elements.length),
      factors: column(elements.length),
      re: column(),
      im: column(),
      square: column(),
      squareSlope: column(),
      bySquare: column(),
      byQ: column(),
      peakOf: new Int32Array(count * lines.length),
      perSquare: column(lines.length),
      perSquareSlope: column(lines.length),
      positionSlope: column(lines.length),
      peaks: listedPeaks(count * lines.length),
    };
  };

  /** Peaks of every line of the radiation; false where none has any intensity. */
  const placePeaks = (at: Listed, recip: Float64Array): boolean => {
    const { hkl, count, peaks, perSquare, perSquareSlope, positionSlope } = at;
    let n = 0;
    let total = 0;
    for (let k = 0; k < count; k++) {
      const q = inverseSquareSpacing(recip, hkl[3 * k]!, hkl[3 * k + 1]!, hkl[3 * k + 2]!) / 4;
      let seen = false;
      for (const { wavelength, weight } of lines) {
        const perQ = wavelength * wavelength;
        const u = perQ * q;
        if (!(u > uMin && u <= uMax)) continue;
        if (!seen) squareOf(at, k, q);
        seen = true;
        const lp = lorentzPolarisation(u);
        const t = 2 * Math.asin(Math.sqrt(u)) * DEGREES;
        peaks.position[n] = t;
        peaks.width[n] = fwhm(instrument, t);
        peaks.widthSlope[n] = fwhmSlope(instrument, t);
        // 2: the Friedel mate
        perSquare[n] = 2 * weight * lp;
        perSquareSlope[n] = 2 * weight * lorentzPolarisationSlope(u) * perQ;
        positionSlope[n] = (perQ * DEGREES) / Math.sqrt(u * (1 - u));
        peaks.intensity[n] = perSquare[n]! * at.square[k]!;
        total += peaks.intensity[n]!;
        at.peakOf[n] = k;
        n++;
      }
    }
    peaks.count = n;
    return total > 0 && total < Number.POSITIVE_INFINITY;
  };

  const squareOf = (at: Listed, k: number, q: number): void => {
    let [re, im, reSlope, imSlope] = [0, 0, 0, 0];
    for (const [e, factor] of formFactors.entries()) {
      const i = k * formFactors.length + e;
      const f = scatteringFactor(factor, q);
      const slope = scatteringFactorSlope(factor, q);
      at.factors[i] = f;
      re += f * at.sumRe[i]!;
      im += f * at.sumIm[i]!;
      reSlope += slope * at.sumRe[i]!;
      imSlope += slope * at.sumIm[i]!;
    }
    at.re[k] = re;
    at.im[k] = im;
    at.square[k] = re * re + im * im;
    at.squareSlope[k] = 2 * (re * reSlope + im * imSlope);
  };

  return (cell, coordinates, byCell, byCoordinates) => {
    if (!cellExists(cell)) return Number.NaN;
    if (!listed || largestStretch(listed.reference, cell) > LIST_STRETCH) listed = drawUp(cell);
    const at = listed;
    const { hkl, count, phases, peaks, peakOf, bySquare, byQ } = at;
    const recip = reciprocalMetric(cell);
    placeSites(phases, coordinates);
    elementSums(phases, hkl, at.sumRe, at.sumIm);
    if (!placePeaks(at, recip)) return Number.NaN;
    const pattern = patterns.forward(peaks);
    const value = against.gradient(map ? map.forward(pattern) : pattern, residual);
    patterns.back(peaks, map ? map.back(residual) : residual);
    bySquare.fill(0);
    byQ.fill(0);
    for (let n = 0; n < peaks.count; n++) {
      const k = peakOf[n]!;
      const byIntensity = peaks.byIntensity[n]!;
      bySquare[k]! += byIntensity * at.perSquare[n]!;
      byQ[k]! +=
        byIntensity * (at.perSquare[n]! * at.squareSlope[k]! + at.perSquareSlope[n]! * at.square[k]!) +
        peaks.intensity[n]! * at.positionSlope[n]! * peaks.byPosition[n]!;
    }
    siteSlopes(phases, hkl, at.factors, at.own, at.re, at.im, bySquare, byCoordinates);
    gamma.fill(0);
    for (let k = 0; k < count; k++)
      for (let i = 0; i < 3; i++)
        for (let j = 0; j < 3; j++) gamma[3 * i + j]! += (byQ[k]! / 4) * hkl[3 * k + i]! * hkl[3 * k + j]!;
    cellGradient(cell, recip, gamma, byCell);
    return value;
  };
}

function sortedByIndex(hkl: Int32Array): Int32Array {
  const order = Array.from({ length: hkl.length / 3 }, (_, k) => 3 * k);
  order.sort((p, q) => hkl[p]! - hkl[q]! || hkl[p + 1]! - hkl[q + 1]! || hkl[p + 2]! - hkl[q + 2]!);
  return Int32Array.from(order.flatMap(k => [hkl[k]!, hkl[k + 1]!, hkl[k + 2]!]));
}
