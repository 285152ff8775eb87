import { fwhm } from '../../diffraction/caglioti.ts';
import { type Instrument, reflectionWindow } from '../../diffraction/instrument.ts';
import { overlap } from '../../peakspace/overlap/overlapKernel.ts';
import { fitMonomials, nodalToMonomial } from '../../peakspace/tree/chebyshev.ts';
import type { Texels } from './texels.ts';

/**
 * Overlap of two profiles for the GPU, at any distance by one look-up. It is homogeneous in distance and widths: with
 * σ = H₁ + H₂, ε = (H₁ − H₂)/σ and q = σ²/(σ² + 4 d²), which runs from 1 (on top of each other) to 0 (far apart),
 *   O = σ q (P(q) + ε² R(q)) + O(ε⁴).
 * Two Lorentzians have P = −R = const; so has the far tail of a Gaussian with a Lorentzian.
 */
export const OVERLAP_PANELS = 1024;

/** Below this q, a distance of two σ and more, a Gaussian leaves nothing but its tail, and P is a cubic. */
export const FAR = 0.04;

/**
 * Row 0, a texel a panel of q: P's three coefficients in −1 … 1, and R at the panel's middle. Row 1: the four of P from
 * q = 0 to FAR, and two of R.
 */
export function overlapPanels({ eta, step }: Instrument): Texels {
  const data = new Float32Array(8 * OVERLAP_PANELS);
  const matrix = nodalToMonomial(3);
  const buffer = new Float64Array(3);
  const rise = (q: number): number => (shape(q, SMALL, eta, step) - shape(q, 0, eta, step)) / (SMALL * SMALL);
  for (let i = 0; i < OVERLAP_PANELS; i++) {
    fitMonomials(
      q => shape(q, 0, eta, step),
      i / OVERLAP_PANELS,
      (i + 1) / OVERLAP_PANELS,
      matrix,
      3,
      buffer,
      0,
    );
    data.set(buffer, 4 * i);
    data[4 * i + 3] = rise((i + 0.5) / OVERLAP_PANELS);
  }
  const cubic = new Float64Array(4);
  fitMonomials(q => shape(q, 0, eta, step), 0, FAR, nodalToMonomial(4), 4, cubic, 0);
  data.set(cubic, 4 * OVERLAP_PANELS);
  const line = new Float64Array(2);
  fitMonomials(rise, 0, FAR, nodalToMonomial(2), 2, line, 0);
  data.set(line, 4 * OVERLAP_PANELS + 4);
  return { width: OVERLAP_PANELS, height: 2, data };
}

/** ε at which R is taken. */
const SMALL = 0.02;

/** O / (σ q) at σ = 1. */
const shape = (q: number, epsilon: number, eta: number, step: number): number =>
  overlap(0.5 * Math.sqrt(1 / q - 1), 0.5 * (1 + epsilon), 0.5 * (1 - epsilon), eta, step) / q;

/** Samples of the first peak's position and of the other's, which lie closer together next to it. */
const FIRST = 24;
const SECOND = 40;

/**
 * By how much overlaps from the table are off in this instrument's window at worst, as a share of the peaks' own: what
 * ε⁴ leaves out, and what the sum over bins differs from the integral, exp(−π H / h).
 */
export function overlapError(instrument: Instrument, { data }: Texels): number {
  const { eta, step } = instrument;
  const { lower, upper } = reflectionWindow(instrument);
  let worst = 0;
  for (let i = 0; i <= FIRST; i++) {
    const t1 = lower + ((upper - lower) * i) / FIRST;
    const h1 = fwhm(instrument, t1);
    worst = Math.max(worst, 2 * Math.exp((-Math.PI * h1) / step));
    for (let j = -SECOND; j <= SECOND; j++) {
      const t2 = t1 + (upper - lower) * Math.sign(j) * (j / SECOND) ** 4;
      if (t2 < lower || t2 > upper) continue;
      const h2 = fwhm(instrument, t2);
      const d = t1 - t2;
      const sigma = h1 + h2;
      const q = (sigma * sigma) / (sigma * sigma + 4 * d * d);
      const e2 = ((h1 - h2) / sigma) ** 2;
      const own = Math.sqrt(overlap(0, h1, h1, eta, step) * overlap(0, h2, h2, eta, step));
      const expected = overlap(d, h1, h2, eta, step);
      for (const found of [nearShape(data, q, e2), q <= FAR ? farShape(data, q, e2) : null])
        if (found !== null) worst = Math.max(worst, Math.abs(sigma * q * found - expected) / own);
    }
  }
  return worst;
}

/** P + ε² R by the panel of q, as the programs read it. */
function nearShape(data: Float32Array, q: number, e2: number): number {
  const panel = Math.min(Math.floor(q * OVERLAP_PANELS), OVERLAP_PANELS - 1);
  const x = 2 * (q * OVERLAP_PANELS - panel) - 1;
  const [p0, p1, p2, r] = data.subarray(4 * panel) as unknown as [number, number, number, number];
  return p0 + x * (p1 + x * p2) + e2 * r;
}

/** The same where q ≤ FAR. */
function farShape(data: Float32Array, q: number, e2: number): number {
  const x = (2 * q) / FAR - 1;
  const c = data.subarray(4 * OVERLAP_PANELS);
  return c[0]! + x * (c[1]! + x * (c[2]! + x * c[3]!)) + e2 * (c[4]! + x * c[5]!);
}
