import type { AxisCells, ORDER } from './axisCells.ts';
import type { LeafOrder } from './leafOrder.ts';

/** Moments Σ I ξⁿ of every leaf. */
export function leafMoments(
  { leaves }: AxisCells,
  { start, local, intensity }: LeafOrder,
  out: Float64Array,
) {
  const N: typeof ORDER = 10;
  for (let c = 0; c < leaves; c++) {
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
    const end = start[c + 1];
    for (let i = start[c]; i < end; i++) {
      const x = local[i];
      const x2 = x * x;
      const x4 = x2 * x2;
      const w = intensity[i];
      const wx = w * x;
      const wx4 = w * x4;
      const wx5 = wx * x4;
      m0 += w;
      m1 += wx;
      m2 += w * x2;
      m3 += wx * x2;
      m4 += wx4;
      m5 += wx5;
      m6 += wx4 * x2;
      m7 += wx5 * x2;
      m8 += wx4 * x4;
      m9 += wx5 * x4;
    }
    const at = c * N;
    out[at] = m0;
    out[at + 1] = m1;
    out[at + 2] = m2;
    out[at + 3] = m3;
    out[at + 4] = m4;
    out[at + 5] = m5;
    out[at + 6] = m6;
    out[at + 7] = m7;
    out[at + 8] = m8;
    out[at + 9] = m9;
  }
}

/**
 * Value and slope of the leaf polynomials at the peaks, added to A and T: A = Σ yₙ ξⁿ, T = (2 / leaf width) dA/dξ.
 */
export function gather(
  { leaves, leafWidth }: AxisCells,
  { start, local }: LeafOrder,
  potential: Float64Array,
  byIntensity: Float64Array,
  byPosition: Float64Array,
): void {
  const N: typeof ORDER = 10;
  const perDegree = 2 / leafWidth;
  for (let c = 0; c < leaves; c++) {
    const at = c * N;
    const end = start[c + 1];
    for (let i = start[c]; i < end; i++) {
      const x = local[i];
      let value = potential[at + N - 1];
      let slope = 0;
      for (let n = at + N - 2; n >= at; n--) {
        slope = slope * x + value;
        value = value * x + potential[n];
      }
      byIntensity[i] += value;
      byPosition[i] += perDegree * slope;
    }
  }
}
