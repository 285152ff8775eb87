import { fwhm } from '../../diffraction/caglioti.ts';
import type { CellReflections } from '../../diffraction/crystalPattern.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { mergePeaks } from '../../diffraction/mergePeaks.ts';
import type { Figure, FigureCrystal } from '../../state/gallery/gallerySlice.ts';
import { type Comparison, occupanciesOf, type PeakSet, type Tally, tally } from '../pattern/occupancy.ts';

/** A crystal of a figure beside its target: peaks, and which reflection lies where. */
export interface RowScene {
  readonly target: PeakSet;
  readonly side: PeakSet;
  readonly comparison: Comparison;
  readonly tally: Tally;
}

export function rowScene(
  { structure, problem, targetPeaks }: Figure,
  crystal: Pick<FigureCrystal, 'peaks'>,
): RowScene {
  const { instrument } = problem;
  const target = { table: targetPeaks, peaks: mergePeaks(targetPeaks, structure.family) };
  const side = { table: crystal.peaks, peaks: mergePeaks(crystal.peaks, structure.family) };
  const comparison = occupanciesOf(target, side, twoTheta => fwhm(instrument, twoTheta), [
    instrument.twoThetaMin,
    instrument.twoThetaMax,
  ]);
  return { target, side, comparison, tally: tally(target, comparison.occupancies) };
}

/** A reflection counts from this share of the strongest. */
const COUNTS_FROM = 0.05;
const ROOM = 3;

/** The 2θ range of small patterns: from just below the first strong reflection of the target, to `most` beyond it. */
export function shownRange(
  peaks: CellReflections,
  { twoThetaMin, twoThetaMax }: Instrument,
  most: number,
): readonly [number, number] {
  const strongest = peaks.intensity.reduce((high, value) => Math.max(high, value), 0);
  let first = twoThetaMax;
  for (const [i, twoTheta] of peaks.twoTheta.entries())
    if (peaks.intensity[i]! >= COUNTS_FROM * strongest) first = Math.min(first, twoTheta);
  const low = Math.max(twoThetaMin, Math.floor(first - ROOM));
  return [low, Math.min(twoThetaMax, low + most)];
}
