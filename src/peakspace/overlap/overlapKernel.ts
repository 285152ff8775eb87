import { fitMonomials, nodalToMonomial } from '../tree/chebyshev.ts';
import { faddeevaReal } from './faddeeva.ts';

/**
 * Overlap of two pseudo-Voigt profiles of peak height 1, summed over the bins of an unbounded grid:
 * O(d, H₁, H₂) = (1/h) ∫ pV(x; 0, H₁) pV(x; d, H₂) dx, h the bin width. Lorentzian with Lorentzian and Gaussian with
 * Gaussian are closed forms, Gaussian with Lorentzian is the Faddeeva function. Replacing the sum by the integral errs
 * by exp(−π H_min / h): 1e-9 at H = 6.6 h, and quickly worse below.
 */
export function overlap(d: number, h1: number, h2: number, eta: number, step: number): number {
  const g1 = 0.5 * h1;
  const g2 = 0.5 * h2;
  const a1 = (4 * Math.LN2) / (h1 * h1);
  const a2 = (4 * Math.LN2) / (h2 * h2);
  const g = g1 + g2;
  const lorentz = (Math.PI * g1 * g2 * g) / (g * g + d * d);
  const gauss = Math.sqrt(Math.PI / (a1 + a2)) * Math.exp((-a1 * a2 * d * d) / (a1 + a2));
  const mixed =
    Math.PI *
    (g2 * faddeevaReal(Math.sqrt(a1) * d, Math.sqrt(a1) * g2) +
      g1 * faddeevaReal(Math.sqrt(a2) * d, Math.sqrt(a2) * g1));
  return ((1 - eta) ** 2 * lorentz + eta * eta * gauss + eta * (1 - eta) * mixed) / step;
}

/** Numbers of one panel: six coefficients of o0, three of o2. */
export const PANEL = 9;
const PANELS_PER_UNIT = 32;

/**
 * Near overlaps by table. O is homogeneous: with σ = H₁ + H₂, v = |d|/σ and ε = (H₁ − H₂)/σ,
 * O = σ (o0(v) + ε² o2(v)) + O(ε⁴). Panels of 1/32 in v, local coordinate −1 … 1.
 * With o2 from a difference at ε = 0.02 the error is 0.05 ε² |ε² − 0.02²| of O(0), and 3e-9 from the panels.
 */
export interface OverlapTable {
  /** [panels * PANEL] */
  readonly coefficients: Float64Array;
  readonly panelsPerUnit: number;
  /** o0(0): the self term is 2H o0(0). */
  readonly self: number;
}

export function overlapTable(eta: number, step: number, vMax: number): OverlapTable {
  const panels = Math.ceil(vMax * PANELS_PER_UNIT) + 1;
  const coefficients = new Float64Array(panels * PANEL);
  const o0 = (v: number): number => overlap(v, 0.5, 0.5, eta, step);
  // ε = 0.02: ε² = 4e-4
  const o2 = (v: number): number => (overlap(v, 0.51, 0.49, eta, step) - o0(v)) / 4e-4;
  const six = nodalToMonomial(6);
  const three = nodalToMonomial(3);
  for (let i = 0; i < panels; i++) {
    const low = i / PANELS_PER_UNIT;
    const high = (i + 1) / PANELS_PER_UNIT;
    fitMonomials(o0, low, high, six, 6, coefficients, i * PANEL);
    fitMonomials(o2, low, high, three, 3, coefficients, i * PANEL + 6);
  }
  return { coefficients, panelsPerUnit: PANELS_PER_UNIT, self: o0(0) };
}
