import type { Site } from '../crystal/structure.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import { assemble, dotSlopes, dotWith } from './assembly.ts';
import type { CellObjective } from './denseObjective.ts';
import { refinement } from './fastCosine.ts';
import { cellSlopes } from './metricSlopes.ts';
import { addBinSlopes } from './patternBin.ts';
import { findTop, type PatternTop, patternTop } from './patternTop.ts';
import { type OverlapRoom, overlapRoom, squaredNorm } from './peakOverlap.ts';
import type { ProfileTree } from './profileTree.ts';
import { rollingPeaks } from './rollingPeaks.ts';
import type { TargetTable } from './targetTable.ts';

/** What depends on the number of peaks. */
interface Scratch {
  readonly overlap: OverlapRoom;
  readonly top: PatternTop;
}

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
 */
export function fastMse(
  sites: readonly Site[],
  instrument: Instrument,
  target: TargetTable,
  treeOf: (refine: number) => ProfileTree,
): CellObjective {
  const rolling = rollingPeaks(sites, instrument);
  const { height } = target;
  const own = (target.norm / height) ** 2;
  const gamma = new Float64Array(6);
  const scratches: Scratch[] = [];
  return (cell, gradient) => {
    if (!rolling.at(cell)) return Number.NaN;
    const { list, peaks, recip, setting } = rolling;
    const refine = refinement(peaks.count);
    if (scratches[refine]?.overlap.peaks !== peaks.room)
      scratches[refine] = scratchFor(instrument, treeOf(refine), peaks.room);
    const { overlap, top } = scratches[refine];
    const square = squaredNorm(overlap, peaks, gradient !== null);
    const { order } = overlap.distinct;
    findTop(top, order);
    const m = top.value;
    const dot = gradient ? dotSlopes(target, peaks) : dotWith(target, peaks);
    const loss = Math.max(0, own + square / (m * m) - (2 * dot) / (m * height));
    if (!gradient || !list) return loss;
    const back = dot / height - square / m;
    const count = order.start[overlap.tree.axis.leaves];
    addBinSlopes(instrument, order, count, top.bin, back, overlap.byIntensity, overlap.byPosition);
    const twice = 2 * setting.quarter;
    assemble(list, peaks, overlap, -twice / (m * height), twice / (m * m), gamma);
    cellSlopes(cell, recip, gamma, gradient);
    return loss;
  };
}

const scratchFor = (instrument: Instrument, tree: ProfileTree, peaks: number): Scratch => ({
  overlap: overlapRoom(tree, instrument.eta, peaks),
  top: patternTop(instrument, tree.axis),
});
