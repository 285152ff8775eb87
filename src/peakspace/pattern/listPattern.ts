import { binCount, type Instrument } from '../../diffraction/instrument.ts';
import { addProfile, type ProfileSums, profileSums } from '../../diffraction/profileBins.ts';
import { KernelMemory } from '../kernel/kernelMemory.ts';
import { type PeakColumns, placeColumns, SAME_POSITION } from '../kernel/peakColumns.ts';
import { type PatternSum, patternSum } from './patternSum.ts';
import type { PatternTree } from './patternTree.ts';

/** Peaks that whoever holds them places, and what comes back to them; the first `count` entries are meant. */
export interface ListedPeaks {
  count: number;
  /** Two-theta, FWHM and dH/d(2θ), degrees. */
  readonly position: Float64Array;
  readonly width: Float64Array;
  readonly widthSlope: Float64Array;
  readonly intensity: Float64Array;
  /** A_k = Σ_i r_i pV_i and T_k = Σ_i r_i dpV_i/d(2θ), the width following its peak; degrees. */
  readonly byIntensity: Float64Array;
  readonly byPosition: Float64Array;
  /** Σ_i r_i ∂pV_i/∂H, per degree; written profile by profile alone. */
  readonly byWidth: Float64Array;
}

export function listedPeaks(capacity: number): ListedPeaks {
  const column = (): Float64Array => new Float64Array(capacity);
  return {
    count: 0,
    position: column(),
    width: column(),
    widthSlope: column(),
    intensity: column(),
    byIntensity: column(),
    byPosition: column(),
    byWidth: column(),
  };
}

/** Pattern of listed peaks on the bins of an instrument, and the way back from it. */
export interface ListPattern {
  /** [binCount], valid until the next call. */
  forward(peaks: ListedPeaks): Float64Array;
  /** From r = ∂L/∂pattern [binCount] at the peaks last given to A and T. */
  back(peaks: ListedPeaks, residual: Float64Array): void;
}

/** @param treeOf the tree for so many peaks, at a cost of bins plus peaks; null: profile by profile */
export function listPattern(
  instrument: Instrument,
  treeOf: ((peaks: number) => PatternTree) | null,
): ListPattern {
  const memory = treeOf && KernelMemory.create();
  return memory ? byTree(memory, treeOf) : byProfiles(instrument);
}

function byTree(memory: KernelMemory, treeOf: (peaks: number) => PatternTree): ListPattern {
  const sums = new Map<PatternTree, PatternSum>();
  let columns: PeakColumns | null = null;
  let sum: PatternSum | null = null;
  return {
    forward(peaks) {
      const { count } = peaks;
      const c =
        columns && count <= columns.capacity ? columns : placeColumns(memory, count + (count >> 2), 0, 0);
      columns = c;
      const tree = treeOf(count);
      sum = sums.get(tree) ?? patternSum(memory, tree);
      sums.set(tree, sum);
      for (const key of ['position', 'width', 'widthSlope', 'intensity'] as const)
        memory.f64(c[key], count).set(peaks[key].subarray(0, count));
      sum.forward({ columns: c, count });
      return sum.pattern;
    },
    back(peaks, residual) {
      const { count } = peaks;
      const { sorted } = columns!;
      sum!.residual.set(residual);
      sum!.back({ columns: columns!, count });
      const place = memory.i32(sorted.place, count);
      const byIntensity = memory.f64(sorted.byIntensity, count);
      const byPosition = memory.f64(sorted.byPosition, count);
      for (let k = 0; k < count; k++) {
        peaks.byIntensity[k] = byIntensity[place[k]!]!;
        peaks.byPosition[k] = byPosition[place[k]!]!;
      }
    },
  };
}

/** Peaks of one place are summed as one: those that symmetry makes equal. */
function byProfiles(instrument: Instrument): ListPattern {
  const pattern = new Float64Array(binCount(instrument));
  const sums: ProfileSums = { value: 0, byPosition: 0, byWidth: 0 };
  let order = new Uint32Array(0);
  /** The place in the order after the last peak of the place of the one at `from`. */
  const endOf = ({ position }: ListedPeaks, from: number): number => {
    const limit = position[order[from]!]! + SAME_POSITION;
    let to = from + 1;
    while (to < order.length && position[order[to]!]! <= limit) to++;
    return to;
  };
  return {
    forward(peaks) {
      const { count, position, width, intensity } = peaks;
      pattern.fill(0);
      order = Uint32Array.from({ length: count }, (_, k) => k).sort(
        (p, q) => position[p]! - position[q]! || p - q,
      );
      for (let from = 0; from < count; ) {
        const to = endOf(peaks, from);
        let sum = 0;
        for (let i = from; i < to; i++) sum += intensity[order[i]!]!;
        addProfile(instrument, position[order[from]!]!, width[order[from]!]!, sum, pattern);
        from = to;
      }
      return pattern;
    },
    back(peaks, residual) {
      const { count, position, width, widthSlope, byIntensity, byPosition, byWidth } = peaks;
      for (let from = 0; from < count; ) {
        const to = endOf(peaks, from);
        profileSums(instrument, position[order[from]!]!, width[order[from]!]!, residual, sums);
        for (let i = from; i < to; i++) {
          const k = order[i]!;
          byIntensity[k] = sums.value;
          byPosition[k] = sums.byPosition + sums.byWidth * widthSlope[k]!;
          byWidth[k] = sums.byWidth;
        }
        from = to;
      }
    },
  };
}
