import type { MergedPeak } from '../../diffraction/mergePeaks.ts';

type Peaks = readonly Pick<MergedPeak, 'twoTheta' | 'intensity'>[];

/** Of the strongest peak: weaker ones are reached by zooming, not by pointing. */
export const POINTABLE = 1e-3;

export const strongestOf = (peaks: Peaks): number =>
  peaks.reduce((most, peak) => Math.max(most, peak.intensity), 0);

/** Index of the peak nearest to a 2θ among those of at least `least`; −1 when there is none. */
export function nearestPeak(peaks: Peaks, twoTheta: number, least: number): number {
  let best = -1;
  for (let i = 0; i < peaks.length; i++)
    if (
      peaks[i]!.intensity >= least &&
      (best < 0 || Math.abs(peaks[i]!.twoTheta - twoTheta) < Math.abs(peaks[best]!.twoTheta - twoTheta))
    )
      best = i;
  return best;
}

/** Index of the next peak of at least `least`, to the right (+1) or left (−1) of a 2θ; −1 at the end. */
export function nextPeak(peaks: Peaks, from: number, direction: 1 | -1, least: number): number {
  const ahead = peaks.flatMap(({ twoTheta, intensity }, i) =>
    intensity >= least && direction * (twoTheta - from) > 1e-6 ? [i] : [],
  );
  return (direction > 0 ? ahead[0] : ahead.at(-1)) ?? -1;
}

/** A place for a label: its centre and the line it stands on, pixels. */
export interface LabelPlace {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly strength: number;
}

/** Strongest first; one is dropped that would come within 23 px of a kept one at about its height. */
export function placeLabels(places: readonly LabelPlace[], most: number): LabelPlace[] {
  const kept: LabelPlace[] = [];
  for (const place of [...places].sort((p, q) => q.strength - p.strength)) {
    if (kept.length >= most) break;
    if (kept.every(other => Math.abs(other.x - place.x) >= 23 || Math.abs(other.y - place.y) >= 13))
      kept.push(place);
  }
  return kept;
}
