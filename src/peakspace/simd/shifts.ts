/** Moments and polynomials of twelve terms or 96 bytes between cells and their halves: patternShifts.ts. */

/**
 * Moments of the parents of one level from those of their halves.
 * @param shift SHIFT by columns, rows n in pairs, upper entries zero: [12 * 12], column j at 96 j
 * @param moments of the first parent
 * @param children of its left half
 */
export function patternUp(cells: i32, shift: usize, moments: usize, children: usize): void {
  for (let c = 0; c < cells; c++, moments += 96, children += 192) {
    let m0 = f64x2.splat(0);
    let m2 = m0;
    let m4 = m0;
    let m6 = m0;
    let m8 = m0;
    let m10 = m0;
    let column = shift;
    for (let j: usize = 0; j < 48; j += 16, column += 192) {
      const left = v128.load(children + j);
      const right = v128.load(children + j, 96);
      const sum = f64x2.add(right, left);
      const difference = f64x2.sub(right, left);
      // even j: rows n − j even take the sum; odd j: the first of a pair of rows takes the difference
      const even = v128.shuffle<f64>(sum, difference, 0, 2);
      const odd = v128.shuffle<f64>(difference, sum, 1, 3);
      m0 = f64x2.add(m0, f64x2.add(term(column, 0, even), term(column, 96, odd)));
      m2 = f64x2.add(m2, f64x2.add(term(column, 16, even), term(column, 112, odd)));
      m4 = f64x2.add(m4, f64x2.add(term(column, 32, even), term(column, 128, odd)));
      m6 = f64x2.add(m6, f64x2.add(term(column, 48, even), term(column, 144, odd)));
      m8 = f64x2.add(m8, f64x2.add(term(column, 64, even), term(column, 160, odd)));
      m10 = f64x2.add(m10, f64x2.add(term(column, 80, even), term(column, 176, odd)));
    }
    // columns from 6 on have no rows before 6
    for (let j: usize = 48; j < 96; j += 16, column += 192) {
      const left = v128.load(children + j);
      const right = v128.load(children + j, 96);
      const sum = f64x2.add(right, left);
      const difference = f64x2.sub(right, left);
      const even = v128.shuffle<f64>(sum, difference, 0, 2);
      const odd = v128.shuffle<f64>(difference, sum, 1, 3);
      m6 = f64x2.add(m6, f64x2.add(term(column, 48, even), term(column, 144, odd)));
      m8 = f64x2.add(m8, f64x2.add(term(column, 64, even), term(column, 160, odd)));
      m10 = f64x2.add(m10, f64x2.add(term(column, 80, even), term(column, 176, odd)));
    }
    v128.store(moments, m0);
    v128.store(moments, m2, 16);
    v128.store(moments, m4, 32);
    v128.store(moments, m6, 48);
    v128.store(moments, m8, 64);
    v128.store(moments, m10, 80);
  }
}

function term(table: usize, offset: usize, factor: v128): v128 {
  return f64x2.mul(v128.load(table + offset), factor);
}

/**
 * Polynomials of one level's cells, added to those of their halves.
 * @param shift SHIFT by rows, [12 * 12], row n at 96 n, upper entries zero
 * @param where its first number of a cell is zero where the polynomial is of no use; address 0: all are wanted
 */
export function patternDown(cells: i32, shift: usize, where: usize, potential: usize, children: usize): void {
  for (let c = 0; c < cells; c++, potential += 96, children += 192) {
    if (where) {
      const wanted = load<f64>(where) !== 0;
      where += 96;
      if (!wanted) continue;
    }
    // sums over even n and over odd n, of all j; rows below 6 end there
    let e0 = f64x2.splat(0);
    let e2 = e0;
    let e4 = e0;
    let e6 = e0;
    let e8 = e0;
    let e10 = e0;
    let o0 = e0;
    let o2 = e0;
    let o4 = e0;
    let o6 = e0;
    let o8 = e0;
    let o10 = e0;
    let row = shift;
    for (let n: usize = 0; n < 48; n += 16, row += 192) {
      const even = v128.load_splat<f64>(potential + n);
      const odd = v128.load_splat<f64>(potential + n, 8);
      e0 = f64x2.add(e0, term(row, 0, even));
      e2 = f64x2.add(e2, term(row, 16, even));
      e4 = f64x2.add(e4, term(row, 32, even));
      o0 = f64x2.add(o0, term(row, 96, odd));
      o2 = f64x2.add(o2, term(row, 112, odd));
      o4 = f64x2.add(o4, term(row, 128, odd));
    }
    for (let n: usize = 48; n < 96; n += 16, row += 192) {
      const even = v128.load_splat<f64>(potential + n);
      const odd = v128.load_splat<f64>(potential + n, 8);
      e0 = f64x2.add(e0, term(row, 0, even));
      e2 = f64x2.add(e2, term(row, 16, even));
      e4 = f64x2.add(e4, term(row, 32, even));
      e6 = f64x2.add(e6, term(row, 48, even));
      e8 = f64x2.add(e8, term(row, 64, even));
      e10 = f64x2.add(e10, term(row, 80, even));
      o0 = f64x2.add(o0, term(row, 96, odd));
      o2 = f64x2.add(o2, term(row, 112, odd));
      o4 = f64x2.add(o4, term(row, 128, odd));
      o6 = f64x2.add(o6, term(row, 144, odd));
      o8 = f64x2.add(o8, term(row, 160, odd));
      o10 = f64x2.add(o10, term(row, 176, odd));
    }
    toHalves(children, e0, o0);
    toHalves(children + 16, e2, o2);
    toHalves(children + 32, e4, o4);
    toHalves(children + 48, e6, o6);
    toHalves(children + 64, e8, o8);
    toHalves(children + 80, e10, o10);
  }
}

/** Terms j and j + 1, j even, of both halves: n − j even terms are E, odd ones D; left E − D, right E + D. */
function toHalves(child: usize, even: v128, odd: v128): void {
  const e = v128.shuffle<f64>(even, odd, 0, 3);
  const d = v128.shuffle<f64>(odd, even, 0, 3);
  v128.store(child, f64x2.add(v128.load(child), f64x2.sub(e, d)));
  v128.store(child, f64x2.add(v128.load(child, 96), f64x2.add(e, d)), 96);
}
