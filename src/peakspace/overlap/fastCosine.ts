import type { Site } from '../../crystal/structure.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import type { CellObjective } from '../denseObjective.ts';
import { peakSpace } from './peakSpace.ts';
import type { ProfileTree } from './profileTree.ts';
import type { TargetTable } from './targetTable.ts';

/**
 * The cosine loss −x·x̂ / (‖x‖ ‖x̂‖) and its gradient without a pattern: x·x̂ = Σ I_k G(t_k) from the target's table and
 * ‖x̂‖² from the overlap of the peaks (overlapSum.ts). With n = ‖x̂‖, n₀ = ‖x‖, k₁ = −1/(n n₀), k₂ = x·x̂/(n³ n₀):
 *   dL/du_k = (k₁ G + k₂ A_k) dI/du + I (k₁ G′ + k₂ T_k) dt/du,
 * and on to the cell through Γ = (λ²/4) Σ_k dL/du_k h hᵀ (`cellGradient`). 30–100 µs for 90–330 reflections.
 *
 * The value at a cell depends on nothing but the cell, to the last bit: reflections come in the order of their indices
 * whatever list they are found in.
 *
 * Nothing is allocated once the reflection list and the scratch have their size, but for numbers that the JavaScript
 * engine boxes between functions.
 * @param treeOf the tree with leaves halved so many times
 * @returns null where WebAssembly cannot run
 */
export function fastCosine(
  sites: readonly Site[],
  instrument: Instrument,
  target: TargetTable,
  treeOf: (refine: number) => ProfileTree,
): CellObjective | null {
  const space = peakSpace(sites, instrument, target);
  if (!space) return null;
  return (cell, gradient) => {
    const peaks = space.at(cell);
    if (!peaks) return Number.NaN;
    const overlap = space.overlapOf(treeOf(refinement(peaks.count)));
    const norm = Math.sqrt(overlap.squaredNorm(peaks, gradient !== null));
    const dot = space.dot(peaks);
    const scale = 1 / (norm * target.norm);
    if (gradient) space.slopes(-scale, (scale * dot) / (norm * norm), gradient);
    return -dot * scale;
  };
}

/**
 * Halvings of the leaves for so many peaks: near pairs cost K² / leaves, the tree as much as it has leaves. Measured,
 * the next halving pays from 300 and 600 peaks on. From a thousand on blocks take the place of pairs (nearBlocks.ts).
 */
export const refinement = (peaks: number): number =>
  peaks > FEWEST_FOR_BLOCKS ? BY_BLOCKS : Math.max(0, Math.ceil(Math.log2(peaks / 300)));
const FEWEST_FOR_BLOCKS = 1000;
/** Stands for blocks where a number of halvings is asked for. */
export const BY_BLOCKS = 5;
