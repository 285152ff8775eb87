/**
 * Sums over the bins of a target at the nodes of cells: ../../overlap/targetTable.ts. Sixteen nodes a cell, 128 bytes a
 * column of theirs. A bin counts from 0, its place is `first` + its number · `step`.
 */

import { bothLanes, pair } from './lanes.ts';

const FOUR_LN2: f64 = 2.772588722239781;
/** In widths: beyond, the Gaussian is below 1e-17 of its height. */
const GAUSS_REACH: f64 = 3.8;

/** Σ x_j L(x_j) over bins from … to − 1, L the Lorentzian of height 1 around `origin` before bin 0. */
function lorentzSum(target: usize, from: i32, to: i32, origin: f64, step: f64, width: f64): f64 {
  const g2 = 0.25 * width * width;
  const square = f64x2.splat(g2);
  const two = f64x2.splat(2 * step);
  let sum = f64x2.splat(0);
  let d = pair(origin + <f64>from * step, origin + <f64>(from + 1) * step);
  let j = from;
  // one division serves four bins
  for (; j + 3 < to; j += 4) {
    const at = target + ((<usize>j) << 3);
    const e = f64x2.add(d, two);
    const p = f64x2.add(square, f64x2.mul(d, d));
    const q = f64x2.add(square, f64x2.mul(e, e));
    const both = f64x2.add(f64x2.mul(v128.load(at), q), f64x2.mul(v128.load(at, 16), p));
    sum = f64x2.add(sum, f64x2.div(both, f64x2.mul(p, q)));
    d = f64x2.add(e, two);
  }
  let rest: f64 = 0;
  for (; j < to; j++) {
    const x = origin + <f64>j * step;
    rest += load<f64>(target + ((<usize>j) << 3)) / (g2 + x * x);
  }
  return g2 * (bothLanes(sum) + rest);
}

/**
 * Σ x_j exp(−a (x_j − t)²) of two peaks, a lane each, outwards from bin `centre`: each bin's factor is the last one's
 * times a shrinking ratio.
 * @param top factors at `centre`
 * @param right ratios of the next to it on the right; `left` on the left
 */
function gaussSum(
  target: usize,
  begin: i32,
  centre: i32,
  end: i32,
  top: v128,
  right: v128,
  left: v128,
  shrink: v128,
): v128 {
  let sum = f64x2.splat(0);
  let ahead = target + ((<usize>centre) << 3);
  let behind = ahead - 8;
  let back = f64x2.mul(top, left);
  left = f64x2.mul(left, shrink);
  const both = min(end - centre, centre - begin);
  for (let k = 0; k < both; k++, ahead += 8, behind -= 8) {
    const x = f64x2.mul(v128.load_splat<f64>(ahead), top);
    const y = f64x2.mul(v128.load_splat<f64>(behind), back);
    sum = f64x2.add(sum, f64x2.add(x, y));
    top = f64x2.mul(top, right);
    right = f64x2.mul(right, shrink);
    back = f64x2.mul(back, left);
    left = f64x2.mul(left, shrink);
  }
  for (let k = both; k < end - centre; k++, ahead += 8) {
    sum = f64x2.add(sum, f64x2.mul(v128.load_splat<f64>(ahead), top));
    top = f64x2.mul(top, right);
    right = f64x2.mul(right, shrink);
  }
  for (let k = both; k < centre - begin; k++, behind -= 8) {
    sum = f64x2.add(sum, f64x2.mul(v128.load_splat<f64>(behind), back));
    back = f64x2.mul(back, left);
    left = f64x2.mul(left, shrink);
  }
  return sum;
}

function expOf(v: v128): v128 {
  return pair(JSMath.exp(f64x2.extract_lane(v, 0)), JSMath.exp(f64x2.extract_lane(v, 1)));
}

/** Row · column of sixteen. */
function product(row: usize, column: usize): f64 {
  let sum = f64x2.splat(0);
  for (let a: usize = 0; a < 128; a += 16)
    sum = f64x2.add(sum, f64x2.mul(v128.load(row + a), v128.load(column + a)));
  return bothLanes(sum);
}

/**
 * Values of a level: those of the level above, interpolated, and the Lorentzians of the bins that lie a cell away in this
 * level and did not there.
 * @param ranges i32 [cells * 4]: the bins from the first to the second and from the third to the fourth
 * @param above values of the level above; 0: there is none
 * @param halves matrices from the nodes of a cell to those of its two halves [2 * 256]
 */
export function targetBeside(
  cells: i32,
  target: usize,
  first: f64,
  step: f64,
  ranges: usize,
  places: usize,
  widths: usize,
  above: usize,
  halves: usize,
  values: usize,
): void {
  for (let c = 0; c < cells; c++, ranges += 16) {
    const half = halves + ((<usize>(c & 1)) << 11);
    for (let i: usize = 0; i < 128; i += 8, places += 8, widths += 8, values += 8) {
      const origin = first - load<f64>(places);
      const width = load<f64>(widths);
      const low = lorentzSum(target, load<i32>(ranges), load<i32>(ranges, 4), origin, step, width);
      const high = lorentzSum(target, load<i32>(ranges, 8), load<i32>(ranges, 12), origin, step, width);
      const far = above ? product(half + (i << 4), above + ((<usize>(c >> 1)) << 7)) : 0;
      store<f64>(values, far + low + high);
    }
  }
}

/**
 * Makes the values of leaves complete: Lorentzians of the bins from the second to the third of `ranges`, and Gaussians.
 * Nodes lie from right to left.
 */
export function targetNear(
  leaves: i32,
  target: usize,
  bins: i32,
  first: f64,
  step: f64,
  eta: f64,
  ranges: usize,
  places: usize,
  widths: usize,
  values: usize,
): void {
  const advance = f64x2.splat(step);
  for (let c = 0; c < leaves; c++, ranges += 16, places += 128, widths += 128, values += 128) {
    const from = load<i32>(ranges, 4);
    const to = load<i32>(ranges, 8);
    const left = load<f64>(places, 120);
    const right = load<f64>(places);
    const reach = GAUSS_REACH * max(load<f64>(widths), load<f64>(widths, 120));
    const begin = max(0, <i32>Math.ceil((left - reach - first) / step));
    const end = min(bins, <i32>Math.floor((right + reach - first) / step) + 1);
    const centre = min(end - 1, max(begin, <i32>Math.round((0.5 * (left + right) - first) / step)));
    const middle = f64x2.splat(first + <f64>centre * step);
    for (let i: usize = 0; i < 128; i += 16) {
      let gauss = f64x2.splat(0);
      if (begin < end) {
        const width = v128.load(widths + i);
        const d = f64x2.sub(middle, v128.load(places + i));
        const a = f64x2.div(f64x2.splat(-FOUR_LN2), f64x2.mul(width, width));
        const ah = f64x2.mul(a, advance);
        const onward = expOf(f64x2.mul(ah, f64x2.add(f64x2.add(d, d), advance)));
        const shrink = expOf(f64x2.mul(f64x2.add(ah, ah), advance));
        const top = expOf(f64x2.mul(f64x2.mul(a, d), d));
        // exp(−a h (h − 2d)) = exp(−2 a h²) / exp(−a h (h + 2d))
        gauss = gaussSum(target, begin, centre, end, top, onward, f64x2.div(shrink, onward), shrink);
      }
      for (let lane: usize = 0; lane < 16; lane += 8) {
        const at = i + lane;
        const origin = first - load<f64>(places + at);
        const near = lorentzSum(target, from, to, origin, step, load<f64>(widths + at));
        const own = lane ? f64x2.extract_lane(gauss, 1) : f64x2.extract_lane(gauss, 0);
        store<f64>(values + at, (1 - eta) * (load<f64>(values + at) + near) + eta * own);
      }
    }
  }
}

/** out = M v of every leaf, M of `rows` rows. */
export function targetPanels(leaves: i32, rows: i32, matrix: usize, values: usize, out: usize): void {
  for (let c = 0; c < leaves; c++, values += 128)
    for (let row = 0; row < rows; row++, out += 8)
      store<f64>(out, product(matrix + ((<usize>row) << 7), values));
}
