import { type Instrument, reflectionWindow } from '../../diffraction/instrument.ts';

/**
 * Cells of equal width on the two-theta axis in a binary hierarchy: level 0 holds the leaves, each level above has half
 * as many cells of twice the width. Cells of all levels are numbered through, leaves first. Degrees.
 */
export interface AxisCells {
  readonly low: number;
  readonly high: number;
  readonly leaves: number;
  readonly leafWidth: number;
  readonly levels: readonly { readonly cells: number; readonly offset: number; readonly width: number }[];
  /** Cells of all levels together. */
  readonly total: number;
}

/**
 * Moments of a cell: with ten the loss errs by 1e-9, the gradient by 1e-7 of its largest component. The inner loops are
 * written out for ten and repeat it as a local literal, which the compiler folds where it would look up an import (up to
 * twice the speed); the literal's type keeps the two the same.
 */
export const ORDER = 10;

/** The coarsest level: its cells all see each other directly. */
const ROOTS = 8;
/** Widest leaf, degrees: below it pairs of peaks cost less one by one than through moments. */
const LEAF = 1.6;

/** @param refine halvings of the leaves: dense patterns have fewer near pairs in narrower ones */
export function axisCells(instrument: Instrument, refine: number): AxisCells {
  const { lower: low, upper: high } = reflectionWindow(instrument);
  const leaves = 2 ** (Math.max(0, Math.ceil(Math.log2((high - low) / LEAF))) + refine);
  const levels: { cells: number; offset: number; width: number }[] = [];
  let total = 0;
  for (let cells = leaves; cells >= Math.min(leaves, ROOTS); cells /= 2) {
    levels.push({ cells, offset: total, width: (high - low) / cells });
    total += cells;
  }
  return { low, high, leaves, leafWidth: (high - low) / leaves, levels, total };
}

/** Start and end of cell c of a level. */
export function interval(axis: AxisCells, level: number, c: number): readonly [number, number] {
  const { width } = axis.levels[level]!;
  return [axis.low + c * width, axis.low + (c + 1) * width];
}
