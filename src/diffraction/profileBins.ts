import { binCount, type Instrument } from './instrument.ts';
import { FOUR_LN2 } from './pseudoVoigt.ts';

/**
 * One peak on the grid: its profile added to a pattern, or a residual summed against it. The inner loops of the dense
 * engine: one division a bin for the Lorentzian, two multiplications a bin for the Gaussian within its reach.
 */

/** In widths: beyond, the Gaussian is below 1e-17 of its height. */
const GAUSS_REACH = 3.8;

/** First and last bin that a Gaussian reaches, and the bin nearest to the peak; first > last where it reaches none. */
function reach(instrument: Instrument, t: number, width: number, bins: number): [number, number, number] {
  const centre = (t - instrument.twoThetaMin) / instrument.step;
  const half = (GAUSS_REACH * width) / instrument.step;
  const first = Math.max(0, Math.ceil(centre - half));
  const last = Math.min(bins - 1, Math.floor(centre + half));
  return [first, last, Math.min(last, Math.max(first, Math.round(centre)))];
}

/** out_i += intensity · pV(x_i; t, width). Degrees. */
export function addProfile(
  instrument: Instrument,
  t: number,
  width: number,
  intensity: number,
  out: Float64Array,
): void {
  const { twoThetaMin, step, eta } = instrument;
  const bins = binCount(instrument);
  const g2 = 0.25 * width * width;
  const scale = intensity * (1 - eta) * g2;
  const origin = twoThetaMin - t;
  for (let i = 0; i < bins; i++) {
    const d = origin + i * step;
    out[i]! += scale / (g2 + d * d);
  }
  if (eta === 0) return;
  const [first, last, centre] = reach(instrument, t, width, bins);
  if (first > last) return;
  // exp(−a (d + h)²) = exp(−a d²) · ratio, and the ratio itself shrinks by exp(−2 a h²) a step
  const a = FOUR_LN2 / (width * width);
  const shrink = Math.exp(-2 * a * step * step);
  for (const side of [1, -1]) {
    const d = origin + centre * step;
    let value = intensity * eta * Math.exp(-a * d * d);
    let ratio = Math.exp(-a * step * (side * 2 * d + step));
    const end = side > 0 ? last + 1 : first - 1;
    for (let i = centre; i !== end; i += side) {
      if (side > 0 || i !== centre) out[i]! += value;
      value *= ratio;
      ratio *= shrink;
    }
  }
}

export interface ProfileSums {
  /** Σ r_i pV_i */
  value: number;
  /** Σ r_i ∂pV_i/∂t and Σ r_i ∂pV_i/∂H, per degree */
  byPosition: number;
  byWidth: number;
}

/** A residual summed against the profile of one peak and against its derivatives. */
export function profileSums(
  instrument: Instrument,
  t: number,
  width: number,
  residual: Float64Array,
  out: ProfileSums,
): void {
  const { twoThetaMin, step, eta } = instrument;
  const bins = binCount(instrument);
  const g = 0.5 * width;
  const g2 = g * g;
  const origin = twoThetaMin - t;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  for (let i = 0; i < bins; i++) {
    const d = origin + i * step;
    const w = 1 / (g2 + d * d);
    const rw = residual[i]! * w;
    s0 += rw;
    s1 += rw * w * d;
    s2 += rw * w;
  }
  out.value = (1 - eta) * g2 * s0;
  out.byPosition = (1 - eta) * 2 * g2 * s1;
  out.byWidth = (1 - eta) * g * (s0 - g2 * s2);
  if (eta === 0) return;
  const [first, last, centre] = reach(instrument, t, width, bins);
  if (first > last) return;
  const a = FOUR_LN2 / (width * width);
  const shrink = Math.exp(-2 * a * step * step);
  let e0 = 0;
  let e1 = 0;
  let e2 = 0;
  for (const side of [1, -1]) {
    const d0 = origin + centre * step;
    let value = Math.exp(-a * d0 * d0);
    let ratio = Math.exp(-a * step * (side * 2 * d0 + step));
    const end = side > 0 ? last + 1 : first - 1;
    for (let i = centre; i !== end; i += side) {
      if (side > 0 || i !== centre) {
        const d = origin + i * step;
        const rv = residual[i]! * value;
        e0 += rv;
        e1 += rv * d;
        e2 += rv * d * d;
      }
      value *= ratio;
      ratio *= shrink;
    }
  }
  out.value += eta * e0;
  out.byPosition += eta * 2 * a * e1;
  out.byWidth += (eta * 2 * a * e2) / width;
}
