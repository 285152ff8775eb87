import { fwhm } from '../diffraction/caglioti.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import { type AxisCells, interval, ORDER } from './axisCells.ts';
import { chebyshevNodes, nodalToMonomial } from './chebyshev.ts';
import { overlap } from './overlapKernel.ts';

/**
 * Far field between cells of the two-theta axis. For peaks t in one cell and t' in another, with local coordinates
 * ξ, ξ' in −1 … 1, the overlap is replaced by its two-dimensional interpolant
 *   O(t, t') ≈ Σ_nm B_nm ξⁿ ξ'ᵐ,  B = C O(t_a, t'_b) Cᵀ  (t_a, t'_b Chebyshev nodes, C from values to monomials),
 * so that the potential Σ' I' O(t, t') of the peaks of the other cell is Σ_n ξⁿ (B μ)_n, μ_m = Σ' I' ξ'ᵐ their moments.
 * The widths go into O(t, t') through Caglioti's formula and need no expansion of their own.
 */
export interface FarBlocks {
  /** Directed pairs of cells; pair 2i + 1 is pair 2i the other way round. */
  readonly to: Int32Array;
  readonly from: Int32Array;
  /** [pairs * ORDER * ORDER], rows n, columns m. */
  readonly blocks: Float64Array;
}

/** All pairs with a cell between them that are not separated one level up already. */
export function farBlocks(instrument: Instrument, axis: AxisCells): FarBlocks {
  const to: number[] = [];
  const from: number[] = [];
  const blocks: Float64Array[] = [];
  const nodes = chebyshevNodes(ORDER);
  const matrix = nodalToMonomial(ORDER);
  const matrixT = transposed(matrix);
  axis.levels.forEach(({ cells, offset }, level) => {
    const top = level === axis.levels.length - 1;
    const positions = Array.from({ length: cells }, (_, c) => {
      const [a, b] = interval(axis, level, c);
      return nodes.map(x => 0.5 * (a + b) + 0.5 * (b - a) * x);
    });
    const widths = positions.map(t => t.map(at => fwhm(instrument, at)));
    for (let p = 2; p < cells; p++)
      for (let q = 0; q < p - 1; q++) {
        if (!top && (p >> 1) - (q >> 1) > 1) continue;
        const values = new Float64Array(ORDER * ORDER);
        for (let a = 0; a < ORDER; a++)
          for (let b = 0; b < ORDER; b++) {
            const d = positions[p]![a]! - positions[q]![b]!;
            values[a * ORDER + b] = overlap(
              d,
              widths[p]![a]!,
              widths[q]![b]!,
              instrument.eta,
              instrument.step,
            );
          }
        const block = product(product(matrix, values), matrixT);
        to.push(offset + p, offset + q);
        from.push(offset + q, offset + p);
        blocks.push(block, transposed(block));
      }
  });
  const flat = new Float64Array(blocks.length * ORDER * ORDER);
  for (const [i, block] of blocks.entries()) flat.set(block, i * ORDER * ORDER);
  return { to: Int32Array.from(to), from: Int32Array.from(from), blocks: flat };
}

function product(p: Float64Array, q: Float64Array): Float64Array {
  const out = new Float64Array(ORDER * ORDER);
  for (let i = 0; i < ORDER; i++)
    for (let k = 0; k < ORDER; k++)
      for (let j = 0; j < ORDER; j++) out[i * ORDER + j] += p[i * ORDER + k] * q[k * ORDER + j];
  return out;
}

const transposed = (p: Float64Array): Float64Array =>
  p.map((_, i) => p[(i % ORDER) * ORDER + Math.floor(i / ORDER)]!);
