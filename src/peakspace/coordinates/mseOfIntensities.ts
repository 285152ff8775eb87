import type { Instrument } from '../../diffraction/instrument.ts';
import { addBinSlopes } from '../overlap/patternBin.ts';
import { findTop, patternTop } from '../overlap/patternTop.ts';
import { axisCells } from '../tree/axisCells.ts';
import type { FixedSums, IntensityLoss } from './intensityLoss.ts';
import type { PeaksOfCell } from './peaksOfCell.ts';

/**
 * MSE of peaks that stay where they are, as in fastMse.ts: n₀²/m₀² + n²/m² − 2 Σ I G/(m m₀), with m the largest bin of
 * the trial pattern (patternTop.ts), and
 *   ∂L/∂I = (2/m²) (A + r P) − 2 G/(m m₀),  r = Σ I G/m₀ − n²/m,
 * where A = ½ ∂n²/∂I and P is the profile of each peak at the largest bin.
 * @param height m₀, the largest bin of the target
 */
export function mseOfIntensities(
  instrument: Instrument,
  { position, width, widthSlope }: PeaksOfCell,
  { norm, dots, targetSquare }: FixedSums,
  height: number,
): IntensityLoss {
  const angles = dots.length;
  const axis = axisCells(instrument, 0);
  // positions ascend: they are in the order of the leaves
  const start = Int32Array.from({ length: axis.leaves + 1 }, (_, c) =>
    c === axis.leaves ? angles : position.filter(t => t < axis.low + c * axis.leafWidth).length,
  );
  const top = patternTop(instrument, axis);
  const own = targetSquare / (height * height);
  const overlaps = new Float64Array(angles);
  const profile = new Float64Array(angles);
  // positions stay: their slopes are not asked for
  const byPosition = new Float64Array(angles);
  return (intensity, byIntensity) => {
    const peaks = { start, position, width, widthSlope, intensity };
    findTop(top, peaks);
    const scale = 1 / top.value;
    const square = norm(intensity, overlaps);
    let dot = 0;
    for (let m = 0; m < angles; m++) dot += intensity[m] * dots[m];
    if (byIntensity) {
      profile.fill(0);
      byPosition.fill(0);
      addBinSlopes(instrument, peaks, angles, top.bin, dot / height - square * scale, profile, byPosition);
      const twice = 2 * scale;
      for (let m = 0; m < angles; m++)
        byIntensity[m] = twice * (scale * (overlaps[m] + profile[m]) - dots[m] / height);
    }
    return Math.max(0, own + square * scale * scale - (2 * dot * scale) / height);
  };
}
