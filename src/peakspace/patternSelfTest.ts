import { type Cell, reciprocalMetric } from '../crystal/cell.ts';
import { elementsOf, type Site } from '../crystal/structure.ts';
import { fwhm, fwhmSlope } from '../diffraction/caglioti.ts';
import { formFactorOf } from '../diffraction/formFactor.ts';
import { type Instrument, reflectionWindow } from '../diffraction/instrument.ts';
import { peaksAt, scatteringModel } from '../diffraction/pattern.ts';
import { addProfile, profileSums } from '../diffraction/profileBins.ts';
import { patternRoom, sumBack, sumPattern } from './patternSum.ts';
import { type PatternTree, patternTree } from './patternTree.ts';
import { findPeaks, type Peaks, peakCapacity, peakRoom, peakSetting } from './peakStage.ts';
import { factorTable } from './peakTables.ts';
import { reflectionList } from './reflectionList.ts';

/** Largest error that passes for exact: of a pattern, and of sums over it, in units of the largest value. */
export const PATTERN_TOLERANCE = 1e-7;
const SLOPE_TOLERANCE = 1e-6;

const verdicts = new WeakMap<PatternTree, boolean>();

/** The tree for 2^scale reflections, or one made for fewer, that agrees with the dense profiles; null if none does. */
export function exactTree(instrument: Instrument, scale: number): PatternTree | null {
  for (const candidate of [scale, LOWEST_SCALE]) {
    const tree = patternTree(instrument, candidate);
    const verdict = verdicts.get(tree) ?? sumsExactly(instrument, tree);
    verdicts.set(tree, verdict);
    if (verdict) return tree;
  }
  return null;
}

/** 2^6 reflections: below, the bins cost more than the peaks. */
export const LOWEST_SCALE = 6;

const PROBES = 48;

/** Pattern and transpose of peaks all over the window and at its ends against the dense profiles, ~10 ms. */
function sumsExactly(instrument: Instrument, tree: PatternTree): boolean {
  const peaks = probes(instrument);
  const room = patternRoom(tree, peaks.count);
  sumPattern(room, peaks);
  const dense = new Float64Array(room.pattern.length);
  for (let k = 0; k < peaks.count; k++)
    addProfile(instrument, peaks.position[k], peaks.width[k], peaks.intensity[k], dense);
  if (!near(room.pattern, dense, PATTERN_TOLERANCE)) return false;

  // A residual like those of a loss: the pattern less itself some bins on.
  const shift = Math.max(1, Math.round((0.5 * peaks.width[0]) / instrument.step));
  room.residual.set(dense.map((x, i) => x - dense[Math.min(i + shift, dense.length - 1)]!));
  sumBack(room);
  const sums = Array.from({ length: peaks.count }, (_, k) => {
    const out = { value: 0, byPosition: 0, byWidth: 0 };
    profileSums(instrument, peaks.position[k]!, peaks.width[k]!, room.residual, out);
    return out;
  });
  const place = (k: number): number => room.distinct.place[k]!;
  return (
    near(
      sums.map((_, k) => room.byIntensity[place(k)]!),
      sums.map(({ value }) => value),
      PATTERN_TOLERANCE,
    ) &&
    near(
      sums.map((_, k) => room.byPosition[place(k)]!),
      sums.map(({ byPosition, byWidth }, k) => byPosition + peaks.widthSlope[k]! * byWidth),
      SLOPE_TOLERANCE,
    )
  );
}

function probes(instrument: Instrument): Peaks {
  const { lower, upper } = reflectionWindow(instrument);
  const peaks = peakRoom(PROBES);
  const golden = 0.5 * (Math.sqrt(5) - 1);
  for (let k = 0; k < PROBES; k++) {
    const share = k === 0 ? 1e-4 : k === 1 ? 1 : (k * golden) % 1;
    const t = lower + (upper - lower) * share;
    peaks.position[k] = t;
    peaks.width[k] = fwhm(instrument, t);
    peaks.widthSlope[k] = fwhmSlope(instrument, t);
    peaks.intensity[k] = 0.2 + 0.8 * ((k * golden * golden) % 1);
  }
  peaks.count = PROBES;
  return peaks;
}

/** About as many reflections as the built-in structures have, in a cell without symmetry. */
const REFLECTIONS = 150;
const SHAPE: Cell = [0.9, 1.02, 1.13, 84, 97, 103];

const peakVerdicts = new WeakMap<
  readonly Site[],
  { readonly instrument: Instrument; readonly verdict: boolean }
>();

/** The peak stage by table against the formulas, for the elements of a crystal; the last verdict is kept. */
export function peaksExactly(sites: readonly Site[], instrument: Instrument): boolean {
  const kept = peakVerdicts.get(sites);
  if (kept?.instrument === instrument) return kept.verdict;
  const verdict = peaksAgree(sites, instrument);
  peakVerdicts.set(sites, { instrument, verdict });
  return verdict;
}

function peaksAgree(sites: readonly Site[], instrument: Instrument): boolean {
  const { lower, upper } = reflectionWindow(instrument);
  const radius = (angle: number): number => (2 * Math.sin((angle * Math.PI) / 360)) / instrument.wavelength;
  const edge = Math.cbrt(REFLECTIONS / (((2 * Math.PI) / 3) * (radius(upper) ** 3 - radius(lower) ** 3)));
  const cell = SHAPE.map((x, i) => (i < 3 ? x * edge : x)) as unknown as Cell;
  const list = reflectionList(sites, instrument, cell);
  const peaks = peakRoom(peakCapacity(list, instrument));
  const factors = factorTable(elementsOf(sites).map(formFactorOf), instrument);
  findPeaks(peakSetting(instrument, factors), list, reciprocalMetric(cell), peaks);
  const dense = peaksAt(scatteringModel(sites, instrument, cell), cell);
  if (peaks.count !== dense.count || dense.count === 0) return false;
  const sorted = (position: Float64Array): number[] =>
    Array.from({ length: dense.count }, (_, k) => k).sort((p, q) => position[p]! - position[q]!);
  const ours = sorted(peaks.position);
  const theirs = sorted(dense.twoTheta);
  const agree = (mine: Float64Array, exact: Float64Array, tolerance: number): boolean =>
    near(
      ours.map(k => mine[k]!),
      theirs.map(k => exact[k]!),
      tolerance,
    );
  return (
    agree(peaks.position, dense.twoTheta, 1e-10) &&
    agree(peaks.width, dense.width, 1e-9) &&
    agree(peaks.intensity, dense.intensity, 1e-9) &&
    agree(peaks.positionByU, dense.positionSlope, 1e-9) &&
    agree(peaks.intensityByU, dense.intensitySlope, 1e-7)
  );
}

/** Whether no number is further off than `tolerance` of the largest. NaN is. */
function near(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): boolean {
  let largest = 0;
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(expected[i]!));
  for (let i = 0; i < expected.length; i++)
    if (!(Math.abs(actual[i]! - expected[i]!) <= tolerance * largest)) return false;
  return true;
}
