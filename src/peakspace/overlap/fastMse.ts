import type { Site } from '../../crystal/structure.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import type { CellObjective } from '../denseObjective.ts';
import { refinement } from './fastCosine.ts';
import { addBinSlopes } from './patternBin.ts';
import { findTop, type PatternTop, patternTop } from './patternTop.ts';
import { peakSpace } from './peakSpace.ts';
import type { ProfileTree } from './profileTree.ts';
import type { TargetTable } from './targetTable.ts';

/**
 * MSE ‖x/m₀ − x̂/m‖² and its gradient without a pattern: with n² = ‖x̂‖² and x·x̂ as for the cosine (fastCosine.ts) and
 * m = x̂_j the largest bin (patternTop.ts),
 *   L = n₀²/m₀² + n²/m² − 2 x·x̂/(m m₀),
 *   dL/du_k = k₁ d(x·x̂)/du + k₂ [(A_k + r P_k) dI/du + I (T_k + r P′_k) dt/du],
 *   k₁ = −2/(m m₀),  k₂ = 2/m²,  r = x·x̂/m₀ − n²/m,
 * where P = pV(x_j; t_k) and P′ its derivative in t. The terms of L cancel near the minimum, so that the loss errs by
 * about 1e-9 of n²/m²; what falls below zero by that is zero.
 *
 * The value at a cell depends on nothing but the cell, to the last bit; nothing is allocated in a step (see
 * fastCosine.ts).
 * @param treeOf the tree with leaves halved so many times
 * @returns null where WebAssembly cannot run
 */
export function fastMse(
  sites: readonly Site[],
  instrument: Instrument,
  target: TargetTable,
  treeOf: (refine: number) => ProfileTree,
): CellObjective | null {
  const space = peakSpace(sites, instrument, target);
  if (!space) return null;
  const { height } = target;
  const own = (target.norm / height) ** 2;
  const tops = new Map<ProfileTree, PatternTop>();
  return (cell, gradient) => {
    const peaks = space.at(cell);
    if (!peaks) return Number.NaN;
    const tree = treeOf(refinement(peaks.count));
    const overlap = space.overlapOf(tree);
    const square = overlap.squaredNorm(peaks, gradient !== null);
    const sorted = overlap.sorted();
    const top = tops.get(tree) ?? patternTop(instrument, tree.axis);
    tops.set(tree, top);
    findTop(top, sorted);
    const m = top.value;
    const dot = space.dot(peaks);
    const loss = Math.max(0, own + square / (m * m) - (2 * dot) / (m * height));
    if (!gradient) return loss;
    const back = dot / height - square / m;
    const { start, byIntensity, byPosition } = sorted;
    addBinSlopes(instrument, sorted, start[tree.axis.leaves], top.bin, back, byIntensity, byPosition);
    space.slopes(-2 / (m * height), 2 / (m * m), gradient);
    return loss;
  };
}
