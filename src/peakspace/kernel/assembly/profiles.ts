/**
 * Profiles on the bins of their peak's leaf and of the two beside it, and back, even bins in one lane and odd ones in the
 * other: the Gaussian by the recurrence exp(−a (d + 2h)²) = exp(−a d²) · ratio, whose ratio shrinks by exp(−8 a h²) from one
 * to the next.
 */

import { bothLanes, pair } from './lanes.ts';

/** In widths: beyond, the Gaussian is below 3e-9 of its height. */
const GAUSS_REACH: f64 = 2.66;
const FOUR_LN2: f64 = 2.772588722239781;

function gaussFrom(from: i32, to: i32, centre: f64, reach: f64): i32 {
  return min(to, from + 2 * max(0, <i32>Math.floor(0.5 * (centre - reach - <f64>from))));
}

function gaussTo(from: i32, to: i32, centre: f64, reach: f64): i32 {
  return min(to, from + 2 * max(0, <i32>Math.ceil(0.5 * (centre + reach + 1 - <f64>from))));
}

/** Lorentzian alone on bins from … to − 1, `d` their distances from the peak. */
function addTails(
  padded: usize,
  from: i32,
  to: i32,
  d: v128,
  advance: v128,
  square: v128,
  scale: v128,
): void {
  for (let i = from; i < to; i += 2) {
    const at = padded + ((<usize>i) << 3);
    const height = f64x2.div(scale, f64x2.add(square, f64x2.mul(d, d)));
    v128.store(at, f64x2.add(v128.load(at), height));
    d = f64x2.add(d, advance);
  }
}

/**
 * Adds the profiles of all peaks to the padded bins of their leaf and of the two beside it.
 * @param used leaves with bins
 * @param room padded bins, an even number
 * @param start i32 [leaves + 1]
 */
export function profilesForward(
  used: i32,
  binsPerLeaf: i32,
  room: i32,
  first: f64,
  step: f64,
  eta: f64,
  start: usize,
  position: usize,
  width: usize,
  intensity: usize,
  padded: usize,
): void {
  const perStep = 1 / step;
  const steps = pair(0, step);
  const advance = f64x2.splat(2 * step);
  for (let c = 0; c < used; c++) {
    const from = max(0, (c - 1) * binsPerLeaf);
    const to = min(room, (c + 2) * binsPerLeaf);
    const end = load<i32>(start + ((<usize>c) << 2), 4);
    for (let k = load<i32>(start + ((<usize>c) << 2)); k < end; k++) {
      const k8 = (<usize>k) << 3;
      const origin = first - load<f64>(position + k8);
      const h = load<f64>(width + k8);
      const height = load<f64>(intensity + k8);
      const g2 = 0.25 * h * h;
      const square = f64x2.splat(g2);
      const scale = f64x2.splat(height * (1 - eta) * g2);
      const reach = eta > 0 ? GAUSS_REACH * h * perStep : -4;
      const gFrom = gaussFrom(from, to, -origin * perStep, reach);
      const gTo = max(gFrom, gaussTo(from, to, -origin * perStep, reach));
      addTails(
        padded,
        from,
        gFrom,
        f64x2.add(f64x2.splat(origin + <f64>from * step), steps),
        advance,
        square,
        scale,
      );
      let d = f64x2.add(f64x2.splat(origin + <f64>gFrom * step), steps);
      if (gFrom < gTo) {
        const a = FOUR_LN2 / (h * h);
        const d0 = f64x2.extract_lane(d, 0);
        const fall = JSMath.exp(-a * step * (2 * d0 + step));
        const curve = JSMath.exp(-2 * a * step * step);
        const even = height * eta * JSMath.exp(-a * d0 * d0);
        let gauss = pair(even, even * fall);
        const evenRatio = fall * fall * curve;
        let ratio = pair(evenRatio, evenRatio * curve * curve);
        const shrink = f64x2.splat(curve * curve * curve * curve);
        for (let i = gFrom; i < gTo; i += 2) {
          const at = padded + ((<usize>i) << 3);
          const lorentz = f64x2.div(scale, f64x2.add(square, f64x2.mul(d, d)));
          v128.store(at, f64x2.add(v128.load(at), f64x2.add(lorentz, gauss)));
          d = f64x2.add(d, advance);
          gauss = f64x2.mul(gauss, ratio);
          ratio = f64x2.mul(ratio, shrink);
        }
      }
      addTails(padded, gTo, to, d, advance, square, scale);
    }
  }
}

/** Overwrites A = Σ r pV and T = Σ r dpV/dt of every peak with the sums over the bins near it. */
export function profilesBack(
  used: i32,
  binsPerLeaf: i32,
  room: i32,
  first: f64,
  step: f64,
  eta: f64,
  start: usize,
  position: usize,
  width: usize,
  widthSlope: usize,
  residual: usize,
  byIntensity: usize,
  byPosition: usize,
): void {
  const perStep = 1 / step;
  const steps = pair(0, step);
  const advance = f64x2.splat(2 * step);
  const one = f64x2.splat(1);
  for (let c = 0; c < used; c++) {
    const from = max(0, (c - 1) * binsPerLeaf);
    const to = min(room, (c + 2) * binsPerLeaf);
    const end = load<i32>(start + ((<usize>c) << 2), 4);
    for (let k = load<i32>(start + ((<usize>c) << 2)); k < end; k++) {
      const k8 = (<usize>k) << 3;
      const origin = first - load<f64>(position + k8);
      const h = load<f64>(width + k8);
      const g2 = 0.25 * h * h;
      const square = f64x2.splat(g2);
      const reach = eta > 0 ? GAUSS_REACH * h * perStep : -4;
      const gFrom = gaussFrom(from, to, -origin * perStep, reach);
      const gTo = max(gFrom, gaussTo(from, to, -origin * perStep, reach));
      // Σ r w, Σ r w² d and Σ r w² with w = 1/(g² + d²), then Σ r G, Σ r G d and Σ r G d²
      let s0 = f64x2.splat(0);
      let s1 = s0;
      let s2 = s0;
      let e0 = s0;
      let e1 = s0;
      let e2 = s0;
      let d = f64x2.add(f64x2.splat(origin + <f64>from * step), steps);
      for (let i = from; i < gFrom; i += 2) {
        const w = f64x2.div(one, f64x2.add(square, f64x2.mul(d, d)));
        const rw = f64x2.mul(v128.load(residual + ((<usize>i) << 3)), w);
        const rw2 = f64x2.mul(rw, w);
        s0 = f64x2.add(s0, rw);
        s1 = f64x2.add(s1, f64x2.mul(rw2, d));
        s2 = f64x2.add(s2, rw2);
        d = f64x2.add(d, advance);
      }
      const a = FOUR_LN2 / (h * h);
      if (gFrom < gTo) {
        const d0 = origin + <f64>gFrom * step;
        d = f64x2.add(f64x2.splat(d0), steps);
        const fall = JSMath.exp(-a * step * (2 * d0 + step));
        const curve = JSMath.exp(-2 * a * step * step);
        const even = JSMath.exp(-a * d0 * d0);
        let gauss = pair(even, even * fall);
        const evenRatio = fall * fall * curve;
        let ratio = pair(evenRatio, evenRatio * curve * curve);
        const shrink = f64x2.splat(curve * curve * curve * curve);
        for (let i = gFrom; i < gTo; i += 2) {
          const r = v128.load(residual + ((<usize>i) << 3));
          const w = f64x2.div(one, f64x2.add(square, f64x2.mul(d, d)));
          const rw = f64x2.mul(r, w);
          const rw2 = f64x2.mul(rw, w);
          s0 = f64x2.add(s0, rw);
          s1 = f64x2.add(s1, f64x2.mul(rw2, d));
          s2 = f64x2.add(s2, rw2);
          const rg = f64x2.mul(r, gauss);
          const rgd = f64x2.mul(rg, d);
          e0 = f64x2.add(e0, rg);
          e1 = f64x2.add(e1, rgd);
          e2 = f64x2.add(e2, f64x2.mul(rgd, d));
          d = f64x2.add(d, advance);
          gauss = f64x2.mul(gauss, ratio);
          ratio = f64x2.mul(ratio, shrink);
        }
      }
      for (let i = gTo; i < to; i += 2) {
        const w = f64x2.div(one, f64x2.add(square, f64x2.mul(d, d)));
        const rw = f64x2.mul(v128.load(residual + ((<usize>i) << 3)), w);
        const rw2 = f64x2.mul(rw, w);
        s0 = f64x2.add(s0, rw);
        s1 = f64x2.add(s1, f64x2.mul(rw2, d));
        s2 = f64x2.add(s2, rw2);
        d = f64x2.add(d, advance);
      }
      const sum = bothLanes(s0);
      const lorentzByWidth = 0.5 * h * (sum - g2 * bothLanes(s2));
      const gaussByWidth = (2 * a * bothLanes(e2)) / h;
      const slope = load<f64>(widthSlope + k8);
      store<f64>(byIntensity + k8, (1 - eta) * g2 * sum + eta * bothLanes(e0));
      store<f64>(
        byPosition + k8,
        (1 - eta) * (2 * g2 * bothLanes(s1) + slope * lorentzByWidth) +
          eta * (2 * a * bothLanes(e1) + slope * gaussByWidth),
      );
    }
  }
}
