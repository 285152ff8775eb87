import { fwhm } from '../../diffraction/caglioti.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { pseudoVoigt } from '../../diffraction/pseudoVoigt.ts';
import { TARGET_TERMS, targetTable } from '../../peakspace/overlap/targetTable.ts';
import { fitMonomials, nodalToMonomial } from '../../peakspace/tree/chebyshev.ts';
import type { AngleNodes } from './fixedPoint.ts';
import { offsetOf, type TexelLayout, type Texels, texelsFor } from './texels.ts';

/** Coefficients of a panel, three texels: as far from a node as the next, degree 11 errs by 1e-9. */
const TERMS = 12;

/**
 * Product of the target with a unit peak, G(t) = Σ_j x_j pV(x_j; t), around every reference angle: monomials in the
 * peak's offset from it over the spacing, so that float32 keeps the position. Three rows of the nodes' layout.
 * @param scale G is divided by it
 */
export function targetPanels(
  instrument: Instrument,
  target: Float64Array,
  nodes: AngleNodes,
  layout: TexelLayout,
  scale: number,
): Texels {
  const { twoThetaMin, step } = instrument;
  const product = productWith(instrument, target);
  const spacing = nodes.every * step;
  const matrix = nodalToMonomial(TERMS);
  const buffer = new Float64Array(TERMS);
  const out = texelsFor(layout, TERMS / 4);
  for (let n = 0; n < nodes.count; n++) {
    const middle = twoThetaMin + (n - nodes.before) * spacing;
    fitMonomials(product, middle - spacing, middle + spacing, matrix, TERMS, buffer, 0);
    for (let m = 0; m < TERMS; m++)
      out.data[offsetOf(layout, Math.floor(m / 4), n) + (m % 4)] = buffer[m]! / scale;
  }
  return out;
}

/** G(t); by the table of the peak-space objective, and directly just outside of it and where there is none. */
function productWith(instrument: Instrument, target: Float64Array): (t: number) => number {
  const { twoThetaMin, step, eta } = instrument;
  const table = targetTable(instrument, target);
  const { coefficients, low, panelsPerDegree } = table ?? { coefficients: [], low: 0, panelsPerDegree: 0 };
  const panels = coefficients.length / TARGET_TERMS;
  return t => {
    const scaled = (t - low) * panelsPerDegree;
    const panel = Math.floor(scaled);
    if (panel < 0 || panel >= panels) {
      const width = fwhm(instrument, t);
      let sum = 0;
      for (let j = 0; j < target.length; j++)
        sum += target[j]! * pseudoVoigt(twoThetaMin + j * step - t, width, eta).value;
      return sum;
    }
    const x = 2 * (scaled - panel) - 1;
    let value = 0;
    for (let m = TARGET_TERMS - 1; m >= 0; m--) value = value * x + coefficients[panel * TARGET_TERMS + m]!;
    return value;
  };
}
