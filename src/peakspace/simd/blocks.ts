/** The near field by blocks of leaves, for patterns of many peaks: nearBlocks.ts. Leaves have 16 terms, 128 bytes. */

import { bothLanes, pair } from './lanes.ts';

/** Σ I ξⁿ of every leaf, n < 16. @param out [leaves * 16] */
export function nearMoments(leaves: i32, start: usize, local: usize, intensity: usize, out: usize): void {
  for (let c = 0; c < leaves; c++, out += 128) {
    let m0 = f64x2.splat(0);
    let m2 = m0;
    let m4 = m0;
    let m6 = m0;
    let m8 = m0;
    let m10 = m0;
    let m12 = m0;
    let m14 = m0;
    const end = load<i32>(start + ((<usize>c) << 2), 4);
    for (let i = load<i32>(start + ((<usize>c) << 2)); i < end; i++) {
      const at = (<usize>i) << 3;
      const x = load<f64>(local + at);
      const w = load<f64>(intensity + at);
      const x2 = x * x;
      const square = f64x2.splat(x2);
      const fourth = f64x2.splat(x2 * x2);
      const w0 = pair(w, w * x);
      const w2 = f64x2.mul(w0, square);
      const w4 = f64x2.mul(w0, fourth);
      const w6 = f64x2.mul(w2, fourth);
      const w8 = f64x2.mul(w4, fourth);
      const w10 = f64x2.mul(w6, fourth);
      m0 = f64x2.add(m0, w0);
      m2 = f64x2.add(m2, w2);
      m4 = f64x2.add(m4, w4);
      m6 = f64x2.add(m6, w6);
      m8 = f64x2.add(m8, w8);
      m10 = f64x2.add(m10, w10);
      m12 = f64x2.add(m12, f64x2.mul(w8, fourth));
      m14 = f64x2.add(m14, f64x2.mul(w10, fourth));
    }
    v128.store(out, m0);
    v128.store(out, m2, 16);
    v128.store(out, m4, 32);
    v128.store(out, m6, 48);
    v128.store(out, m8, 64);
    v128.store(out, m10, 80);
    v128.store(out, m12, 96);
    v128.store(out, m14, 112);
  }
}

/**
 * Polynomials of the leaves from their own moments and their neighbours'. Overwrites `potential`.
 * @param blocks of every leaf with itself and with the next, [leaves * 2 * 256]
 */
export function nearPotentials(leaves: i32, blocks: usize, moments: usize, potential: usize): void {
  memory.fill(potential, 0, (<usize>leaves) << 7);
  for (let c = 0; c < leaves; c++, blocks += 4096, moments += 128, potential += 128) {
    if (load<f64>(moments) === 0) continue;
    let m0 = v128.load(moments);
    let m2 = v128.load(moments, 16);
    let m4 = v128.load(moments, 32);
    let m6 = v128.load(moments, 48);
    let m8 = v128.load(moments, 64);
    let m10 = v128.load(moments, 80);
    let m12 = v128.load(moments, 96);
    let m14 = v128.load(moments, 112);
    let b = blocks;
    for (let n: usize = 0; n < 128; n += 8, b += 128) {
      const sum = f64x2.add(
        f64x2.add(
          f64x2.add(f64x2.mul(v128.load(b), m0), f64x2.mul(v128.load(b, 16), m2)),
          f64x2.add(f64x2.mul(v128.load(b, 32), m4), f64x2.mul(v128.load(b, 48), m6)),
        ),
        f64x2.add(
          f64x2.add(f64x2.mul(v128.load(b, 64), m8), f64x2.mul(v128.load(b, 80), m10)),
          f64x2.add(f64x2.mul(v128.load(b, 96), m12), f64x2.mul(v128.load(b, 112), m14)),
        ),
      );
      store<f64>(potential + n, load<f64>(potential + n) + bothLanes(sum));
    }
    if (c + 1 === leaves || load<f64>(moments, 128) === 0) continue;
    m0 = v128.load(moments, 128);
    m2 = v128.load(moments, 144);
    m4 = v128.load(moments, 160);
    m6 = v128.load(moments, 176);
    m8 = v128.load(moments, 192);
    m10 = v128.load(moments, 208);
    m12 = v128.load(moments, 224);
    m14 = v128.load(moments, 240);
    const next = potential + 128;
    for (let n: usize = 0; n < 128; n += 8, b += 128) {
      const mine = v128.load_splat<f64>(moments + n);
      const b0 = v128.load(b);
      const b2 = v128.load(b, 16);
      const b4 = v128.load(b, 32);
      const b6 = v128.load(b, 48);
      let sum = f64x2.add(
        f64x2.add(f64x2.mul(b0, m0), f64x2.mul(b2, m2)),
        f64x2.add(f64x2.mul(b4, m4), f64x2.mul(b6, m6)),
      );
      v128.store(next, f64x2.add(v128.load(next), f64x2.mul(b0, mine)));
      v128.store(next, f64x2.add(v128.load(next, 16), f64x2.mul(b2, mine)), 16);
      v128.store(next, f64x2.add(v128.load(next, 32), f64x2.mul(b4, mine)), 32);
      v128.store(next, f64x2.add(v128.load(next, 48), f64x2.mul(b6, mine)), 48);
      const b8 = v128.load(b, 64);
      const b10 = v128.load(b, 80);
      const b12 = v128.load(b, 96);
      const b14 = v128.load(b, 112);
      sum = f64x2.add(
        sum,
        f64x2.add(
          f64x2.add(f64x2.mul(b8, m8), f64x2.mul(b10, m10)),
          f64x2.add(f64x2.mul(b12, m12), f64x2.mul(b14, m14)),
        ),
      );
      v128.store(next, f64x2.add(v128.load(next, 64), f64x2.mul(b8, mine)), 64);
      v128.store(next, f64x2.add(v128.load(next, 80), f64x2.mul(b10, mine)), 80);
      v128.store(next, f64x2.add(v128.load(next, 96), f64x2.mul(b12, mine)), 96);
      v128.store(next, f64x2.add(v128.load(next, 112), f64x2.mul(b14, mine)), 112);
      store<f64>(potential + n, load<f64>(potential + n) + bothLanes(sum));
    }
  }
}
