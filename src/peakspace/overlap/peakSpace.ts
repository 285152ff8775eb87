import type { Site } from '../../crystal/structure.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { KernelMemory } from '../kernel/kernelMemory.ts';
import type { Peaks } from '../kernel/peakColumns.ts';
import { type PeakFinder, peakFinder } from '../kernel/peakFinder.ts';
import { type OverlapSum, overlapSum } from './overlapSum.ts';
import type { ProfileTree } from './profileTree.ts';
import type { TargetTable } from './targetTable.ts';

/** Tables of losses without patterns, for one crystal, instrument and target. */
export interface PeakSpace extends PeakFinder {
  readonly overlapOf: (tree: ProfileTree) => OverlapSum;
  /** x · x̂ of the peaks at a cell, and its derivative in u of each for `slopes`. */
  dot(peaks: Peaks): number;
}

/** Null where WebAssembly cannot run or has no room. */
export function peakSpace(
  sites: readonly Site[],
  instrument: Instrument,
  target: TargetTable,
): PeakSpace | null {
  const memory = KernelMemory.create();
  if (!memory) return null;
  const targetAt = memory.put(target.coefficients);
  const sums = new Map<ProfileTree, OverlapSum>();
  return {
    ...peakFinder(memory, sites, instrument),
    overlapOf(tree) {
      const found = sums.get(tree) ?? overlapSum(memory, tree, instrument.eta);
      sums.set(tree, found);
      return found;
    },
    dot: ({ columns: c, count }) =>
      memory.code.productWithTarget(
        count,
        targetAt,
        target.low,
        target.panelsPerDegree,
        c.position,
        c.intensity,
        c.positionByU,
        c.intensityByU,
        c.dotByU,
      ),
  };
}
