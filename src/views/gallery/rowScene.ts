import { fwhm } from '../../diffraction/caglioti.ts';
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
