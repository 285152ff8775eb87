import { inverseSquareSpacing, reciprocalMetric } from '../../src/crystal/cell.ts';
import type { Structure } from '../../src/crystal/structure.ts';
import { binCount, type Instrument } from '../../src/diffraction/instrument.ts';
import { addPeaks, peaksAt, scatteringModel } from '../../src/diffraction/pattern.ts';

/**
 * The pattern of a crystal with texture along c* by the dense reference [binCount]: intensities times
 * (r² cos²φ + sin²φ/r)^(−3/2), φ the angle of hkl to c* (Dollase 1986).
 */
export function textured({ sites, cell }: Structure, instrument: Instrument, r: number): Float64Array {
  const model = scatteringModel(sites, instrument, cell);
  const peaks = peaksAt(model, cell);
  const recip = reciprocalMetric(cell);
  for (let k = 0; r !== 1 && k < peaks.count; k++) {
    const at = 3 * peaks.index[k]!;
    const [h, i, l] = [model.sums.hkl[at]!, model.sums.hkl[at + 1]!, model.sums.hkl[at + 2]!];
    const along = h * recip[2]! + i * recip[5]! + l * recip[8]!;
    const square = along ** 2 / (recip[8]! * inverseSquareSpacing(recip, h, i, l));
    peaks.intensity[k]! *= (r * r * square + (1 - square) / r) ** -1.5;
  }
  return addPeaks(instrument, peaks, new Float64Array(binCount(instrument)));
}
