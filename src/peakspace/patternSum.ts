import { PATTERN_ORDER } from './patternAxis.ts';
import { leavesToPeaks, peaksToLeaves } from './patternLeaves.ts';
import { distinctPeaks, sortDistinct } from './patternPeaks.ts';
import { type PatternArrays, type PatternSteps, plainSteps, simdSteps } from './patternSteps.ts';
import type { PatternTree } from './patternTree.ts';
import type { Peaks } from './peakStage.ts';
import { type Arrays, HEAP, SimdMemory } from './simdModule.ts';

/** One for each objective. */
export interface PatternRoom extends PatternArrays {
  readonly steps: PatternSteps;
}

/** @param wasm false: without WebAssembly even where it could run */
export function patternRoom(tree: PatternTree, peaks: number, wasm = true): PatternRoom {
  const memory = wasm ? SimdMemory.create() : null;
  if (memory)
    try {
      return memory.build(from => {
        const arrays = arraysFor(tree, peaks, from);
        return { ...arrays, steps: simdSteps(memory.code, from, arrays) };
      });
    } catch {
      // no room: the heap will do
    }
  const arrays = arraysFor(tree, peaks, HEAP);
  return { ...arrays, steps: plainSteps(arrays) };
}

function arraysFor(tree: PatternTree, peaks: number, from: Arrays): PatternArrays {
  const { axis } = tree;
  const expansion = (): Float64Array => from.f64(axis.total * PATTERN_ORDER);
  const paddedPattern = from.f64(axis.room);
  const paddedResidual = from.f64(axis.room);
  return {
    tree,
    peaks,
    distinct: distinctPeaks(axis.leaves, peaks, from),
    pattern: paddedPattern.subarray(axis.pad, axis.pad + axis.bins),
    residual: paddedResidual.subarray(axis.pad, axis.pad + axis.bins),
    paddedPattern,
    paddedResidual,
    moments: expansion(),
    residualMoments: expansion(),
    potential: expansion(),
    byIntensity: from.f64(peaks),
    byPosition: from.f64(peaks),
  };
}

/**
 * The pattern of the peaks, into `pattern`: profiles bin by bin near each peak, tails through moments and local
 * polynomials on a hierarchy of cells (Greengard & Rokhlin, J. Comput. Phys. 73, 325, 1987). The cost is that of the
 * bins plus that of the reflections, not their product.
 */
export function sumPattern(room: PatternRoom, peaks: Peaks): void {
  const { distinct, moments, potential, steps } = room;
  const { axis } = room.tree;
  sortDistinct(axis, peaks, distinct);
  peaksToLeaves(axis, distinct.order, moments);
  steps.momentsUp();
  potential.fill(0);
  steps.tailsForward();
  steps.polynomialsDown();
  steps.leavesToBins();
  steps.nearForward();
}

/** The transpose of `sumPattern` at the peaks it was last called with: from `residual` to byIntensity and byPosition. */
export function sumBack(room: PatternRoom): void {
  const { distinct, potential, byIntensity, byPosition, steps } = room;
  const { axis } = room.tree;
  steps.binsToLeaves();
  steps.residualMomentsUp();
  potential.fill(0);
  steps.tailsBack();
  steps.polynomialsDownToPeaks();
  steps.nearBack();
  leavesToPeaks(axis, distinct.order, potential, byIntensity, byPosition);
}
