import type { KernelMemory } from '../kernel/kernelMemory.ts';
import { type AxisCells, interval } from './axisCells.ts';
import { chebyshevNodes, nodalToMonomial } from './chebyshev.ts';

/**
 * Far field between cells of the two-theta axis. For x in one cell and t in another, with local coordinates ξ, ξ' in
 * −1 … 1, a kernel is replaced by its two-dimensional interpolant
 *   K(x, t) ≈ Σ_nm B_nm ξⁿ ξ'ᵐ,  B = C K(x_a, t_b) Cᵀ  (x_a, t_b Chebyshev nodes, C from values to monomials),
 * so that the potential Σ I K(x, t) of the peaks of the other cell is Σ_n ξⁿ (B μ)_n, μ_m = Σ I ξ'ᵐ their moments.
 * Widths go into K through Caglioti's formula at the nodes and need no expansion of their own.
 */
export interface FarBlocks {
  readonly to: Int32Array;
  readonly from: Int32Array;
  /** [pairs * terms * terms], rows n, columns m. */
  readonly blocks: Float64Array;
}

/** Two cells of a level, p the one of x and q that of t. */
export type CellPair = readonly [level: number, p: number, q: number];

/**
 * All directed pairs of cells with one between them that are not separated one level up already.
 * @param wanted whether a pair is of use
 */
export function distantPairs(
  { levels }: AxisCells,
  wanted: (level: number, p: number, q: number) => boolean,
): CellPair[] {
  const top = levels.length - 1;
  return levels.flatMap(({ cells }, level) => {
    const pairs: CellPair[] = [];
    for (let p = 0; p < cells; p++) {
      const near = 2 * ((p >> 1) - 1);
      const [first, end] = level === top ? [0, cells] : [Math.max(0, near), Math.min(cells, near + 6)];
      for (let q = first; q < end; q++)
        if (Math.abs(p - q) > 1 && wanted(level, p, q)) pairs.push([level, p, q]);
    }
    return pairs;
  });
}

/**
 * @param widthAt width of a peak, degrees
 * @param kernel of x, t and the widths at both
 */
export function farBlocks(
  axis: AxisCells,
  terms: number,
  pairs: readonly CellPair[],
  widthAt: (t: number) => number,
  kernel: (x: number, t: number, widthX: number, widthT: number) => number,
): FarBlocks {
  const nodes = chebyshevNodes(terms);
  const matrix = nodalToMonomial(terms);
  const offsetOf = (level: number): number => axis.levels[level]!.offset;
  const positions = new Float64Array(axis.total * terms);
  axis.levels.forEach(({ cells, offset }, level) => {
    for (let c = 0; c < cells; c++) {
      const [a, b] = interval(axis, level, c);
      for (let i = 0; i < terms; i++)
        positions[(offset + c) * terms + i] = 0.5 * (a + b) + 0.5 * (b - a) * nodes[i];
    }
  });
  const widths = positions.map(widthAt);
  const to = Int32Array.from(pairs, ([level, p]) => offsetOf(level) + p);
  const from = Int32Array.from(pairs, ([level, , q]) => offsetOf(level) + q);
  const blocks = new Float64Array(pairs.length * terms * terms);
  const values = new Float64Array(terms * terms);
  for (let i = 0; i < pairs.length; i++) {
    const [x, t] = [to[i] * terms, from[i] * terms];
    for (let a = 0; a < terms; a++)
      for (let b = 0; b < terms; b++)
        values[a * terms + b] = kernel(positions[x + a], positions[t + b], widths[x + a], widths[t + b]);
    interpolate(matrix, values, terms, blocks.subarray(i * terms * terms, (i + 1) * terms * terms));
  }
  return { to, from, blocks };
}

/** B = C K Cᵀ. */
function interpolate(matrix: Float64Array, values: Float64Array, terms: number, out: Float64Array): void {
  const half = new Float64Array(terms * terms);
  for (let i = 0; i < terms; i++)
    for (let a = 0; a < terms; a++) {
      const c = matrix[i * terms + a];
      for (let b = 0; b < terms; b++) half[i * terms + b] += c * values[a * terms + b];
    }
  for (let i = 0; i < terms; i++)
    for (let j = 0; j < terms; j++) {
      let sum = 0;
      for (let b = 0; b < terms; b++) sum += half[i * terms + b] * matrix[j * terms + b];
      out[i * terms + j] = sum;
    }
}

/** Byte addresses of blocks in a memory of the kernel. */
export interface PlacedBlocks {
  readonly count: number;
  readonly pairs: number;
  readonly blocks: number;
}

export function placeBlocks(memory: KernelMemory, { to, from, blocks }: FarBlocks): PlacedBlocks {
  const pairs = Int32Array.from({ length: 2 * to.length }, (_, i) => (i & 1 ? from : to)[i >> 1]!);
  return { count: to.length, pairs: memory.putInts(pairs), blocks: memory.put(blocks) };
}
