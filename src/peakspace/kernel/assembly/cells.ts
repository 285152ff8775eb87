/**
 * Moments up a tree of cells, polynomials down (../../tree/). A cell has ten terms, 80 bytes, for the overlap of peaks or twelve,
 * 96 bytes, for patterns; leaves may have sixteen. Each is compiled on its own: AssemblyScript specialises for types
 * alone, so that f32 stands for ten terms, f64 for twelve, v128 for sixteen.
 */

import { pair } from './lanes.ts';

/** Σ I ξⁿ of every leaf, n < terms. @param out [leaves * terms] */
export function leafMoments(
  terms: i32,
  leaves: i32,
  start: usize,
  local: usize,
  intensity: usize,
  out: usize,
): void {
  if (terms === 10) momentsOf<f32>(leaves, start, local, intensity, out);
  else if (terms === 12) momentsOf<f64>(leaves, start, local, intensity, out);
  else momentsOf<v128>(leaves, start, local, intensity, out);
}

function momentsOf<T>(leaves: i32, start: usize, local: usize, intensity: usize, out: usize): void {
  const bytes: usize = sizeof<T>() === 4 ? 80 : sizeof<T>() === 8 ? 96 : 128;
  for (let c = 0; c < leaves; c++, out += bytes) {
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
      m0 = f64x2.add(m0, w0);
      m2 = f64x2.add(m2, w2);
      m4 = f64x2.add(m4, w4);
      m6 = f64x2.add(m6, w6);
      m8 = f64x2.add(m8, w8);
      if (sizeof<T>() > 4) {
        const w10 = f64x2.mul(w6, fourth);
        m10 = f64x2.add(m10, w10);
        if (sizeof<T>() > 8) {
          m12 = f64x2.add(m12, f64x2.mul(w8, fourth));
          m14 = f64x2.add(m14, f64x2.mul(w10, fourth));
        }
      }
    }
    v128.store(out, m0);
    v128.store(out, m2, 16);
    v128.store(out, m4, 32);
    v128.store(out, m6, 48);
    v128.store(out, m8, 64);
    if (sizeof<T>() > 4) v128.store(out, m10, 80);
    if (sizeof<T>() > 8) {
      v128.store(out, m12, 96);
      v128.store(out, m14, 112);
    }
  }
}

/**
 * Moments of the parents of one level from those of their halves.
 * @param shift by columns, rows n in pairs, upper entries zero: [terms * terms]
 * @param moments of the first parent
 * @param children of its left half
 */
export function moveUp(terms: i32, cells: i32, shift: usize, moments: usize, children: usize): void {
  if (terms === 10) up<f32>(cells, shift, moments, children);
  else up<f64>(cells, shift, moments, children);
}

function up<T>(cells: i32, shift: usize, moments: usize, children: usize): void {
  const bytes: usize = sizeof<T>() === 4 ? 80 : 96;
  for (let c = 0; c < cells; c++, moments += bytes, children += 2 * bytes) {
    // moments start with Σ I: without intensity there is nothing to move
    if (load<f64>(children) === 0 && load<f64>(children + bytes) === 0 && sizeof<T>() === 4) {
      memory.fill(moments, 0, bytes);
      continue;
    }
    let m0 = f64x2.splat(0);
    let m2 = m0;
    let m4 = m0;
    let m6 = m0;
    let m8 = m0;
    let m10 = m0;
    let column = shift;
    for (let j: usize = 0; j < bytes; j += 16, column += 2 * bytes) {
      const left = v128.load(children + j);
      const right = v128.load(children + bytes + j);
      const sum = f64x2.add(right, left);
      const difference = f64x2.sub(right, left);
      // even j: rows n − j even take the sum; odd j: the first of a pair of rows takes the difference
      const even = v128.shuffle<f64>(sum, difference, 0, 2);
      const odd = v128.shuffle<f64>(difference, sum, 1, 3);
      const next = column + bytes;
      // columns from 6 on have no rows before 6
      if (j < 48) {
        m0 = f64x2.add(m0, f64x2.add(term(column, 0, even), term(next, 0, odd)));
        m2 = f64x2.add(m2, f64x2.add(term(column, 16, even), term(next, 16, odd)));
        m4 = f64x2.add(m4, f64x2.add(term(column, 32, even), term(next, 32, odd)));
      }
      m6 = f64x2.add(m6, f64x2.add(term(column, 48, even), term(next, 48, odd)));
      m8 = f64x2.add(m8, f64x2.add(term(column, 64, even), term(next, 64, odd)));
      if (sizeof<T>() > 4) m10 = f64x2.add(m10, f64x2.add(term(column, 80, even), term(next, 80, odd)));
    }
    v128.store(moments, m0);
    v128.store(moments, m2, 16);
    v128.store(moments, m4, 32);
    v128.store(moments, m6, 48);
    v128.store(moments, m8, 64);
    if (sizeof<T>() > 4) v128.store(moments, m10, 80);
  }
}

function term(table: usize, offset: usize, factor: v128): v128 {
  return f64x2.mul(v128.load(table + offset), factor);
}

/**
 * Polynomials of one level's cells, added to those of their halves.
 * @param shift by rows, upper entries zero: [terms * terms]
 * @param where its first number of a cell is zero where the polynomial is of no use; address 0: all are wanted
 */
export function moveDown(
  terms: i32,
  cells: i32,
  shift: usize,
  where: usize,
  potential: usize,
  children: usize,
): void {
  if (terms === 10) down<f32>(cells, shift, where, potential, children);
  else down<f64>(cells, shift, where, potential, children);
}

function down<T>(cells: i32, shift: usize, where: usize, potential: usize, children: usize): void {
  const bytes: usize = sizeof<T>() === 4 ? 80 : 96;
  for (let c = 0; c < cells; c++, potential += bytes, children += 2 * bytes) {
    if (where) {
      const wanted = load<f64>(where) !== 0;
      where += bytes;
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
    for (let n: usize = 0; n < bytes; n += 16, row += 2 * bytes) {
      const even = v128.load_splat<f64>(potential + n);
      const odd = v128.load_splat<f64>(potential + n, 8);
      const next = row + bytes;
      e0 = f64x2.add(e0, term(row, 0, even));
      e2 = f64x2.add(e2, term(row, 16, even));
      e4 = f64x2.add(e4, term(row, 32, even));
      o0 = f64x2.add(o0, term(next, 0, odd));
      o2 = f64x2.add(o2, term(next, 16, odd));
      o4 = f64x2.add(o4, term(next, 32, odd));
      if (n < 48) continue;
      e6 = f64x2.add(e6, term(row, 48, even));
      e8 = f64x2.add(e8, term(row, 64, even));
      o6 = f64x2.add(o6, term(next, 48, odd));
      o8 = f64x2.add(o8, term(next, 64, odd));
      if (sizeof<T>() > 4) {
        e10 = f64x2.add(e10, term(row, 80, even));
        o10 = f64x2.add(o10, term(next, 80, odd));
      }
    }
    toHalves(children, bytes, e0, o0);
    toHalves(children + 16, bytes, e2, o2);
    toHalves(children + 32, bytes, e4, o4);
    toHalves(children + 48, bytes, e6, o6);
    toHalves(children + 64, bytes, e8, o8);
    if (sizeof<T>() > 4) toHalves(children + 80, bytes, e10, o10);
  }
}

/** Terms j and j + 1, j even, of both halves: n − j even terms are E, odd ones D; left E − D, right E + D. */
function toHalves(child: usize, bytes: usize, even: v128, odd: v128): void {
  const e = v128.shuffle<f64>(even, odd, 0, 3);
  const d = v128.shuffle<f64>(odd, even, 0, 3);
  v128.store(child, f64x2.add(v128.load(child), f64x2.sub(e, d)));
  v128.store(child + bytes, f64x2.add(v128.load(child + bytes), f64x2.add(e, d)));
}
