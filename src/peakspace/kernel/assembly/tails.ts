/** Tails of profiles through moments and polynomials of the leaves, twelve terms or 96 bytes each. */

import { pair, sumsOf } from './lanes.ts';

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
    for (let n: usize = 0; n < 96; n += 16, b += 192) {
      const first = f64x2.add(
        f64x2.add(
          f64x2.add(f64x2.mul(v128.load(b), m0), f64x2.mul(v128.load(b, 16), m2)),
          f64x2.add(f64x2.mul(v128.load(b, 32), m4), f64x2.mul(v128.load(b, 48), m6)),
        ),
        f64x2.add(f64x2.mul(v128.load(b, 64), m8), f64x2.mul(v128.load(b, 80), m10)),
      );
      const second = f64x2.add(
        f64x2.add(
          f64x2.add(f64x2.mul(v128.load(b, 96), m0), f64x2.mul(v128.load(b, 112), m2)),
          f64x2.add(f64x2.mul(v128.load(b, 128), m4), f64x2.mul(v128.load(b, 144), m6)),
        ),
        f64x2.add(f64x2.mul(v128.load(b, 160), m8), f64x2.mul(v128.load(b, 176), m10)),
      );
      v128.store(y + n, f64x2.add(v128.load(y + n), sumsOf(first, second)));
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
    const y0 = v128.load_splat<f64>(potential);
    const y1 = v128.load_splat<f64>(potential, 8);
    const y2 = v128.load_splat<f64>(potential, 16);
    const y3 = v128.load_splat<f64>(potential, 24);
    const y4 = v128.load_splat<f64>(potential, 32);
    const y5 = v128.load_splat<f64>(potential, 40);
    const y6 = v128.load_splat<f64>(potential, 48);
    const y7 = v128.load_splat<f64>(potential, 56);
    const y8 = v128.load_splat<f64>(potential, 64);
    const y9 = v128.load_splat<f64>(potential, 72);
    const y10 = v128.load_splat<f64>(potential, 80);
    const y11 = v128.load_splat<f64>(potential, 88);
    let right = padded + ((<usize>(2 * c * half + half)) << 3);
    let left = right - 16;
    let x = pair(perBin, 3 * perBin);
    for (let j = 0; j < half; j += 2, right += 16, left -= 16) {
      const s = f64x2.mul(x, x);
      let even = f64x2.add(y8, f64x2.mul(s, y10));
      let odd = f64x2.add(y9, f64x2.mul(s, y11));
      even = f64x2.add(y6, f64x2.mul(s, even));
      odd = f64x2.add(y7, f64x2.mul(s, odd));
      even = f64x2.add(y4, f64x2.mul(s, even));
      odd = f64x2.add(y5, f64x2.mul(s, odd));
      even = f64x2.add(y2, f64x2.mul(s, even));
      odd = f64x2.add(y3, f64x2.mul(s, odd));
      even = f64x2.add(y0, f64x2.mul(s, even));
      odd = f64x2.mul(x, f64x2.add(y1, f64x2.mul(s, odd)));
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

/**
 * Moments Σ r ξⁿ of a residual on the padded bins, for every leaf: even ones of the sums of bins at ±ξ, odd ones of their
 * differences, two ξ at once.
 */
export function binsToLeaves(used: i32, half: i32, residual: usize, moments: usize): void {
  const perBin = 0.5 / <f64>half;
  const advance = f64x2.splat(4 * perBin);
  for (let c = 0; c < used; c++, moments += 96) {
    let m0 = f64x2.splat(0);
    let m1 = m0;
    let m2 = m0;
    let m3 = m0;
    let m4 = m0;
    let m5 = m0;
    let m6 = m0;
    let m7 = m0;
    let m8 = m0;
    let m9 = m0;
    let m10 = m0;
    let m11 = m0;
    let right = residual + ((<usize>(2 * c * half + half)) << 3);
    let left = right - 16;
    let x = pair(perBin, 3 * perBin);
    for (let j = 0; j < half; j += 2, right += 16, left -= 16) {
      let up: v128;
      let down: v128;
      if (j + 1 < half) {
        up = v128.load(right);
        const mirrored = v128.load(left);
        down = v128.shuffle<f64>(mirrored, mirrored, 1, 0);
      } else {
        up = v128.load64_zero(right);
        down = v128.load64_zero(left, 8);
      }
      const s = f64x2.mul(x, x);
      let even = f64x2.add(up, down);
      let odd = f64x2.mul(x, f64x2.sub(up, down));
      m0 = f64x2.add(m0, even);
      m1 = f64x2.add(m1, odd);
      even = f64x2.mul(even, s);
      odd = f64x2.mul(odd, s);
      m2 = f64x2.add(m2, even);
      m3 = f64x2.add(m3, odd);
      even = f64x2.mul(even, s);
      odd = f64x2.mul(odd, s);
      m4 = f64x2.add(m4, even);
      m5 = f64x2.add(m5, odd);
      even = f64x2.mul(even, s);
      odd = f64x2.mul(odd, s);
      m6 = f64x2.add(m6, even);
      m7 = f64x2.add(m7, odd);
      even = f64x2.mul(even, s);
      odd = f64x2.mul(odd, s);
      m8 = f64x2.add(m8, even);
      m9 = f64x2.add(m9, odd);
      even = f64x2.mul(even, s);
      odd = f64x2.mul(odd, s);
      m10 = f64x2.add(m10, even);
      m11 = f64x2.add(m11, odd);
      x = f64x2.add(x, advance);
    }
    v128.store(moments, sumsOf(m0, m1));
    v128.store(moments, sumsOf(m2, m3), 16);
    v128.store(moments, sumsOf(m4, m5), 32);
    v128.store(moments, sumsOf(m6, m7), 48);
    v128.store(moments, sumsOf(m8, m9), 64);
    v128.store(moments, sumsOf(m10, m11), 80);
  }
}
