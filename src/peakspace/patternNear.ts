import { FOUR_LN2 } from '../diffraction/pseudoVoigt.ts';
import type { LeafOrder } from './leafOrder.ts';
import type { PatternAxis } from './patternAxis.ts';

/**
 * Profiles on the bins of their peak's leaf and of the two beside it, bin by bin: two Lorentzians for one division, the
 * Gaussian by the recurrence exp(−a (d + 2h)²) = exp(−a d²) · ratio, whose ratio shrinks by exp(−8 a h²) from one to the
 * next; even and odd bins run separately so that neither waits for the other.
 */

/** In widths: beyond, the Gaussian is below 3e-9 of its height. */
const GAUSS_REACH = 2.66;

/** First padded bin of the pairs that the Gaussian of a peak reaches, counted from bin `from` as whole pairs. */
const gaussFrom = (from: number, centre: number, reach: number): number =>
  from + 2 * Math.max(0, Math.floor(0.5 * (centre - reach - from)));

const gaussTo = (from: number, to: number, centre: number, reach: number): number =>
  Math.min(to, from + 2 * Math.max(0, Math.ceil(0.5 * (centre + reach + 1 - from))));

/** Adds the profiles of all peaks to the padded bins near them. */
export function nearForward(
  { binsPerLeaf, used, room, first, step }: PatternAxis,
  { start, position, width, intensity }: LeafOrder,
  eta: number,
  padded: Float64Array,
): void {
  const perStep = 1 / step;
  const twoSteps = 2 * step;
  for (let c = 0; c < used; c++) {
    const from = Math.max(0, (c - 1) * binsPerLeaf);
    const to = Math.min(room, (c + 2) * binsPerLeaf);
    const end = start[c + 1];
    for (let k = start[c]; k < end; k++) {
      const origin = first - position[k];
      const h = width[k];
      const g2 = 0.25 * h * h;
      const scale = intensity[k] * (1 - eta) * g2;
      const reach = eta > 0 ? GAUSS_REACH * h * perStep : -4;
      const gFrom = Math.min(to, gaussFrom(from, -origin * perStep, reach));
      const gTo = Math.max(gFrom, gaussTo(from, to, -origin * perStep, reach));
      let d = origin + from * step;
      for (let i = from; i < gFrom; i += 2, d += twoSteps) {
        const e = d + step;
        const p = g2 + d * d;
        const q = g2 + e * e;
        const over = scale / (p * q);
        padded[i] += over * q;
        padded[i + 1] += over * p;
      }
      if (gFrom < gTo) {
        const a = FOUR_LN2 / (h * h);
        d = origin + gFrom * step;
        const fall = Math.exp(-a * step * (2 * d + step));
        const curve = Math.exp(-2 * a * step * step);
        const shrink = curve * curve * curve * curve;
        let even = intensity[k] * eta * Math.exp(-a * d * d);
        let odd = even * fall;
        let evenRatio = fall * fall * curve;
        let oddRatio = evenRatio * curve * curve;
        for (let i = gFrom; i < gTo; i += 2, d += twoSteps) {
          const e = d + step;
          const p = g2 + d * d;
          const q = g2 + e * e;
          const over = scale / (p * q);
          padded[i] += over * q + even;
          padded[i + 1] += over * p + odd;
          even *= evenRatio;
          odd *= oddRatio;
          evenRatio *= shrink;
          oddRatio *= shrink;
        }
      }
      for (let i = gTo; i < to; i += 2, d += twoSteps) {
        const e = d + step;
        const p = g2 + d * d;
        const q = g2 + e * e;
        const over = scale / (p * q);
        padded[i] += over * q;
        padded[i + 1] += over * p;
      }
    }
  }
}

/**
 * The transpose: a residual on the padded bins summed against the profile of each peak and against its derivative in
 * the position, the width following. Overwrites A_k = Σ_i r_i pV_i and T_k = Σ_i r_i dpV_i/dt_k.
 */
export function nearBack(
  { binsPerLeaf, used, room, first, step }: PatternAxis,
  { start, position, width, widthSlope }: LeafOrder,
  eta: number,
  residual: Float64Array,
  byIntensity: Float64Array,
  byPosition: Float64Array,
): void {
  const perStep = 1 / step;
  const twoSteps = 2 * step;
  for (let c = 0; c < used; c++) {
    const from = Math.max(0, (c - 1) * binsPerLeaf);
    const to = Math.min(room, (c + 2) * binsPerLeaf);
    const end = start[c + 1];
    for (let k = start[c]; k < end; k++) {
      const origin = first - position[k];
      const h = width[k];
      const g2 = 0.25 * h * h;
      const reach = eta > 0 ? GAUSS_REACH * h * perStep : -4;
      const gFrom = Math.min(to, gaussFrom(from, -origin * perStep, reach));
      const gTo = Math.max(gFrom, gaussTo(from, to, -origin * perStep, reach));
      // Σ r w, Σ r w² d and Σ r w² with w = 1/(g² + d²), then Σ r G, Σ r G d and Σ r G d²
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let e0 = 0;
      let e1 = 0;
      let e2 = 0;
      let d = origin + from * step;
      for (let i = from; i < gFrom; i += 2, d += twoSteps) {
        const e = d + step;
        const p = g2 + d * d;
        const q = g2 + e * e;
        const over = 1 / (p * q);
        const wd = over * q;
        const we = over * p;
        const rd = residual[i] * wd;
        const re = residual[i + 1] * we;
        const rd2 = rd * wd;
        const re2 = re * we;
        s0 += rd + re;
        s1 += rd2 * d + re2 * e;
        s2 += rd2 + re2;
      }
      const a = FOUR_LN2 / (h * h);
      if (gFrom < gTo) {
        d = origin + gFrom * step;
        const fall = Math.exp(-a * step * (2 * d + step));
        const curve = Math.exp(-2 * a * step * step);
        const shrink = curve * curve * curve * curve;
        let even = Math.exp(-a * d * d);
        let odd = even * fall;
        let evenRatio = fall * fall * curve;
        let oddRatio = evenRatio * curve * curve;
        for (let i = gFrom; i < gTo; i += 2, d += twoSteps) {
          const e = d + step;
          const p = g2 + d * d;
          const q = g2 + e * e;
          const over = 1 / (p * q);
          const wd = over * q;
          const we = over * p;
          const r = residual[i];
          const t = residual[i + 1];
          const rd = r * wd;
          const re = t * we;
          const rd2 = rd * wd;
          const re2 = re * we;
          s0 += rd + re;
          s1 += rd2 * d + re2 * e;
          s2 += rd2 + re2;
          const gd = r * even;
          const ge = t * odd;
          const gd1 = gd * d;
          const ge1 = ge * e;
          e0 += gd + ge;
          e1 += gd1 + ge1;
          e2 += gd1 * d + ge1 * e;
          even *= evenRatio;
          odd *= oddRatio;
          evenRatio *= shrink;
          oddRatio *= shrink;
        }
      }
      for (let i = gTo; i < to; i += 2, d += twoSteps) {
        const e = d + step;
        const p = g2 + d * d;
        const q = g2 + e * e;
        const over = 1 / (p * q);
        const wd = over * q;
        const we = over * p;
        const rd = residual[i] * wd;
        const re = residual[i + 1] * we;
        const rd2 = rd * wd;
        const re2 = re * we;
        s0 += rd + re;
        s1 += rd2 * d + re2 * e;
        s2 += rd2 + re2;
      }
      const lorentzByWidth = 0.5 * h * (s0 - g2 * s2);
      const gaussByWidth = (2 * a * e2) / h;
      byIntensity[k] = (1 - eta) * g2 * s0 + eta * e0;
      byPosition[k] =
        (1 - eta) * (2 * g2 * s1 + widthSlope[k] * lorentzByWidth) +
        eta * (2 * a * e1 + widthSlope[k] * gaussByWidth);
    }
  }
}
