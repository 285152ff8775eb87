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

/** Of a label, and the line of a peak beside it, pixels. */
const HALF = 14;
/** Peaks whose lines are looked at: of tens of thousands the others hardly rise. */
const TALLEST = 200;

/**
 * Strongest first; one is dropped that would come within 23 px of a kept one at about its height, or that the line of a
 * taller peak would strike.
 */
export function placeLabels(places: readonly LabelPlace[], most: number): LabelPlace[] {
  const kept: LabelPlace[] = [];
  const sorted = [...places].sort((p, q) => q.strength - p.strength);
  const tallest = sorted.slice(0, TALLEST);
  for (const place of sorted) {
    if (kept.length >= most) break;
    const { x, y } = place;
    if (
      kept.every(other => Math.abs(other.x - x) >= 23 || Math.abs(other.y - y) >= 13) &&
      !tallest.some(other => other.y < y - 4 && Math.abs(other.x - x) < HALF)
    )
      kept.push(place);
  }
  return kept;
}
