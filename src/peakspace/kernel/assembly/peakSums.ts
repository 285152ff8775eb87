/** Sums over the peaks (../peakFinder.ts): their product with the target, and the gradient in G*. */

import { bothLanes } from './lanes.ts';

/**
 * x · x̂ = Σ I G(t) and its derivative in u of every peak.
 * @param table as TargetTable.coefficients, [panels * 8]
 * @param position and intensity have an entry beyond the last
 */
export function productWithTarget(
  n: i32,
  table: usize,
  low: f64,
  perDegree: f64,
  position: usize,
  intensity: usize,
  positionByU: usize,
  intensityByU: usize,
  dotByU: usize,
): f64 {
  const two = f64x2.splat(2);
  let dot = f64x2.splat(0);
  if (n & 1) {
    // the second lane of the last pair counts for nothing, and must not point beyond the table
    const beyond = (<usize>n) << 3;
    store<f64>(intensity + beyond, 0);
    store<f64>(position + beyond, load<f64>(position + beyond - 8));
  }
  for (let i = 0; i < n; i += 2) {
    const at = (<usize>i) << 3;
    const scaled = f64x2.mul(f64x2.sub(v128.load(position + at), f64x2.splat(low)), f64x2.splat(perDegree));
    const panels = i32x4.trunc_sat_f64x2_s_zero(scaled);
    const x = f64x2.sub(f64x2.mul(two, f64x2.sub(scaled, f64x2.convert_low_i32x4_s(panels))), f64x2.splat(1));
    const a = table + ((<usize>i32x4.extract_lane(panels, 0)) << 6);
    const b = table + ((<usize>i32x4.extract_lane(panels, 1)) << 6);
    const a67 = v128.load(a, 48);
    const b67 = v128.load(b, 48);
    // value and slope by one Horner scheme
    let value = v128.shuffle<f64>(a67, b67, 1, 3);
    let slope = value;
    value = f64x2.add(f64x2.mul(value, x), v128.shuffle<f64>(a67, b67, 0, 2));
    const a45 = v128.load(a, 32);
    const b45 = v128.load(b, 32);
    slope = f64x2.add(f64x2.mul(slope, x), value);
    value = f64x2.add(f64x2.mul(value, x), v128.shuffle<f64>(a45, b45, 1, 3));
    slope = f64x2.add(f64x2.mul(slope, x), value);
    value = f64x2.add(f64x2.mul(value, x), v128.shuffle<f64>(a45, b45, 0, 2));
    const a23 = v128.load(a, 16);
    const b23 = v128.load(b, 16);
    slope = f64x2.add(f64x2.mul(slope, x), value);
    value = f64x2.add(f64x2.mul(value, x), v128.shuffle<f64>(a23, b23, 1, 3));
    slope = f64x2.add(f64x2.mul(slope, x), value);
    value = f64x2.add(f64x2.mul(value, x), v128.shuffle<f64>(a23, b23, 0, 2));
    const a01 = v128.load(a);
    const b01 = v128.load(b);
    slope = f64x2.add(f64x2.mul(slope, x), value);
    value = f64x2.add(f64x2.mul(value, x), v128.shuffle<f64>(a01, b01, 1, 3));
    slope = f64x2.add(f64x2.mul(slope, x), value);
    value = f64x2.add(f64x2.mul(value, x), v128.shuffle<f64>(a01, b01, 0, 2));
    const height = v128.load(intensity + at);
    dot = f64x2.add(dot, f64x2.mul(height, value));
    const byPosition = f64x2.mul(f64x2.mul(f64x2.splat(2 * perDegree), slope), height);
    v128.store(
      dotByU + at,
      f64x2.add(
        f64x2.mul(value, v128.load(intensityByU + at)),
        f64x2.mul(byPosition, v128.load(positionByU + at)),
      ),
    );
  }
  return bothLanes(dot);
}

/**
 * Γ = Σ dL/du h hᵀ with dL/du = k₁ d(x·x̂)/du + k₂ (A dI/du + I T dt/du).
 * @param products as for `insideWindow`
 * @param place i32, where A and T of a peak stand
 * @param out Γ as 11, 22, 33, 12, 13, 23
 */
export function assemble(
  n: i32,
  products: usize,
  index: usize,
  place: usize,
  intensity: usize,
  positionByU: usize,
  intensityByU: usize,
  dotByU: usize,
  byIntensity: usize,
  byPosition: usize,
  k1: f64,
  k2: f64,
  out: usize,
): void {
  let g11: f64 = 0;
  let g22: f64 = 0;
  let g33: f64 = 0;
  let g12: f64 = 0;
  let g13: f64 = 0;
  let g23: f64 = 0;
  for (let i = 0; i < n; i++) {
    const at = (<usize>i) << 3;
    const to = (<usize>load<i32>(place + ((<usize>i) << 2))) << 3;
    const byNorm =
      load<f64>(byIntensity + to) * load<f64>(intensityByU + at) +
      load<f64>(byPosition + to) * load<f64>(intensity + at) * load<f64>(positionByU + at);
    const byU = k1 * load<f64>(dotByU + at) + k2 * byNorm;
    const k = load<i32>(index + ((<usize>i) << 2));
    const h = products + <usize>((k >> 1) * 96 + (k & 1) * 8);
    g11 += byU * load<f64>(h);
    g22 += byU * load<f64>(h, 16);
    g33 += byU * load<f64>(h, 32);
    g12 += byU * load<f64>(h, 48);
    g13 += byU * load<f64>(h, 64);
    g23 += byU * load<f64>(h, 80);
  }
  store<f64>(out, g11);
  store<f64>(out, g22, 8);
  store<f64>(out, g33, 16);
  store<f64>(out, g12, 24);
  store<f64>(out, g13, 32);
  store<f64>(out, g23, 40);
}
