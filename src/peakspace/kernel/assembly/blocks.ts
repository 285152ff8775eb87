/** The near field by blocks of leaves, for patterns of many peaks: ../../overlap/nearBlocks.ts. Leaves have 16 terms, 128 bytes. */

import { bothLanes } from './lanes.ts';

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
