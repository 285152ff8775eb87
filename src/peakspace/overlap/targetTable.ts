import { fwhm } from '../../diffraction/caglioti.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { FOUR_LN2 } from '../../diffraction/pseudoVoigt.ts';
import { peakBin } from '../../losses/mse.ts';
import { type AxisCells, axisCells, interval } from '../tree/axisCells.ts';
import { chebyshevNodes, nodalToMonomial } from '../tree/chebyshev.ts';
import { narrowest } from './profileTree.ts';

/** Coefficients of a panel: degree 7, one cache line. */
export const TARGET_TERMS = 8;

/**
 * The product of a target pattern with the profile of a peak at t, G(t) = Σ_j x_j pV(x_j; t), over the bins of the
 * window: the scalar product of a pattern with the target is Σ_k I_k G(t_k). However noisy the target, G is smooth, with
 * poles H/2 beside the axis; panels of a sixth of the least width and degree 7 err by 1e-9.
 */
export interface TargetTable {
  /** ‖x‖₂. */
  readonly norm: number;
  /** The largest bin. */
  readonly height: number;
  readonly low: number;
  readonly panelsPerDegree: number;
  /** [panels * TARGET_TERMS], monomials in −1 … 1. */
  readonly coefficients: Float64Array;
}

/** Panels in the least width. */
const PER_WIDTH = 6;

/** In widths: beyond, the Gaussian is below 1e-17 of its height. */
const GAUSS_REACH = 3.8;

/** Terms of the interpolant of distant bins across a leaf. */
const FAR_ORDER = 14;

/**
 * Bins of a leaf and of its neighbours are summed at every node of the table; the others, whose share is smooth across
 * the leaf, at FAR_ORDER nodes. ~10 ms.
 */
export function targetTable(instrument: Instrument, target: Float64Array): TargetTable {
  const { eta } = instrument;
  const axis = axisCells(instrument, 0);
  const panels = Math.ceil(((axis.high - axis.low) * PER_WIDTH) / narrowest(instrument, axis)) + 1;
  const panelsPerDegree = panels / ((axis.high - axis.low) * 1.0001);
  const coefficients = new Float64Array(panels * TARGET_TERMS);
  const matrix = nodalToMonomial(TARGET_TERMS);
  const nodes = chebyshevNodes(TARGET_TERMS);
  const far = farPolynomials(instrument, target, axis);
  const values = new Float64Array(TARGET_TERMS);
  for (let p = 0; p < panels; p++) {
    // one leaf for the whole panel: its polynomial reaches a little beyond it
    const middle = axis.low + (p + 0.5) / panelsPerDegree;
    const leaf = Math.min(axis.leaves - 1, Math.floor((middle - axis.low) / axis.leafWidth));
    const [from, to] = nearBins(instrument, target.length, axis, leaf);
    const [a, b] = interval(axis, 0, leaf);
    for (const [i, node] of nodes.entries()) {
      const t = middle + (0.5 * node) / panelsPerDegree;
      const x = (2 * t - a - b) / (b - a);
      let value = 0;
      for (let m = FAR_ORDER - 1; m >= 0; m--) value = value * x + far[leaf * FAR_ORDER + m];
      const width = fwhm(instrument, t);
      values[i] =
        (1 - eta) * (value + lorentzSum(instrument, target, t, width, from, to)) +
        eta * gaussSum(instrument, target, t, width, from, to);
    }
    for (let m = 0; m < TARGET_TERMS; m++) {
      let sum = 0;
      for (let i = 0; i < TARGET_TERMS; i++) sum += matrix[m * TARGET_TERMS + i] * values[i];
      coefficients[p * TARGET_TERMS + m] = sum;
    }
  }
  return {
    norm: Math.sqrt(target.reduce((sum, x) => sum + x * x, 0)),
    height: target[peakBin(target)]!,
    low: axis.low,
    panelsPerDegree,
    coefficients,
  };
}

/** Lorentzian share of the distant bins on each leaf, [leaves * FAR_ORDER]. */
function farPolynomials(instrument: Instrument, target: Float64Array, axis: AxisCells): Float64Array {
  const out = new Float64Array(axis.leaves * FAR_ORDER);
  const matrix = nodalToMonomial(FAR_ORDER);
  const nodes = chebyshevNodes(FAR_ORDER);
  for (let leaf = 0; leaf < axis.leaves; leaf++) {
    const [from, to] = nearBins(instrument, target.length, axis, leaf);
    const [a, b] = interval(axis, 0, leaf);
    for (const [i, node] of nodes.entries()) {
      const t = 0.5 * (a + b) + 0.5 * (b - a) * node;
      const width = fwhm(instrument, t);
      const value =
        lorentzSum(instrument, target, t, width, 0, from) +
        lorentzSum(instrument, target, t, width, to, target.length);
      for (let m = 0; m < FAR_ORDER; m++) out[leaf * FAR_ORDER + m] += matrix[m * FAR_ORDER + i] * value;
    }
  }
  return out;
}

/** First bin of a leaf's neighbourhood, a leaf or four widths to either side, and the one after its last. */
function nearBins(instrument: Instrument, bins: number, axis: AxisCells, leaf: number): [number, number] {
  const [a, b] = interval(axis, 0, leaf);
  const margin = Math.max(b - a, 4 * fwhm(instrument, a), 4 * fwhm(instrument, b));
  const bin = (x: number): number =>
    Math.min(bins, Math.max(0, Math.round((x - instrument.twoThetaMin) / instrument.step)));
  return [bin(a - margin), bin(b + margin)];
}

/** Σ x_j L(x_j; t) over bins from … to − 1, L the Lorentzian of height 1. */
function lorentzSum(
  { twoThetaMin, step }: Instrument,
  target: Float64Array,
  t: number,
  width: number,
  from: number,
  to: number,
): number {
  const g2 = 0.25 * width * width;
  const origin = twoThetaMin - t;
  let sum = 0;
  let j = from;
  // one division serves two bins
  for (; j + 1 < to; j += 2) {
    const d = origin + j * step;
    const e = d + step;
    const p = g2 + d * d;
    const q = g2 + e * e;
    sum += (target[j] * q + target[j + 1] * p) / (p * q);
  }
  if (j < to) sum += target[j] / (g2 + (origin + j * step) ** 2);
  return g2 * sum;
}

/** Σ x_j exp(−a (x_j − t)²) outwards from the peak: each bin's factor is the last one's times a shrinking ratio. */
function gaussSum(
  { twoThetaMin, step }: Instrument,
  target: Float64Array,
  t: number,
  width: number,
  from: number,
  to: number,
): number {
  const a = FOUR_LN2 / (width * width);
  const reach = GAUSS_REACH * width;
  const first = Math.max(from, Math.ceil((t - reach - twoThetaMin) / step));
  const last = Math.min(to - 1, Math.floor((t + reach - twoThetaMin) / step));
  if (last < first) return 0;
  const centre = Math.min(last, Math.max(first, Math.round((t - twoThetaMin) / step)));
  const shrink = Math.exp(-2 * a * step * step);
  const d = twoThetaMin + centre * step - t;
  const top = Math.exp(-a * d * d);
  let sum = 0;
  let factor = top;
  let ratio = Math.exp(-a * step * (2 * d + step));
  for (let j = centre; j <= last; j++) {
    sum += target[j] * factor;
    factor *= ratio;
    ratio *= shrink;
  }
  ratio = Math.exp(-a * step * (step - 2 * d));
  factor = top * ratio;
  ratio *= shrink;
  for (let j = centre - 1; j >= first; j--) {
    sum += target[j] * factor;
    factor *= ratio;
    ratio *= shrink;
  }
  return sum;
}
