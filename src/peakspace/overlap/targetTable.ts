import { fwhm } from '../../diffraction/caglioti.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { FOUR_LN2 } from '../../diffraction/pseudoVoigt.ts';
import { peakBin } from '../../losses/mse.ts';
import { axisCells, interval } from '../tree/axisCells.ts';
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

/**
 * Terms of the interpolant of G across a leaf of at most LEAF least widths, and of the Lorentzians of bins that are at
 * least a cell away from a cell: both err by 1e-9 at most.
 */
const LEAF_TERMS = 16;
const LEAF = 0.6;

/** From the values on a leaf to its monomials, and to those of each of its panels. */
function panelMatrices(panels: number): { readonly leaf: Float64Array; readonly panel: Float64Array[] } {
  const leaf = nodalToMonomial(LEAF_TERMS);
  const short = nodalToMonomial(TARGET_TERMS);
  const nodes = chebyshevNodes(TARGET_TERMS);
  const panel = Array.from({ length: panels }, (_, k) => {
    const out = new Float64Array(TARGET_TERMS * LEAF_TERMS);
    for (const [i, node] of nodes.entries()) {
      const x = (2 * k + 1 + node) / panels - 1;
      for (let a = 0; a < LEAF_TERMS; a++) {
        const value = polynomial(leaf, a, LEAF_TERMS, x);
        for (let m = 0; m < TARGET_TERMS; m++) out[m * LEAF_TERMS + a] += short[m * TARGET_TERMS + i] * value;
      }
    }
    return out;
  });
  return { leaf, panel };
}

/** Σ_m c_m xᵐ of LEAF_TERMS coefficients at `first` and every `stride` on. */
function polynomial(coefficients: Float64Array, first: number, stride: number, x: number): number {
  let value = 0;
  for (let m = LEAF_TERMS - 1; m >= 0; m--) value = value * x + coefficients[first + m * stride];
  return value;
}

/** out = M v, of `rows` rows. */
function times(
  matrix: Float64Array,
  values: Float64Array,
  rows: number,
  out: Float64Array,
  at: number,
): void {
  const columns = values.length;
  for (let m = 0; m < rows; m++) {
    let sum = 0;
    for (let a = 0; a < columns; a++) sum += matrix[m * columns + a] * values[a];
    out[at + m] = sum;
  }
}

/**
 * From the coarsest cells to leaves of at most LEAF least widths: the Lorentzians of bins that the cell above had beside
 * it are added to its polynomial, which is smooth in it, where they are a cell away. The rest is summed on the leaves. ~7 ms.
 */
export function targetTable(instrument: Instrument, target: Float64Array): TargetTable {
  const { eta, twoThetaMin, step } = instrument;
  const coarse = axisCells(instrument, 0);
  const least = narrowest(instrument, coarse);
  const axis = axisCells(instrument, Math.max(0, Math.ceil(Math.log2(coarse.leafWidth / (LEAF * least)))));
  const perLeaf = Math.ceil((axis.leafWidth * PER_WIDTH) / least);
  const { leaf: toMonomials, panel: toPanels } = panelMatrices(perLeaf);
  const nodes = chebyshevNodes(LEAF_TERMS);
  const values = new Float64Array(LEAF_TERMS);
  const bin = (x: number): number =>
    Math.min(target.length, Math.max(0, Math.round((x - twoThetaMin) / step)));
  /** First bin beside a cell or in it and the one after the last. */
  const beside = (level: number, c: number): [number, number] => {
    const [a, b] = interval(axis, level, c);
    return [bin(a - (b - a)), bin(b + (b - a))];
  };
  const lorentz = (t: number, width: number, from: number, to: number): number =>
    lorentzSum(instrument, target, t, width, from, to);
  const coefficients = new Float64Array(axis.leaves * perLeaf * TARGET_TERMS);
  let above = new Float64Array(0);
  for (let level = axis.levels.length - 1; level >= 0; level--) {
    const { cells } = axis.levels[level]!;
    const root = level === axis.levels.length - 1;
    const here = new Float64Array(cells * LEAF_TERMS);
    for (let c = 0; c < cells; c++) {
      const [a, b] = interval(axis, level, c);
      const [first, end] = root ? [0, target.length] : beside(level + 1, c >> 1);
      const [from, to] = beside(level, c);
      for (let i = 0; i < LEAF_TERMS; i++) {
        const node = nodes[i];
        const t = 0.5 * (a + b) + 0.5 * (b - a) * node;
        const width = fwhm(instrument, t);
        let value = root ? 0 : polynomial(above, (c >> 1) * LEAF_TERMS, 1, 0.5 * (node + (c & 1 ? 1 : -1)));
        value += lorentz(t, width, first, from) + lorentz(t, width, to, end);
        values[i] =
          level > 0
            ? value
            : (1 - eta) * (value + lorentz(t, width, from, to)) +
              eta * gaussSum(instrument, target, t, width);
      }
      if (level > 0) times(toMonomials, values, LEAF_TERMS, here, c * LEAF_TERMS);
      else
        for (let k = 0; k < perLeaf; k++)
          times(toPanels[k]!, values, TARGET_TERMS, coefficients, (c * perLeaf + k) * TARGET_TERMS);
    }
    above = here;
  }
  return {
    norm: Math.sqrt(target.reduce((sum, x) => sum + x * x, 0)),
    height: target[peakBin(target)]!,
    low: axis.low,
    // the end of the axis still is in the last one
    panelsPerDegree: (perLeaf / axis.leafWidth) * (1 - 1e-12),
    coefficients,
  };
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
function gaussSum({ twoThetaMin, step }: Instrument, target: Float64Array, t: number, width: number): number {
  const a = FOUR_LN2 / (width * width);
  const reach = GAUSS_REACH * width;
  const first = Math.max(0, Math.ceil((t - reach - twoThetaMin) / step));
  const last = Math.min(target.length - 1, Math.floor((t + reach - twoThetaMin) / step));
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
