import { binCount, type Instrument } from '../../diffraction/instrument.ts';
import { addProfile } from '../../diffraction/profileBins.ts';
import type { StickLoss } from '../../losses/loss.ts';
import { KernelMemory } from '../kernel/kernelMemory.ts';
import { fixedPeaks } from '../kernel/peakColumns.ts';
import { overlapSum } from '../overlap/overlapSum.ts';
import type { ProfileTree } from '../overlap/profileTree.ts';
import type { PeaksOfCell } from './peaksOfCell.ts';

/**
 * ‖x‖² = Σ_mn I_m I_n O_mn of a pattern whose peaks stay where they are; writes A_m = Σ_n O_mn I_n = ½ ∂‖x‖²/∂I_m.
 * Both arrays are [angles].
 */
export type FixedNorm = (intensity: Float64Array, byIntensity: Float64Array) => number;

/** Profiles of peak height 1 summed bin by bin into O once, [angles * angles]: exact, ~1 ns a bin and pair to prepare. */
export function normByMatrix(instrument: Instrument, { position, width }: PeaksOfCell): FixedNorm {
  const angles = position.length;
  const bins = binCount(instrument);
  const profiles = Array.from(position, (t, m) => {
    const profile = new Float64Array(bins);
    addProfile(instrument, t, width[m]!, 1, profile);
    return profile;
  });
  const overlaps = new Float64Array(angles * angles);
  for (let m = 0; m < angles; m++)
    for (let n = m; n < angles; n++)
      overlaps[m * angles + n] = overlaps[n * angles + m] = scalarProduct(profiles[m]!, profiles[n]!);
  return normOf(overlaps);
}

/** The weight of every pair of sticks, [angles * angles]. */
export function stickOverlaps(position: Float64Array, { deviation }: StickLoss): Float64Array {
  const angles = position.length;
  return Float64Array.from({ length: angles * angles }, (_, i) => {
    const d = (position[Math.floor(i / angles)]! - position[i % angles]!) / deviation;
    return Math.exp(-0.5 * d * d);
  });
}

/** The norm with a matrix of overlaps [angles * angles]. */
export function normOf(overlaps: Float64Array): FixedNorm {
  const angles = Math.sqrt(overlaps.length);
  return (intensity, byIntensity) => {
    let square = 0;
    for (let m = 0; m < angles; m++) {
      const row = m * angles;
      let sum = 0;
      for (let n = 0; n < angles; n++) sum += overlaps[row + n] * intensity[n];
      byIntensity[m] = sum;
      square += intensity[m] * sum;
    }
    return square;
  };
}

/** Four partial sums: one would wait for each addition to end. */
function scalarProduct(p: Float64Array, q: Float64Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < p.length; i += 4) {
    s0 += p[i] * q[i];
    s1 += p[i + 1] * q[i + 1];
    s2 += p[i + 2] * q[i + 2];
    s3 += p[i + 3] * q[i + 3];
  }
  for (; i < p.length; i++) s0 += p[i] * q[i];
  return s0 + s1 + (s2 + s3);
}

/**
 * The same through near pairs and moments (overlapSum.ts): for so many angles that a matrix costs more. Null where
 * WebAssembly cannot run.
 */
export function normByTree(
  tree: ProfileTree,
  eta: number,
  given: Pick<PeaksOfCell, 'position' | 'width' | 'widthSlope'>,
): FixedNorm | null {
  const memory = KernelMemory.create();
  if (!memory) return null;
  const peaks = fixedPeaks(memory, given);
  const sum = overlapSum(memory, tree, eta);
  return (intensity, byIntensity) => {
    memory.f64(peaks.columns.intensity, peaks.count).set(intensity);
    const square = sum.squaredNorm(peaks, true);
    const sorted = sum.sorted();
    for (let m = 0; m < peaks.count; m++) byIntensity[m] = sorted.byIntensity[sorted.place[m]];
    return square;
  };
}
