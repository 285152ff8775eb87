import type { PATTERN_ORDER, PatternAxis } from './patternAxis.ts';
import type { PatternBlocks } from './patternBlocks.ts';

/** Tails: moments of peaks to polynomials on the bins, and back. Each function is followed by its transpose. */

/** potential += B · moments over all pairs with peaks in the one cell. */
export function tailsForward(
  { to, from, blocks }: PatternBlocks,
  moments: Float64Array,
  potential: Float64Array,
): void {
  const N: typeof PATTERN_ORDER = 12;
  const pairs = to.length;
  for (let i = 0; i < pairs; i++) {
    const source = from[i] * N;
    const m0 = moments[source];
    if (m0 === 0) continue;
    const m1 = moments[source + 1];
    const m2 = moments[source + 2];
    const m3 = moments[source + 3];
    const m4 = moments[source + 4];
    const m5 = moments[source + 5];
    const m6 = moments[source + 6];
    const m7 = moments[source + 7];
    const m8 = moments[source + 8];
    const m9 = moments[source + 9];
    const m10 = moments[source + 10];
    const m11 = moments[source + 11];
    const target = to[i] * N;
    let b = i * N * N;
    for (let n = target; n < target + N; n++, b += N)
      potential[n] +=
        blocks[b] * m0 +
        blocks[b + 1] * m1 +
        blocks[b + 2] * m2 +
        blocks[b + 3] * m3 +
        blocks[b + 4] * m4 +
        blocks[b + 5] * m5 +
        (blocks[b + 6] * m6 +
          blocks[b + 7] * m7 +
          blocks[b + 8] * m8 +
          blocks[b + 9] * m9 +
          blocks[b + 10] * m10 +
          blocks[b + 11] * m11);
  }
}

/**
 * potential += Bᵀ · residual moments, over the same pairs.
 * @param moments of the peaks, which say where there are any
 */
export function tailsBack(
  { to, from, blocks }: PatternBlocks,
  moments: Float64Array,
  residualMoments: Float64Array,
  potential: Float64Array,
): void {
  const N: typeof PATTERN_ORDER = 12;
  const pairs = to.length;
  for (let i = 0; i < pairs; i++) {
    const source = from[i] * N;
    if (moments[source] === 0) continue;
    let y0 = 0;
    let y1 = 0;
    let y2 = 0;
    let y3 = 0;
    let y4 = 0;
    let y5 = 0;
    let y6 = 0;
    let y7 = 0;
    let y8 = 0;
    let y9 = 0;
    let y10 = 0;
    let y11 = 0;
    const target = to[i] * N;
    let b = i * N * N;
    for (let n = target; n < target + N; n++, b += N) {
      const r = residualMoments[n];
      y0 += blocks[b] * r;
      y1 += blocks[b + 1] * r;
      y2 += blocks[b + 2] * r;
      y3 += blocks[b + 3] * r;
      y4 += blocks[b + 4] * r;
      y5 += blocks[b + 5] * r;
      y6 += blocks[b + 6] * r;
      y7 += blocks[b + 7] * r;
      y8 += blocks[b + 8] * r;
      y9 += blocks[b + 9] * r;
      y10 += blocks[b + 10] * r;
      y11 += blocks[b + 11] * r;
    }
    potential[source] += y0;
    potential[source + 1] += y1;
    potential[source + 2] += y2;
    potential[source + 3] += y3;
    potential[source + 4] += y4;
    potential[source + 5] += y5;
    potential[source + 6] += y6;
    potential[source + 7] += y7;
    potential[source + 8] += y8;
    potential[source + 9] += y9;
    potential[source + 10] += y10;
    potential[source + 11] += y11;
  }
}

/** Writes the polynomials of the leaves at all padded bins; bins at ±ξ share the even and the odd part. */
export function leavesToBins(
  { binsPerLeaf, used }: PatternAxis,
  potential: Float64Array,
  padded: Float64Array,
): void {
  const N: typeof PATTERN_ORDER = 12;
  const half = binsPerLeaf >> 1;
  for (let c = 0; c < used; c++) {
    const y = c * N;
    const y0 = potential[y];
    const y1 = potential[y + 1];
    const y2 = potential[y + 2];
    const y3 = potential[y + 3];
    const y4 = potential[y + 4];
    const y5 = potential[y + 5];
    const y6 = potential[y + 6];
    const y7 = potential[y + 7];
    const y8 = potential[y + 8];
    const y9 = potential[y + 9];
    const y10 = potential[y + 10];
    const y11 = potential[y + 11];
    const middle = c * binsPerLeaf + half;
    for (let j = 0; j < half; j++) {
      const x = (2 * j + 1) / binsPerLeaf;
      const s = x * x;
      const even = y0 + s * (y2 + s * (y4 + s * (y6 + s * (y8 + s * y10))));
      const odd = x * (y1 + s * (y3 + s * (y5 + s * (y7 + s * (y9 + s * y11)))));
      padded[middle + j] = even + odd;
      padded[middle - 1 - j] = even - odd;
    }
  }
}

/** Moments Σ r ξⁿ of a residual on the padded bins, for every leaf. */
export function binsToLeaves(
  { binsPerLeaf, used }: PatternAxis,
  residual: Float64Array,
  moments: Float64Array,
): void {
  const N: typeof PATTERN_ORDER = 12;
  const half = binsPerLeaf >> 1;
  for (let c = 0; c < used; c++) {
    let m0 = 0;
    let m1 = 0;
    let m2 = 0;
    let m3 = 0;
    let m4 = 0;
    let m5 = 0;
    let m6 = 0;
    let m7 = 0;
    let m8 = 0;
    let m9 = 0;
    let m10 = 0;
    let m11 = 0;
    const middle = c * binsPerLeaf + half;
    for (let j = 0; j < half; j++) {
      const x = (2 * j + 1) / binsPerLeaf;
      const s = x * x;
      const s2 = s * s;
      const right = residual[middle + j];
      const left = residual[middle - 1 - j];
      const even = right + left;
      const odd = x * (right - left);
      const even4 = even * s2;
      const odd4 = odd * s2;
      const even8 = even4 * s2;
      const odd8 = odd4 * s2;
      m0 += even;
      m1 += odd;
      m2 += even * s;
      m3 += odd * s;
      m4 += even4;
      m5 += odd4;
      m6 += even4 * s;
      m7 += odd4 * s;
      m8 += even8;
      m9 += odd8;
      m10 += even8 * s;
      m11 += odd8 * s;
    }
    const at = c * N;
    moments[at] = m0;
    moments[at + 1] = m1;
    moments[at + 2] = m2;
    moments[at + 3] = m3;
    moments[at + 4] = m4;
    moments[at + 5] = m5;
    moments[at + 6] = m6;
    moments[at + 7] = m7;
    moments[at + 8] = m8;
    moments[at + 9] = m9;
    moments[at + 10] = m10;
    moments[at + 11] = m11;
  }
}
