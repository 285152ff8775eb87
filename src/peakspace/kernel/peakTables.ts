import { type FormFactor, scatteringFactor } from '../../diffraction/formFactor.ts';
import { type Instrument, reflectionWindow, spectralLines } from '../../diffraction/instrument.ts';
import { fitMonomials, nodalToMonomial } from '../tree/chebyshev.ts';

/** Numbers of one panel: coefficients of a polynomial of degree 4. */
export const PANEL_TERMS = 5;

/** Scattering factors by table over u = sin²θ of the first line: panel p covers u · panelsPerUnit from p to p + 1. */
export interface FactorTable {
  /** [panels * elements * PANEL_TERMS], monomials in −1 … 1. */
  readonly coefficients: Float64Array;
  readonly panelsPerUnit: number;
}

/** Degree 4 errs by x⁵/1920 with x the fall of the steepest Gaussian's exponent across a panel: 1e-11 here. */
const FALL = 0.07;

export function factorTable(factors: readonly FormFactor[], instrument: Instrument): FactorTable {
  const window = Math.sin((reflectionWindow(instrument).upper * Math.PI) / 360) ** 2;
  const uMax = window / Math.min(...spectralLines(instrument).map(line => line.stretch));
  const perQ = 1 / (instrument.wavelength * instrument.wavelength);
  const steepest = Math.max(...factors.map(factor => Math.max(...factor.b))) * perQ;
  const panels = Math.ceil(Math.max(64, (steepest * uMax) / FALL));
  // A little beyond the window, for the last reflection.
  const panelsPerUnit = panels / (uMax * 1.001);
  const coefficients = new Float64Array((panels + 1) * factors.length * PANEL_TERMS);
  const matrix = nodalToMonomial(PANEL_TERMS);
  for (let p = 0; p <= panels; p++)
    for (const [e, factor] of factors.entries())
      fitMonomials(
        u => scatteringFactor(factor, u * perQ),
        p / panelsPerUnit,
        (p + 1) / panelsPerUnit,
        matrix,
        PANEL_TERMS,
        coefficients,
        (p * factors.length + e) * PANEL_TERMS,
      );
  return { coefficients, panelsPerUnit };
}

export const ARCSINE_PANELS_PER_UNIT = 256;

/**
 * 2 arcsin s in degrees for 0 ≤ s ≤ √½, [panels * PANEL_TERMS]: twice the speed of the built-in function, error below
 * 1e-10°. Beyond √½ use 180° − 2 arcsin √(1 − s²).
 */
export const ARCSINE: Float64Array = arcsine();

function arcsine(): Float64Array {
  const panels = Math.ceil(ARCSINE_PANELS_PER_UNIT * Math.SQRT1_2) + 1;
  const out = new Float64Array(panels * PANEL_TERMS);
  const matrix = nodalToMonomial(PANEL_TERMS);
  for (let p = 0; p < panels; p++) {
    const low = p / ARCSINE_PANELS_PER_UNIT;
    const high = (p + 1) / ARCSINE_PANELS_PER_UNIT;
    fitMonomials(s => (360 / Math.PI) * Math.asin(s), low, high, matrix, PANEL_TERMS, out, p * PANEL_TERMS);
  }
  return out;
}
