import type { Instrument } from '../../diffraction/instrument.ts';
import type { CellReflections } from '../../state/explore/problem.ts';

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
