import { fwhm } from '../diffraction/caglioti.ts';
import { type Instrument, reflectionWindow } from '../diffraction/instrument.ts';
import { pseudoVoigt } from '../diffraction/pseudoVoigt.ts';
import { interval } from './axisCells.ts';
import { chebyshevNodes, nodalToMonomial } from './chebyshev.ts';
import { PATTERN_ORDER as ORDER, type PatternAxis } from './patternAxis.ts';

/**
 * Tails from cell to cell of the two-theta axis. For bins x in one cell and peaks t in another, with local coordinates
 * ξ, ξ' in −1 … 1, the profile is replaced by its two-dimensional interpolant
 *   pV(x; t) ≈ Σ_nm B_nm ξⁿ ξ'ᵐ,  B = C pV(x_a; t_b) Cᵀ  (x_a, t_b Chebyshev nodes, C from values to monomials),
 * so that the intensity of the peaks of the other cell is Σ_n ξⁿ (B μ)_n, μ_m = Σ I ξ'ᵐ their moments. The width goes in
 * through Caglioti's formula at t_b.
 */
export interface PatternBlocks {
  /** Cells with bins, and cells with peaks that they see. */
  readonly to: Int32Array;
  readonly from: Int32Array;
  /** [pairs * ORDER * ORDER], rows n, columns m. */
  readonly blocks: Float64Array;
}

/** All directed pairs with a cell between them that are not separated one level up already. */
export function patternBlocks(instrument: Instrument, axis: PatternAxis): PatternBlocks {
  const { lower, upper } = reflectionWindow(instrument);
  const firstBin = axis.first + axis.pad * axis.step;
  const lastBin = firstBin + (axis.bins - 1) * axis.step;
  const nodes = chebyshevNodes(ORDER);
  const matrix = nodalToMonomial(ORDER);
  const pairs: { to: number; from: number; level: number; p: number; q: number }[] = [];
  axis.levels.forEach(({ cells, offset }, level) => {
    const top = level === axis.levels.length - 1;
    const reaches = (c: number, low: number, high: number): boolean => {
      const [a, b] = interval(axis, level, c);
      return b >= low && a <= high;
    };
    for (let p = 0; p < cells; p++) {
      if (!reaches(p, firstBin, lastBin)) continue;
      const near = 2 * ((p >> 1) - 1);
      for (let q = top ? 0 : Math.max(0, near); q < (top ? cells : Math.min(cells, near + 6)); q++)
        if (Math.abs(p - q) > 1 && reaches(q, lower, upper))
          pairs.push({ to: offset + p, from: offset + q, level, p, q });
    }
  });
  const blocks = new Float64Array(pairs.length * ORDER * ORDER);
  const half = new Float64Array(ORDER * ORDER);
  const values = new Float64Array(ORDER * ORDER);
  for (const [i, { level, p, q }] of pairs.entries()) {
    const at = (c: number, a: number): number => {
      const [low, high] = interval(axis, level, c);
      return 0.5 * (low + high) + 0.5 * (high - low) * nodes[a];
    };
    for (let b = 0; b < ORDER; b++) {
      const t = at(q, b);
      const width = fwhm(instrument, t);
      for (let a = 0; a < ORDER; a++)
        values[a * ORDER + b] = pseudoVoigt(at(p, a) - t, width, instrument.eta).value;
    }
    timesColumns(matrix, values, half);
    timesRows(half, matrix, blocks.subarray(i * ORDER * ORDER, (i + 1) * ORDER * ORDER));
  }
  return {
    to: Int32Array.from(pairs, pair => pair.to),
    from: Int32Array.from(pairs, pair => pair.from),
    blocks,
  };
}

/** out = p q */
function timesColumns(p: Float64Array, q: Float64Array, out: Float64Array): void {
  for (let i = 0; i < ORDER; i++)
    for (let j = 0; j < ORDER; j++) {
      let sum = 0;
      for (let k = 0; k < ORDER; k++) sum += p[i * ORDER + k] * q[k * ORDER + j];
      out[i * ORDER + j] = sum;
    }
}

/** out = p qᵀ */
function timesRows(p: Float64Array, q: Float64Array, out: Float64Array): void {
  for (let i = 0; i < ORDER; i++)
    for (let j = 0; j < ORDER; j++) {
      let sum = 0;
      for (let k = 0; k < ORDER; k++) sum += p[i * ORDER + k] * q[j * ORDER + k];
      out[i * ORDER + j] = sum;
    }
}
