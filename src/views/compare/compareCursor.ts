import { formatNumber, THIN } from '../../ui/format.ts';
import { type Quantity, spacing } from '../pattern/axes.ts';
import { hklWords } from '../pattern/hklText.ts';
import { nearestPeak, POINTABLE } from '../pattern/peaks.ts';
import { ownAngle } from '../pattern/plotScene.ts';
import type { CompareScene, SceneCurve } from './compareScene.ts';

/** Index of the peak of a curve that is nearest to a place on the axis; −1 where it has none. */
export const peakAt = (scene: CompareScene, curve: SceneCurve, twoTheta: number, axis: Quantity): number =>
  nearestPeak(curve.peaks, ownAngle(scene, curve, twoTheta, axis), POINTABLE * curve.strongest);

/** Per cent of the strongest peak. */
export const relative = ({ peaks, strongest }: SceneCurve, index: number): number =>
  (100 * peaks[index]!.intensity) / strongest;

/** "SrTiO3: 1 1 0 at 32.40°, d 2.761 Å, intensity 100." */
export function spokenPeak(curve: SceneCurve, index: number): string {
  const peak = curve.peaks[index];
  if (!peak) return `${curve.label}: no peak.`;
  const d = spacing(peak.twoTheta, curve.wavelength);
  const name = curve.measured ? 'peak' : hklWords(peak.forms[0]!.hkl);
  return `${curve.label}: ${name} at ${formatNumber(peak.twoTheta, 2)}°, d ${formatNumber(d, 3)}${THIN}Å, intensity ${formatNumber(relative(curve, index), 0)}.`;
}
