/** Moments up the tree, far blocks, polynomials down: cellShifts.ts, farField.ts. Cells have ten terms, 80 bytes. */

import { bothLanes } from './lanes.ts';

/**
 * Moments of the parents of one level from those of their halves.
 * @param shift SHIFT by columns, rows n in pairs, upper entries zero: [10 * 10], column j at 80 j
 * @param moments of the first parent
 * @param children of its left half
 */
export function moveUp(cells: i32, shift: usize, moments: usize, children: usize): void {
  for (let c = 0; c < cells; c++, moments += 80, children += 160) {
    if (load<f64>(children) === 0 && load<f64>(children, 80) === 0) {
      memory.fill(moments, 0, 80);
      continue;
    }
    let m01 = f64x2.splat(0);
    let m23 = m01;
    let m45 = m01;
    let m67 = m01;
    let m89 = m01;
    let column = shift;
    for (let j: usize = 0; j < 80; j += 16) {
      const left = v128.load(children + j);
      const right = v128.load(children + j, 80);
      const sum = f64x2.add(right, left);
      const difference = f64x2.sub(right, left);
      // even j: rows n − j even take the sum; odd j: the first of a pair of rows takes the difference
      const even = v128.shuffle<f64>(sum, difference, 0, 2);
      const odd = v128.shuffle<f64>(difference, sum, 1, 3);
      m01 = f64x2.add(m01, f64x2.mul(v128.load(column), even));
      m23 = f64x2.add(m23, f64x2.mul(v128.load(column, 16), even));
      m45 = f64x2.add(m45, f64x2.mul(v128.load(column, 32), even));
      m67 = f64x2.add(m67, f64x2.mul(v128.load(column, 48), even));
      m89 = f64x2.add(m89, f64x2.mul(v128.load(column, 64), even));
      m01 = f64x2.add(m01, f64x2.mul(v128.load(column, 80), odd));
      m23 = f64x2.add(m23, f64x2.mul(v128.load(column, 96), odd));
      m45 = f64x2.add(m45, f64x2.mul(v128.load(column, 112), odd));
      m67 = f64x2.add(m67, f64x2.mul(v128.load(column, 128), odd));
      m89 = f64x2.add(m89, f64x2.mul(v128.load(column, 144), odd));
      column += 160;
    }
    v128.store(moments, m01);
    v128.store(moments, m23, 16);
    v128.store(moments, m45, 32);
    v128.store(moments, m67, 48);
    v128.store(moments, m89, 64);
  }
}

/**
 * Polynomials of one level's cells, added to those of their halves.
 * @param shift SHIFT by rows, [10 * 10], row n at 80 n, upper entries zero
 * @param moments of the level's first cell: cells without intensity are left out
 */
export function moveDown(cells: i32, shift: usize, moments: usize, potential: usize, children: usize): void {
  for (let c = 0; c < cells; c++, moments += 80, potential += 80, children += 160) {
    if (load<f64>(moments) === 0) continue;
    // sums over even n and over odd n, of all j
    let row = shift;
    let e01 = f64x2.splat(0);
    let e23 = e01;
    let e45 = e01;
    let e67 = e01;
    let e89 = e01;
    let o01 = e01;
    let o23 = e01;
    let o45 = e01;
    let o67 = e01;
    let o89 = e01;
    for (let n: usize = 0; n < 80; n += 16) {
      const even = v128.load_splat<f64>(potential + n);
      const odd = v128.load_splat<f64>(potential + n, 8);
      e01 = f64x2.add(e01, f64x2.mul(v128.load(row), even));
      e23 = f64x2.add(e23, f64x2.mul(v128.load(row, 16), even));
      e45 = f64x2.add(e45, f64x2.mul(v128.load(row, 32), even));
      e67 = f64x2.add(e67, f64x2.mul(v128.load(row, 48), even));
      e89 = f64x2.add(e89, f64x2.mul(v128.load(row, 64), even));
      o01 = f64x2.add(o01, f64x2.mul(v128.load(row, 80), odd));
      o23 = f64x2.add(o23, f64x2.mul(v128.load(row, 96), odd));
      o45 = f64x2.add(o45, f64x2.mul(v128.load(row, 112), odd));
      o67 = f64x2.add(o67, f64x2.mul(v128.load(row, 128), odd));
      o89 = f64x2.add(o89, f64x2.mul(v128.load(row, 144), odd));
      row += 160;
    }
    share(children, e01, o01);
    share(children + 16, e23, o23);
    share(children + 32, e45, o45);
    share(children + 48, e67, o67);
    share(children + 64, e89, o89);
  }
}

/** Terms j and j + 1, j even, of both halves: n − j even terms are E, odd ones D; left E − D, right E + D. */
function share(child: usize, even: v128, odd: v128): void {
  const e = v128.shuffle<f64>(even, odd, 0, 3);
  const d = v128.shuffle<f64>(odd, even, 0, 3);
  v128.store(child, f64x2.add(v128.load(child), f64x2.sub(e, d)));
  v128.store(child, f64x2.add(v128.load(child, 80), f64x2.add(e, d)), 80);
}

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
