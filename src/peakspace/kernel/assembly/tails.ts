/** Tails of profiles through moments and polynomials of the leaves, twelve terms or 96 bytes each. */

import { bothLanes, pair } from './lanes.ts';

/**
 * potential += B moments.
 * @param pairs i32, cell and the cell of the peaks, [count * 2]
 * @param blocks [count * 144], rows for the first cell
 */
export function tailsForward(
  count: i32,
  pairs: usize,
  blocks: usize,
  moments: usize,
  potential: usize,
): void {
  for (let i = 0; i < count; i++, pairs += 8, blocks += 1152) {
    const m = moments + <usize>(load<i32>(pairs, 4) * 96);
    if (load<f64>(m) === 0) continue;
    const m0 = v128.load(m);
    const m2 = v128.load(m, 16);
    const m4 = v128.load(m, 32);
    const m6 = v128.load(m, 48);
    const m8 = v128.load(m, 64);
    const m10 = v128.load(m, 80);
    const y = potential + <usize>(load<i32>(pairs) * 96);
    let b = blocks;
    for (let n: usize = 0; n < 96; n += 8, b += 96) {
      const sum = f64x2.add(
        f64x2.add(
          f64x2.add(f64x2.mul(v128.load(b), m0), f64x2.mul(v128.load(b, 16), m2)),
          f64x2.add(f64x2.mul(v128.load(b, 32), m4), f64x2.mul(v128.load(b, 48), m6)),
        ),
        f64x2.add(f64x2.mul(v128.load(b, 64), m8), f64x2.mul(v128.load(b, 80), m10)),
      );
      store<f64>(y + n, load<f64>(y + n) + bothLanes(sum));
    }
  }
}

/** potential += Bᵀ · residual moments, where there are peaks. */
export function tailsBack(
  count: i32,
  pairs: usize,
  blocks: usize,
  moments: usize,
  residualMoments: usize,
  potential: usize,
): void {
  for (let i = 0; i < count; i++, pairs += 8, blocks += 1152) {
    const source = <usize>(load<i32>(pairs, 4) * 96);
    if (load<f64>(moments + source) === 0) continue;
    const y = potential + source;
    let y0 = v128.load(y);
    let y2 = v128.load(y, 16);
    let y4 = v128.load(y, 32);
    let y6 = v128.load(y, 48);
    let y8 = v128.load(y, 64);
    let y10 = v128.load(y, 80);
    const r = residualMoments + <usize>(load<i32>(pairs) * 96);
    let b = blocks;
    for (let n: usize = 0; n < 96; n += 8, b += 96) {
      const rn = v128.load_splat<f64>(r + n);
      y0 = f64x2.add(y0, f64x2.mul(v128.load(b), rn));
      y2 = f64x2.add(y2, f64x2.mul(v128.load(b, 16), rn));
      y4 = f64x2.add(y4, f64x2.mul(v128.load(b, 32), rn));
      y6 = f64x2.add(y6, f64x2.mul(v128.load(b, 48), rn));
      y8 = f64x2.add(y8, f64x2.mul(v128.load(b, 64), rn));
      y10 = f64x2.add(y10, f64x2.mul(v128.load(b, 80), rn));
    }
    v128.store(y, y0);
    v128.store(y, y2, 16);
    v128.store(y, y4, 32);
    v128.store(y, y6, 48);
    v128.store(y, y8, 64);
    v128.store(y, y10, 80);
  }
}

/**
 * Writes the polynomials of the leaves at all padded bins; bins at ±ξ share the even and the odd part.
 * @param half of the bins of a leaf
 */
export function leavesToBins(used: i32, half: i32, potential: usize, padded: usize): void {
  const perBin = 0.5 / <f64>half;
  const advance = f64x2.splat(4 * perBin);
  for (let c = 0; c < used; c++, potential += 96) {
    let right = padded + ((<usize>(2 * c * half + half)) << 3);
    let left = right - 16;
    let x = pair(perBin, 3 * perBin);
    for (let j = 0; j < half; j += 2, right += 16, left -= 16) {
      const s = f64x2.mul(x, x);
      let even = v128.load_splat<f64>(potential + 80);
      let odd = v128.load_splat<f64>(potential + 88);
      for (let n = 4; n >= 0; n--) {
        const y = potential + ((<usize>n) << 4);
        even = f64x2.add(v128.load_splat<f64>(y), f64x2.mul(s, even));
        odd = f64x2.add(v128.load_splat<f64>(y, 8), f64x2.mul(s, odd));
      }
      odd = f64x2.mul(odd, x);
      const up = f64x2.add(even, odd);
      const down = f64x2.sub(even, odd);
      if (j + 1 < half) {
        v128.store(right, up);
        v128.store(left, v128.shuffle<f64>(down, down, 1, 0));
      } else {
        store<f64>(right, f64x2.extract_lane(up, 0));
        store<f64>(left, f64x2.extract_lane(down, 0), 8);
      }
      x = f64x2.add(x, advance);
    }
  }
}

/** Moments Σ r ξⁿ of a residual on the padded bins, for every leaf. */
export function binsToLeaves(used: i32, half: i32, residual: usize, moments: usize): void {
  const perBin = 0.5 / <f64>half;
  for (let c = 0; c < used; c++, moments += 96) {
    let m0 = f64x2.splat(0);
    let m2 = m0;
    let m4 = m0;
    let m6 = m0;
    let m8 = m0;
    let m10 = m0;
    let up = residual + ((<usize>(2 * c * half + half)) << 3);
    let down = up - 8;
    for (let j = 0; j < half; j++, up += 8, down -= 8) {
      const x = <f64>(2 * j + 1) * perBin;
      const right = load<f64>(up);
      const left = load<f64>(down);
      const s = f64x2.splat(x * x);
      const s2 = f64x2.mul(s, s);
      const r0 = pair(right + left, x * (right - left));
      const r4 = f64x2.mul(r0, s2);
      const r8 = f64x2.mul(r4, s2);
      m0 = f64x2.add(m0, r0);
      m2 = f64x2.add(m2, f64x2.mul(r0, s));
      m4 = f64x2.add(m4, r4);
      m6 = f64x2.add(m6, f64x2.mul(r4, s));
      m8 = f64x2.add(m8, r8);
      m10 = f64x2.add(m10, f64x2.mul(r8, s));
    }
    v128.store(moments, m0);
    v128.store(moments, m2, 16);
    v128.store(moments, m4, 32);
    v128.store(moments, m6, 48);
    v128.store(moments, m8, 64);
    v128.store(moments, m10, 80);
  }
}
