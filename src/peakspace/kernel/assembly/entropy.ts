/** Entropy of a pattern against a target by logarithms, two bins at once. */

import { bothLanes } from './lanes.ts';

/**
 * Logarithms of positive normal numbers to 1e-14: x = 2ᵏ z with z between √½ and √2, s = (z − 1)/(z + 1),
 * ln z = s P(s²), P the polynomial of degree 5 that comes closest to 2 artanh(s)/s where s² ≤ 0.0295. In pieces small
 * enough that the compiler puts them in place.
 * Constants come from memory: written as such, V8 builds them anew at every use.
 */
function mantissa(over: v128, mask: v128, begin: v128): v128 {
  return i64x2.add(v128.and(over, mask), begin);
}

/** c + x y. */
function plus(c: v128, x: v128, y: v128): v128 {
  return f64x2.add(c, f64x2.mul(x, y));
}

/**
 * Σ q ln(q/m) + p ln(p/m), m = (p + q)/2, with q = max(0, trial) perSum, and on request its slopes ln(q/m), 0 where q is 0,
 * less their mean Σ q ln(q/m), times `scale`.
 * @param pairs of bins; one that fills up the last pair has p = q = 0
 * @param constants see kernelEntropy.ts, [15]
 * @param share p, [2 * pairs]
 * @param logShare ln p, 0 where p is 0
 * @param slopes address 0: none
 */
export function entropyDivergence(
  pairs: i32,
  constants: usize,
  share: usize,
  logShare: usize,
  trial: usize,
  perSum: f64,
  scale: f64,
  slopes: usize,
): f64 {
  const zero = f64x2.splat(0);
  const toOne = v128.load_splat<f64>(constants);
  const mask = v128.load_splat<f64>(constants, 8);
  const rootHalf = v128.load_splat<f64>(constants, 16);
  const integer = v128.load_splat<f64>(constants, 24);
  const integerAndBias = v128.load_splat<f64>(constants, 32);
  const least = v128.load_splat<f64>(constants, 40);
  const half = v128.load_splat<f64>(constants, 48);
  const one = v128.load_splat<f64>(constants, 56);
  const ln2 = v128.load_splat<f64>(constants, 64);
  const c0 = v128.load_splat<f64>(constants, 72);
  const c1 = v128.load_splat<f64>(constants, 80);
  const c2 = v128.load_splat<f64>(constants, 88);
  const c3 = v128.load_splat<f64>(constants, 96);
  const c4 = v128.load_splat<f64>(constants, 104);
  const c5 = v128.load_splat<f64>(constants, 112);
  const normalised = f64x2.splat(perSum);
  let byTrial = zero;
  let byShare = zero;
  for (let i = 0; i < pairs; i++) {
    const at = (<usize>i) << 4;
    const p = v128.load(share + at);
    const q = f64x2.mul(f64x2.pmax(zero, v128.load(trial + at)), normalised);
    const m = f64x2.pmax(least, f64x2.mul(half, f64x2.add(p, q)));
    const overQ = i64x2.add(f64x2.pmax(least, q), toOne);
    const overM = i64x2.add(m, toOne);
    const zQ = mantissa(overQ, mask, rootHalf);
    const zM = mantissa(overM, mask, rootHalf);
    // one division serves both
    const belowQ = f64x2.add(zQ, one);
    const belowM = f64x2.add(zM, one);
    const inverse = f64x2.div(one, f64x2.mul(belowQ, belowM));
    const sQ = f64x2.mul(f64x2.mul(f64x2.sub(zQ, one), belowM), inverse);
    const sM = f64x2.mul(f64x2.mul(f64x2.sub(zM, one), belowQ), inverse);
    const q2 = f64x2.mul(sQ, sQ);
    const m2 = f64x2.mul(sM, sM);
    const q4 = f64x2.mul(q2, q2);
    const m4 = f64x2.mul(m2, m2);
    const seriesQ = plus(plus(c0, q2, c1), q4, plus(plus(c2, q2, c3), q4, plus(c4, q2, c5)));
    const seriesM = plus(plus(c0, m2, c1), m4, plus(plus(c2, m2, c3), m4, plus(c4, m2, c5)));
    const kQ = f64x2.sub(v128.or(i64x2.shr_u(overQ, 52), integer), integerAndBias);
    const kM = f64x2.sub(v128.or(i64x2.shr_u(overM, 52), integer), integerAndBias);
    const logQ = f64x2.add(f64x2.mul(kQ, ln2), f64x2.mul(sQ, seriesQ));
    const logM = f64x2.add(f64x2.mul(kM, ln2), f64x2.mul(sM, seriesM));
    const slope = v128.and(f64x2.sub(logQ, logM), f64x2.gt(q, zero));
    byTrial = f64x2.add(byTrial, f64x2.mul(q, slope));
    byShare = f64x2.add(byShare, f64x2.mul(p, f64x2.sub(v128.load(logShare + at), logM)));
    if (slopes) v128.store(slopes + at, slope);
  }
  const mean = bothLanes(byTrial);
  if (slopes) {
    const middle = f64x2.splat(mean);
    const factor = f64x2.splat(scale);
    for (let i = 0; i < pairs; i++) {
      const at = slopes + ((<usize>i) << 4);
      v128.store(at, f64x2.mul(f64x2.sub(v128.load(at), middle), factor));
    }
  }
  return mean + bothLanes(byShare);
}

/** Σ x of pairs of numbers. */
export function sumOf(pairs: i32, numbers: usize): f64 {
  let first = f64x2.splat(0);
  let second = first;
  let i = 0;
  for (; i + 1 < pairs; i += 2, numbers += 32) {
    first = f64x2.add(first, v128.load(numbers));
    second = f64x2.add(second, v128.load(numbers, 16));
  }
  if (i < pairs) first = f64x2.add(first, v128.load(numbers));
  return bothLanes(f64x2.add(first, second));
}
