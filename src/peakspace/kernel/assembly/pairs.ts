/** Near pairs by the table of the overlap, two at a time: O = σ P(v, ε), P = o0 + ε² o2 (../../overlap/overlapKernel.ts). */

import { bothLanes } from './lanes.ts';

/**
 * Overwrites A and T with the self terms and those of all pairs in a leaf and in adjacent leaves. With v = |d|/σ,
 * ε = (H₁ − H₂)/σ, D = ∂P/∂v, S = P − v D (∂O/∂σ without ε) and E = ∂P/∂ε = 2 ε o2:
 *   ∂O/∂t₁ = ± D + H₁′ (S + E (1 − ε)),  ∂O/∂t₂ = ∓ D + H₂′ (S − E (1 + ε)),
 * the sign that of t₁ − t₂, since σ ∂ε/∂H₁ = 1 − ε and σ ∂ε/∂H₂ = −(1 + ε). Self terms: O = 2H o0(0), half of whose
 * derivative is H′ o0(0).
 * @param table value and slope of every coefficient side by side, highest first: six of o0, three of o2, [panels * 18]
 */
export function nearField(
  leaves: i32,
  table: usize,
  panelsPerUnit: f64,
  self: f64,
  start: usize,
  position: usize,
  width: usize,
  intensity: usize,
  widthSlope: usize,
  byIntensity: usize,
  byPosition: usize,
): void {
  const count = load<i32>(start + ((<usize>leaves) << 2));
  for (let i = 0; i < count; i++) {
    const at = (<usize>i) << 3;
    const height = self * load<f64>(intensity + at);
    store<f64>(byIntensity + at, 2 * height * load<f64>(width + at));
    store<f64>(byPosition + at, height * load<f64>(widthSlope + at));
  }
  const one = f64x2.splat(1);
  const perUnit = f64x2.splat(panelsPerUnit);
  const perPanel = f64x2.splat(2 * panelsPerUnit);
  for (let c = 0; c < leaves; c++) {
    const bound = start + ((<usize>c) << 2);
    const own = load<i32>(bound, 4);
    const end = c + 1 < leaves ? load<i32>(bound, 8) : own;
    for (let i = load<i32>(bound); i < own; i++) {
      const at = (<usize>i) << 3;
      const t = v128.load_splat<f64>(position + at);
      const h = v128.load_splat<f64>(width + at);
      const hSlope = v128.load_splat<f64>(widthSlope + at);
      const weight = load<f64>(intensity + at);
      let value = f64x2.splat(0);
      let slope = value;
      for (let j = i + 1; j < end; j += 2) {
        const to = (<usize>j) << 3;
        let tj = v128.load(position + to);
        let hj = v128.load(width + to);
        let other = v128.load(intensity + to);
        let mine = f64x2.splat(weight);
        if (j + 1 === end) {
          // the second lane repeats the first and counts for nothing
          tj = v128.shuffle<f64>(tj, tj, 0, 0);
          hj = v128.shuffle<f64>(hj, hj, 0, 0);
          other = f64x2.replace_lane(other, 1, 0);
          mine = f64x2.replace_lane(mine, 1, 0);
        }
        const d = f64x2.sub(t, tj);
        const sigma = f64x2.add(h, hj);
        const perSigma = f64x2.div(one, sigma);
        const v = f64x2.mul(f64x2.abs(d), perSigma);
        const e = f64x2.mul(f64x2.sub(h, hj), perSigma);
        const scaled = f64x2.mul(v, perUnit);
        const panels = i32x4.trunc_sat_f64x2_s_zero(scaled);
        const whole = f64x2.convert_low_i32x4_s(panels);
        const rest = f64x2.sub(scaled, whole);
        const x = f64x2.sub(f64x2.add(rest, rest), one);
        const xA = v128.shuffle<f64>(x, x, 0, 0);
        const xB = v128.shuffle<f64>(x, x, 1, 1);
        const a = table + <usize>(i32x4.extract_lane(panels, 0) * 144);
        const b = table + <usize>(i32x4.extract_lane(panels, 1) * 144);
        let p = f64x2.add(v128.load(a, 16), f64x2.mul(xA, v128.load(a)));
        let q = f64x2.add(v128.load(b, 16), f64x2.mul(xB, v128.load(b)));
        p = f64x2.add(v128.load(a, 32), f64x2.mul(xA, p));
        q = f64x2.add(v128.load(b, 32), f64x2.mul(xB, q));
        p = f64x2.add(v128.load(a, 48), f64x2.mul(xA, p));
        q = f64x2.add(v128.load(b, 48), f64x2.mul(xB, q));
        p = f64x2.add(v128.load(a, 64), f64x2.mul(xA, p));
        q = f64x2.add(v128.load(b, 64), f64x2.mul(xB, q));
        p = f64x2.add(v128.load(a, 80), f64x2.mul(xA, p));
        q = f64x2.add(v128.load(b, 80), f64x2.mul(xB, q));
        let p2 = f64x2.add(v128.load(a, 112), f64x2.mul(xA, v128.load(a, 96)));
        let q2 = f64x2.add(v128.load(b, 112), f64x2.mul(xB, v128.load(b, 96)));
        p2 = f64x2.add(v128.load(a, 128), f64x2.mul(xA, p2));
        q2 = f64x2.add(v128.load(b, 128), f64x2.mul(xB, q2));
        const o2 = v128.shuffle<f64>(p2, q2, 0, 2);
        const e2 = f64x2.mul(e, e);
        const o = f64x2.add(v128.shuffle<f64>(p, q, 0, 2), f64x2.mul(e2, o2));
        const byX = f64x2.add(v128.shuffle<f64>(p, q, 1, 3), f64x2.mul(e2, v128.shuffle<f64>(p2, q2, 1, 3)));
        const byV = f64x2.mul(perPanel, byX);
        const common = f64x2.sub(o, f64x2.mul(v, byV));
        const eo2 = f64x2.mul(e, o2);
        const byE = f64x2.add(eo2, eo2);
        // the sign of d
        const along = v128.xor(byV, v128.and(d, f64x2.splat(-0.0)));
        const overlap = f64x2.mul(sigma, o);
        value = f64x2.add(value, f64x2.mul(other, overlap));
        slope = f64x2.add(
          slope,
          f64x2.mul(
            other,
            f64x2.add(along, f64x2.mul(hSlope, f64x2.add(common, f64x2.mul(byE, f64x2.sub(one, e))))),
          ),
        );
        v128.store(byIntensity + to, f64x2.add(v128.load(byIntensity + to), f64x2.mul(mine, overlap)));
        v128.store(
          byPosition + to,
          f64x2.add(
            v128.load(byPosition + to),
            f64x2.mul(
              mine,
              f64x2.sub(
                f64x2.mul(v128.load(widthSlope + to), f64x2.sub(common, f64x2.mul(byE, f64x2.add(one, e)))),
                along,
              ),
            ),
          ),
        );
      }
      store<f64>(byIntensity + at, load<f64>(byIntensity + at) + bothLanes(value));
      store<f64>(byPosition + at, load<f64>(byPosition + at) + bothLanes(slope));
    }
  }
}
