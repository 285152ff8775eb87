import type { Site } from '../../crystal/structure.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { KernelMemory } from '../kernel/kernelMemory.ts';
import type { Peaks } from '../kernel/peakColumns.ts';
import { peakFinder } from '../kernel/peakFinder.ts';
import { type PatternSum, patternSum } from './patternSum.ts';
import type { PatternTree } from './patternTree.ts';

/** The pattern of a crystal at any cell, and the way back from it. */
export interface PatternModel {
  /**
   * The pattern at a cell and a place for ∂L/∂pattern, until the next call; null where the cell does not exist or shows
   * no reflection.
   */
  forward(cell: Float64Array): Pick<PatternSum, 'pattern' | 'residual'> | null;
  /** From r = ∂L/∂pattern in the `residual` last returned to ∂L/∂cell [6], per angstrom and per degree. */
  back(gradient: Float64Array): void;
}

/**
 * The forward model of diffraction/pattern.ts at a cost of bins plus reflections (patternSum.ts), with
 *   dL/du_k = A dI/du + I T dt/du,  A = Σ_i r_i pV_i,  T = Σ_i r_i dpV_i/dt,  u = sin²θ,
 * and on to the cell by peakFinder.ts. Null where WebAssembly cannot run or has no room.
 *
 * A pattern depends on nothing but the cell, to the last bit: reflections come in the order of their indices whatever
 * list they are found in.
 * @param treeOf the tree for so many peaks
 */
export function patternModel(
  sites: readonly Site[],
  instrument: Instrument,
  treeOf: (peaks: number) => PatternTree,
): PatternModel | null {
  const memory = KernelMemory.create();
  if (!memory) return null;
  const finder = peakFinder(memory, sites, instrument);
  const sums = new Map<PatternTree, PatternSum>();
  let peaks: Peaks | null = null;
  let sum: PatternSum | null = null;
  return {
    forward(cell) {
      peaks = finder.at(cell);
      if (!peaks) return null;
      const tree = treeOf(peaks.count);
      sum = sums.get(tree) ?? patternSum(memory, tree);
      sums.set(tree, sum);
      sum.forward(peaks);
      return sum;
    },
    back(gradient) {
      if (!peaks || !sum) throw new Error('there is no pattern to go back from');
      sum.back(peaks);
      finder.slopes(0, 1, gradient);
    },
  };
}
