/** The overlap of distant peaks through blocks between cells. Cells have ten terms, 80 bytes. */

import { bothLanes } from './lanes.ts';

/**
 * potential += B moments between the cells of every pair, both ways in one pass over the block.
 * @param pairs i32, cell and other cell, [count * 2]
 * @param blocks [count * 100], rows for the first cell
 */
export function throughBlocks(
  count: i32,
  pairs: usize,
  blocks: usize,
  moments: usize,
  potential: usize,
): void {
  for (let i = 0; i < count; i++, pairs += 8, blocks += 800) {
    const p = <usize>(load<i32>(pairs) * 80);
    const q = <usize>(load<i32>(pairs, 4) * 80);
    const mp = moments + p;
    const mq = moments + q;
    if (load<f64>(mp) === 0 || load<f64>(mq) === 0) continue;
    const m01 = v128.load(mq);
    const m23 = v128.load(mq, 16);
    const m45 = v128.load(mq, 32);
    const m67 = v128.load(mq, 48);
    const m89 = v128.load(mq, 64);
    const yq = potential + q;
    let y01 = v128.load(yq);
    let y23 = v128.load(yq, 16);
    let y45 = v128.load(yq, 32);
    let y67 = v128.load(yq, 48);
    let y89 = v128.load(yq, 64);
    const yp = potential + p;
    let b = blocks;
    for (let n: usize = 0; n < 80; n += 8, b += 80) {
      const mine = v128.load_splat<f64>(mp + n);
      const b01 = v128.load(b);
      const b23 = v128.load(b, 16);
      const b45 = v128.load(b, 32);
      const b67 = v128.load(b, 48);
      const b89 = v128.load(b, 64);
      const sum = f64x2.add(
        f64x2.add(
          f64x2.add(f64x2.mul(b01, m01), f64x2.mul(b23, m23)),
          f64x2.add(f64x2.mul(b45, m45), f64x2.mul(b67, m67)),
        ),
        f64x2.mul(b89, m89),
      );
      y01 = f64x2.add(y01, f64x2.mul(b01, mine));
      y23 = f64x2.add(y23, f64x2.mul(b23, mine));
      y45 = f64x2.add(y45, f64x2.mul(b45, mine));
      y67 = f64x2.add(y67, f64x2.mul(b67, mine));
      y89 = f64x2.add(y89, f64x2.mul(b89, mine));
      store<f64>(yp + n, load<f64>(yp + n) + bothLanes(sum));
    }
    v128.store(yq, y01);
    v128.store(yq, y23, 16);
    v128.store(yq, y45, 32);
    v128.store(yq, y67, 48);
    v128.store(yq, y89, 64);
  }
}

/** Σ over pairs of 2 μᵀ B μ′. */
export function farEnergy(count: i32, pairs: usize, blocks: usize, moments: usize): f64 {
  let energy = f64x2.splat(0);
  for (let i = 0; i < count; i++, pairs += 8, blocks += 800) {
    const mp = moments + <usize>(load<i32>(pairs) * 80);
    const mq = moments + <usize>(load<i32>(pairs, 4) * 80);
    if (load<f64>(mp) === 0 || load<f64>(mq) === 0) continue;
    const m01 = v128.load(mq);
    const m23 = v128.load(mq, 16);
    const m45 = v128.load(mq, 32);
    const m67 = v128.load(mq, 48);
    const m89 = v128.load(mq, 64);
    let b = blocks;
    for (let n: usize = 0; n < 80; n += 8, b += 80) {
      const sum = f64x2.add(
        f64x2.add(
          f64x2.add(f64x2.mul(v128.load(b), m01), f64x2.mul(v128.load(b, 16), m23)),
          f64x2.add(f64x2.mul(v128.load(b, 32), m45), f64x2.mul(v128.load(b, 48), m67)),
        ),
        f64x2.mul(v128.load(b, 64), m89),
      );
      energy = f64x2.add(energy, f64x2.mul(sum, v128.load_splat<f64>(mp + n)));
    }
  }
  return 2 * bothLanes(energy);
}
