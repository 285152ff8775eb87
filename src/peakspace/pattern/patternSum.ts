import type { KernelMemory } from '../kernel/kernelMemory.ts';
import { type Peaks, sortPeaks } from '../kernel/peakColumns.ts';
import { placeBlocks } from '../tree/farBlocks.ts';
import { placeShifts } from '../tree/shifts.ts';
import { PATTERN_ORDER } from './patternAxis.ts';
import type { PatternTree } from './patternTree.ts';

/** A pattern and what is summed back over it, in a memory of the kernel. */
export interface PatternSum {
  /** Intensity on the instrument's grid [binCount], and a place for ∂L/∂intensity. Views: valid until the memory grows. */
  readonly pattern: Float64Array;
  readonly residual: Float64Array;
  /** The pattern of the peaks, into `pattern`. */
  forward(peaks: Peaks): void;
  /**
   * The transpose at the same peaks: from r in `residual` to A_k = Σ_i r_i pV_i and T_k = Σ_i r_i dpV_i/dt_k of the
   * sorted peaks.
   */
  back(peaks: Peaks): void;
}

/**
 * Profiles bin by bin near each peak, tails through moments and local polynomials on a hierarchy of cells (Greengard &
 * Rokhlin, J. Comput. Phys. 73, 325, 1987). The cost is that of the bins plus that of the reflections, not their product.
 */
export function patternSum(memory: KernelMemory, { axis, far, eta }: PatternTree): PatternSum {
  const { code } = memory;
  const { leaves, levels, leafWidth, used, binsPerLeaf, padded, first, step, pad, bins } = axis;
  const terms = PATTERN_ORDER;
  /** Numbers of a cell, in bytes. */
  const bytes = 8 * terms;
  const expansion = (): number => memory.column(axis.total * terms);
  const [moments, residualMoments, potential] = [expansion(), expansion(), expansion()];
  const [paddedPattern, paddedResidual] = [memory.column(padded), memory.column(padded)];
  const start = memory.place(4 * (leaves + 1));
  const { rows, columns } = placeShifts(memory, terms);
  const { count, pairs, blocks } = placeBlocks(memory, far);
  const grid = [used, binsPerLeaf, padded, first, step, eta, start];
  let pattern: Float64Array = new Float64Array(0);
  let residual = pattern;

  const up = (of: number): void => {
    for (let level = 1; level < levels.length; level++) {
      const { cells, offset } = levels[level]!;
      code.moveUp(terms, cells, columns, of + offset * bytes, of + levels[level - 1]!.offset * bytes);
    }
  };
  /** @param where address of the moments without which a polynomial is of no use; 0: all are wanted */
  const down = (where: number): void => {
    for (let level = levels.length - 1; level > 0; level--) {
      const { cells, offset } = levels[level]!;
      const children = potential + levels[level - 1]!.offset * bytes;
      const wanted = where && where + offset * bytes;
      code.moveDown(terms, cells, rows, wanted, potential + offset * bytes, children);
    }
  };

  return {
    get pattern() {
      // growing the memory takes views away
      if (!pattern.length) pattern = memory.f64(paddedPattern + 8 * pad, bins);
      return pattern;
    },
    get residual() {
      if (!residual.length) residual = memory.f64(paddedResidual + 8 * pad, bins);
      return residual;
    },
    forward(peaks) {
      const s = peaks.columns.sorted;
      sortPeaks(memory, peaks, axis, start, true);
      code.leafMoments(terms, leaves, start, s.local, s.intensity, moments);
      up(moments);
      memory.f64(potential, axis.total * terms).fill(0);
      code.tailsForward(count, pairs, blocks, moments, potential);
      down(0);
      code.leavesToBins(used, binsPerLeaf / 2, potential, paddedPattern);
      code.profilesForward(...grid, s.position, s.width, s.intensity, paddedPattern);
    },
    back(peaks) {
      const s = peaks.columns.sorted;
      code.binsToLeaves(used, binsPerLeaf / 2, paddedResidual, residualMoments);
      up(residualMoments);
      memory.f64(potential, axis.total * terms).fill(0);
      code.tailsBack(count, pairs, blocks, moments, residualMoments, potential);
      down(moments);
      const { byIntensity, byPosition } = s;
      code.profilesBack(...grid, s.position, s.width, s.widthSlope, paddedResidual, byIntensity, byPosition);
      code.gather(leaves, terms, 2 / leafWidth, start, s.local, potential, byIntensity, byPosition);
    },
  };
}
