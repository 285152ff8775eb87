import { fwhm } from '../../diffraction/caglioti.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { peakBin } from '../../losses/mse.ts';
import { KernelMemory } from '../kernel/kernelMemory.ts';
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

/**
 * Terms of the interpolant of G across a leaf of at most LEAF least widths, and of the Lorentzians of bins that are at
 * least a cell away from a cell: both err by 1e-9 at most. The kernel repeats their number.
 */
const LEAF_TERMS = 16;
const LEAF = 0.6;

/** From values at the nodes of a cell, those at some places in it −1 … 1: a matrix of a row a place. */
function interpolation(places: readonly number[]): Float64Array {
  const toMonomials = nodalToMonomial(LEAF_TERMS);
  return Float64Array.from({ length: places.length * LEAF_TERMS }, (_, at) => {
    const x = places[Math.floor(at / LEAF_TERMS)]!;
    let value = 0;
    for (let m = LEAF_TERMS - 1; m >= 0; m--)
      value = value * x + toMonomials[m * LEAF_TERMS + (at % LEAF_TERMS)];
    return value;
  });
}

/** From the values on a leaf to the monomials of each of its panels. */
function panelMatrix(panels: number): Float64Array {
  const out = new Float64Array(panels * TARGET_TERMS * LEAF_TERMS);
  const short = nodalToMonomial(TARGET_TERMS);
  for (let k = 0; k < panels; k++) {
    const nodal = interpolation(Array.from(chebyshevNodes(TARGET_TERMS), x => (2 * k + 1 + x) / panels - 1));
    for (let m = 0; m < TARGET_TERMS; m++)
      for (let i = 0; i < TARGET_TERMS; i++)
        for (let a = 0; a < LEAF_TERMS; a++)
          out[(k * TARGET_TERMS + m) * LEAF_TERMS + a] +=
            short[m * TARGET_TERMS + i] * nodal[i * LEAF_TERMS + a];
  }
  return out;
}

/** From the nodes of a cell to those of its two halves. */
const HALVES = interpolation(
  [-1, 1].flatMap(side => Array.from(chebyshevNodes(LEAF_TERMS), x => 0.5 * (x + side))),
);

/** The tables' own memory, used again by the next: a slider asks for one table after the other. */
let memory: KernelMemory | null = null;

/**
 * From the coarsest cells to leaves of at most LEAF least widths: the Lorentzians of bins that the cell above had beside
 * it are added to its polynomial, which is smooth in it, where they are a cell away. The rest is summed on the leaves.
 * Null where WebAssembly cannot run.
 */
export function targetTable(instrument: Instrument, target: Float64Array): TargetTable | null {
  memory ??= KernelMemory.create();
  if (!memory) return null;
  memory.clear();
  const { code } = memory;
  const { eta, twoThetaMin, step } = instrument;
  const bins = target.length;
  const coarse = axisCells(instrument, 0);
  const least = narrowest(instrument, coarse);
  const axis = axisCells(instrument, Math.max(0, Math.ceil(Math.log2(coarse.leafWidth / (LEAF * least)))));
  const perLeaf = Math.ceil((axis.leafWidth * PER_WIDTH) / least);
  const nodes = chebyshevNodes(LEAF_TERMS);
  const bin = (x: number): number => Math.min(bins, Math.max(0, Math.round((x - twoThetaMin) / step)));
  const ranges = new Int32Array(4 * axis.total);
  const places = new Float64Array(LEAF_TERMS * axis.total);
  const root = axis.levels.length - 1;
  for (const [level, { cells, offset, width }] of axis.levels.entries())
    for (let c = 0; c < cells; c++) {
      const [a, b] = interval(axis, level, c);
      const [over, end] = interval(axis, Math.min(root, level + 1), c >> 1);
      const far = level === root ? [0, bins] : [bin(2 * over - end), bin(2 * end - over)];
      ranges.set([far[0]!, bin(2 * a - b), bin(2 * b - a), far[1]!], 4 * (offset + c));
      for (let i = 0; i < LEAF_TERMS; i++)
        places[(offset + c) * LEAF_TERMS + i] = 0.5 * (a + b) + 0.5 * width * nodes[i];
    }
  const at = {
    target: memory.put(target),
    ranges: memory.putInts(ranges),
    places: memory.put(places),
    widths: memory.put(places.map(t => fwhm(instrument, t))),
    halves: memory.put(HALVES),
    matrix: memory.put(panelMatrix(perLeaf)),
    values: memory.column(places.length),
    out: memory.column(axis.leaves * perLeaf * TARGET_TERMS),
  };
  const ofNodes = (level: number): number => 8 * LEAF_TERMS * axis.levels[level]!.offset;
  for (let level = root; level >= 0; level--)
    code.targetBeside(
      axis.levels[level]!.cells,
      at.target,
      twoThetaMin,
      step,
      at.ranges + 16 * axis.levels[level]!.offset,
      at.places + ofNodes(level),
      at.widths + ofNodes(level),
      level === root ? 0 : at.values + ofNodes(level + 1),
      at.halves,
      at.values + ofNodes(level),
    );
  const { leaves } = axis;
  code.targetNear(
    leaves,
    at.target,
    bins,
    twoThetaMin,
    step,
    eta,
    at.ranges,
    at.places,
    at.widths,
    at.values,
  );
  code.targetPanels(leaves, perLeaf * TARGET_TERMS, at.matrix, at.values, at.out);
  return {
    norm: Math.sqrt(target.reduce((sum, x) => sum + x * x, 0)),
    height: target[peakBin(target)]!,
    low: axis.low,
    // the end of the axis still is in the last one
    panelsPerDegree: (perLeaf / axis.leafWidth) * (1 - 1e-12),
    coefficients: memory.f64(at.out, leaves * perLeaf * TARGET_TERMS).slice(),
  };
}
