import { binsToLeaves, leavesToBins, tailsBack, tailsForward } from './patternFar.ts';
import { nearBack, nearForward } from './patternNear.ts';
import type { DistinctPeaks } from './patternPeaks.ts';
import type { PatternTree } from './patternTree.ts';
import type { Arrays, SimdCode } from './simdModule.ts';

/** Patterns and their scratch; nothing is allocated again while `peaks` is large enough. */
export interface PatternArrays {
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

/** The costly steps of a pattern and of the way back, on the arrays of a room: see patternFar.ts and patternNear.ts. */
export interface PatternSteps {
  tailsForward(): void;
  leavesToBins(): void;
  nearForward(): void;
  binsToLeaves(): void;
  tailsBack(): void;
  nearBack(): void;
}

export function plainSteps(arrays: PatternArrays): PatternSteps {
  const { distinct, moments, residualMoments, potential, byIntensity, byPosition } = arrays;
  const { paddedPattern, paddedResidual } = arrays;
  const { axis, far, eta } = arrays.tree;
  return {
    tailsForward: () => tailsForward(far, moments, potential),
    leavesToBins: () => leavesToBins(axis, potential, paddedPattern),
    nearForward: () => nearForward(axis, distinct.order, eta, paddedPattern),
    binsToLeaves: () => binsToLeaves(axis, paddedResidual, residualMoments),
    tailsBack: () => tailsBack(far, moments, residualMoments, potential),
    nearBack: () => nearBack(axis, distinct.order, eta, paddedResidual, byIntensity, byPosition),
  };
}

/** In WebAssembly with two lanes; the arrays lie in its memory, as do those made here. */
export function simdSteps(code: SimdCode, { f64, i32 }: Arrays, arrays: PatternArrays): PatternSteps {
  const { axis, far, eta } = arrays.tree;
  const { used, binsPerLeaf, room, first, step } = axis;
  const count = far.to.length;
  const pairs = i32(2 * count);
  const blocks = f64(far.blocks.length);
  // the first of two calls gives arrays without room
  if (blocks.length) {
    blocks.set(far.blocks);
    for (let i = 0; i < count; i++) pairs.set([far.to[i]!, far.from[i]!], 2 * i);
  }
  const at = ({ byteOffset }: { readonly byteOffset: number }): number => byteOffset;
  const { order } = arrays.distinct;
  const half = binsPerLeaf / 2;
  const [moments, residualMoments, potential] = [
    at(arrays.moments),
    at(arrays.residualMoments),
    at(arrays.potential),
  ];
  const [pattern, residual] = [at(arrays.paddedPattern), at(arrays.paddedResidual)];
  const [byIntensity, byPosition] = [at(arrays.byIntensity), at(arrays.byPosition)];
  const [start, position, width] = [at(order.start), at(order.position), at(order.width)];
  const [intensity, widthSlope] = [at(order.intensity), at(order.widthSlope)];
  const [pairsAt, blocksAt] = [at(pairs), at(blocks)];
  return {
    tailsForward: () => code.tailsForward(count, pairsAt, blocksAt, moments, potential),
    leavesToBins: () => code.leavesToBins(used, half, potential, pattern),
    nearForward: () =>
      code.profilesForward(
        ...[used, binsPerLeaf, room, first, step, eta],
        ...[start, position, width, intensity, pattern],
      ),
    binsToLeaves: () => code.binsToLeaves(used, half, residual, residualMoments),
    tailsBack: () => code.tailsBack(count, pairsAt, blocksAt, moments, residualMoments, potential),
    nearBack: () =>
      code.profilesBack(
        ...[used, binsPerLeaf, room, first, step, eta],
        ...[start, position, width, widthSlope, residual, byIntensity, byPosition],
      ),
  };
}
