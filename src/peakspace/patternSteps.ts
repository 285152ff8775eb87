import { PATTERN_ORDER as N } from './patternAxis.ts';
import { binsToLeaves, leavesToBins, tailsBack, tailsForward } from './patternFar.ts';
import { nearBack, nearForward } from './patternNear.ts';
import type { DistinctPeaks } from './patternPeaks.ts';
import { momentsUp, polynomialsDown, SHIFT } from './patternShifts.ts';
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

/**
 * The costly steps of a pattern and of the way back, on the arrays of a room: see patternShifts.ts, patternFar.ts and
 * patternNear.ts.
 */
export interface PatternSteps {
  momentsUp(): void;
  tailsForward(): void;
  polynomialsDown(): void;
  leavesToBins(): void;
  nearForward(): void;
  binsToLeaves(): void;
  residualMomentsUp(): void;
  tailsBack(): void;
  /** Only where there are peaks. */
  polynomialsDownToPeaks(): void;
  nearBack(): void;
}

export function plainSteps(arrays: PatternArrays): PatternSteps {
  const { distinct, moments, residualMoments, potential, byIntensity, byPosition } = arrays;
  const { paddedPattern, paddedResidual } = arrays;
  const { axis, far, eta } = arrays.tree;
  return {
    momentsUp: () => momentsUp(axis, moments),
    tailsForward: () => tailsForward(far, moments, potential),
    polynomialsDown: () => polynomialsDown(axis, null, potential),
    leavesToBins: () => leavesToBins(axis, potential, paddedPattern),
    nearForward: () => nearForward(axis, distinct.order, eta, paddedPattern),
    binsToLeaves: () => binsToLeaves(axis, paddedResidual, residualMoments),
    residualMomentsUp: () => momentsUp(axis, residualMoments),
    tailsBack: () => tailsBack(far, moments, residualMoments, potential),
    polynomialsDownToPeaks: () => polynomialsDown(axis, moments, potential),
    nearBack: () => nearBack(axis, distinct.order, eta, paddedResidual, byIntensity, byPosition),
  };
}

/** In WebAssembly with two lanes; the arrays lie in its memory, as do those made here. */
export function simdSteps(code: SimdCode, { f64, i32 }: Arrays, arrays: PatternArrays): PatternSteps {
  const { axis, far, eta } = arrays.tree;
  const { levels, used, binsPerLeaf, room, first, step } = axis;
  const count = far.to.length;
  const pairs = i32(2 * count);
  const blocks = f64(far.blocks.length);
  const rows = f64(SHIFT.length);
  const columns = f64(SHIFT.length);
  // the first of two calls gives arrays without room
  if (rows.length) {
    blocks.set(far.blocks);
    rows.set(SHIFT);
    columns.set(SHIFT.map((_, i) => SHIFT[(i % N) * N + Math.floor(i / N)]!));
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
  const [rowsAt, columnsAt] = [at(rows), at(columns)];
  /** Numbers of a cell, in bytes. */
  const bytes = 8 * N;
  const up = (of: number): void => {
    for (let level = 1; level < levels.length; level++) {
      const { cells, offset } = levels[level]!;
      code.patternUp(cells, columnsAt, of + offset * bytes, of + levels[level - 1]!.offset * bytes);
    }
  };
  /** @param where address of the moments without which a polynomial is of no use; 0: all are wanted */
  const down = (where: number): void => {
    for (let level = levels.length - 1; level > 0; level--) {
      const { cells, offset } = levels[level]!;
      const children = potential + levels[level - 1]!.offset * bytes;
      const wanted = where && where + offset * bytes;
      code.patternDown(cells, rowsAt, wanted, potential + offset * bytes, children);
    }
  };
  return {
    momentsUp: () => up(moments),
    polynomialsDown: () => down(0),
    residualMomentsUp: () => up(residualMoments),
    polynomialsDownToPeaks: () => down(moments),
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
