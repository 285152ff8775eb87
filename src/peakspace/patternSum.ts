import { PATTERN_ORDER } from './patternAxis.ts';
import { binsToLeaves, leavesToBins, tailsBack, tailsForward } from './patternFar.ts';
import { leavesToPeaks, peaksToLeaves } from './patternLeaves.ts';
import { nearBack, nearForward } from './patternNear.ts';
import { type DistinctPeaks, distinctPeaks, sortDistinct } from './patternPeaks.ts';
import { momentsUp, polynomialsDown } from './patternShifts.ts';
import type { PatternTree } from './patternTree.ts';
import type { Peaks } from './peakStage.ts';

/** Patterns and their scratch, one for each objective; nothing is allocated again while `peaks` is large enough. */
export interface PatternRoom {
  readonly tree: PatternTree;
  readonly peaks: number;
  readonly distinct: DistinctPeaks;
  /** Intensity on the instrument's grid [binCount], and a place for ∂L/∂intensity; views of their padded arrays. */
  readonly pattern: Float64Array;
  readonly residual: Float64Array;
  readonly paddedPattern: Float64Array;
  readonly paddedResidual: Float64Array;
  /** [cells of all levels * PATTERN_ORDER] */
  readonly moments: Float64Array;
  readonly residualMoments: Float64Array;
  readonly potential: Float64Array;
  /** A_k = Σ_i r_i pV_i and T_k = Σ_i r_i dpV_i/dt_k of the distinct peaks. */
  readonly byIntensity: Float64Array;
  readonly byPosition: Float64Array;
}

export function patternRoom(tree: PatternTree, peaks: number): PatternRoom {
  const { axis } = tree;
  const expansion = (): Float64Array => new Float64Array(axis.total * PATTERN_ORDER);
  const paddedPattern = new Float64Array(axis.room);
  const paddedResidual = new Float64Array(axis.room);
  return {
    tree,
    peaks,
    distinct: distinctPeaks(axis.leaves, peaks),
    pattern: paddedPattern.subarray(axis.pad, axis.pad + axis.bins),
    residual: paddedResidual.subarray(axis.pad, axis.pad + axis.bins),
    paddedPattern,
    paddedResidual,
    moments: expansion(),
    residualMoments: expansion(),
    potential: expansion(),
    byIntensity: new Float64Array(peaks),
    byPosition: new Float64Array(peaks),
  };
}

/**
 * The pattern of the peaks, into `pattern`: profiles bin by bin near each peak, tails through moments and local
 * polynomials on a hierarchy of cells (Greengard & Rokhlin, J. Comput. Phys. 73, 325, 1987). The cost is that of the
 * bins plus that of the reflections, not their product.
 */
export function sumPattern(room: PatternRoom, peaks: Peaks): void {
  const { distinct, moments, potential, paddedPattern } = room;
  const { axis, far, eta } = room.tree;
  sortDistinct(axis, peaks, distinct);
  peaksToLeaves(axis, distinct.order, moments);
  momentsUp(axis, moments);
  potential.fill(0);
  tailsForward(far, moments, potential);
  polynomialsDown(axis, null, potential);
  leavesToBins(axis, potential, paddedPattern);
  nearForward(axis, distinct.order, eta, paddedPattern);
}

/** The transpose of `sumPattern` at the peaks it was last called with: from `residual` to byIntensity and byPosition. */
export function sumBack(room: PatternRoom): void {
  const { distinct, moments, residualMoments, potential, paddedResidual, byIntensity, byPosition } = room;
  const { axis, far, eta } = room.tree;
  binsToLeaves(axis, paddedResidual, residualMoments);
  momentsUp(axis, residualMoments);
  potential.fill(0);
  tailsBack(far, moments, residualMoments, potential);
  polynomialsDown(axis, moments, potential);
  nearBack(axis, distinct.order, eta, paddedResidual, byIntensity, byPosition);
  leavesToPeaks(axis, distinct.order, potential, byIntensity, byPosition);
}
