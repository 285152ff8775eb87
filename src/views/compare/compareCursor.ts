import { angleWith } from '../../diffraction/matchPeaks.ts';
import { formatNumber, THIN } from '../../ui/format.ts';
import { type Quantity, spacing } from '../pattern/axes.ts';
import { hklWords } from '../pattern/hklText.ts';
import { COUNTS_FROM } from '../pattern/occupancy.ts';
import type { CompareScene, SceneCurve } from './compareScene.ts';

/** Of the strongest: weaker peaks are reached by zooming, not by pointing. */
const POINTABLE = 1e-3;

/** The angle of a place on the axis at a curve's own wavelength. */
export const ownAngle = (
  scene: CompareScene,
  { curve }: SceneCurve,
  twoTheta: number,
  axis: Quantity,
): number =>
  axis === 'twoTheta'
    ? twoTheta
    : angleWith(twoTheta, scene.instrument.wavelength, curve.instrument.wavelength);

/** And back: where an angle of the curve is on the axis, as an angle at the axis's wavelength. */
export const axisAngle = (
  scene: CompareScene,
  { curve }: SceneCurve,
  twoTheta: number,
  axis: Quantity,
): number =>
  axis === 'twoTheta'
    ? twoTheta
    : angleWith(twoTheta, curve.instrument.wavelength, scene.instrument.wavelength);

/** Index of the peak of a curve that is nearest to its own angle; −1 where it has none. */
export function nearestPeak({ curve: { peaks } }: SceneCurve, twoTheta: number): number {
  const least = POINTABLE * peaks.reduce((most, peak) => Math.max(most, peak.intensity), 0);
  let best = -1;
  peaks.forEach((peak, i) => {
    if (peak.intensity < least) return;
    if (best < 0 || Math.abs(peak.twoTheta - twoTheta) < Math.abs(peaks[best]!.twoTheta - twoTheta)) best = i;
  });
  return best;
}

/** The next peak of a curve that counts, to the right (+1) or left (−1) of an angle of its own. */
export function nextPeak({ curve: { peaks } }: SceneCurve, from: number, direction: 1 | -1): number {
  const least = COUNTS_FROM * peaks.reduce((most, peak) => Math.max(most, peak.intensity), 0);
  const ahead = peaks.flatMap(({ twoTheta, intensity }, i) =>
    intensity >= least && direction * (twoTheta - from) > 1e-6 ? [i] : [],
  );
  return (direction > 0 ? ahead[0] : ahead.at(-1)) ?? -1;
}

/** Per cent of the strongest peak. */
export const relative = ({ curve: { peaks } }: SceneCurve, index: number): number =>
  (100 * peaks[index]!.intensity) / peaks.reduce((most, peak) => Math.max(most, peak.intensity), 0);

/** "SrTiO3: 1 1 0 at 32.40°, d 2.761 Å, intensity 100." */
export function spokenPeak(curve: SceneCurve, index: number): string {
  const peak = curve.curve.peaks[index];
  if (!peak) return `${curve.label}: no peak.`;
  const d = spacing(peak.twoTheta, curve.curve.instrument.wavelength);
  const name = curve.curve.measured ? 'peak' : hklWords(peak.forms[0]!.hkl);
  return `${curve.label}: ${name} at ${formatNumber(peak.twoTheta, 2)}°, d ${formatNumber(d, 3)}${THIN}Å, intensity ${formatNumber(relative(curve, index), 0)}.`;
}
