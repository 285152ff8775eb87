import type { LeafOrder } from './leafOrder.ts';
import type { PATTERN_ORDER, PatternAxis } from './patternAxis.ts';

/** Moments Σ I ξⁿ of every leaf. */
export function peaksToLeaves(
  { leaves }: PatternAxis,
  { start, local, intensity }: LeafOrder,
  moments: Float64Array,
): void {
  const N: typeof PATTERN_ORDER = 12;
  moments.fill(0, 0, leaves * N);
  for (let c = 0; c < leaves; c++) {
    const at = c * N;
    const end = start[c + 1];
    for (let k = start[c]; k < end; k++) {
      const s = local[k] * local[k];
      let even = intensity[k];
      let odd = even * local[k];
      for (let n = at; n < at + N; n += 2) {
        moments[n] += even;
        moments[n + 1] += odd;
        even *= s;
        odd *= s;
      }
    }
  }
}

/** Adds value and slope of the leaf polynomials at the peaks to A and T: A = Σ yₙ ξⁿ, T = (2 / leaf width) dA/dξ. */
export function leavesToPeaks(
  { leaves, leafWidth }: PatternAxis,
  { start, local }: LeafOrder,
  potential: Float64Array,
  byIntensity: Float64Array,
  byPosition: Float64Array,
): void {
  const N: typeof PATTERN_ORDER = 12;
  const perDegree = 2 / leafWidth;
  for (let c = 0; c < leaves; c++) {
    const at = c * N;
    const end = start[c + 1];
    for (let k = start[c]; k < end; k++) {
      const x = local[k];
      let value = potential[at + N - 1];
      let slope = 0;
      for (let n = at + N - 2; n >= at; n--) {
        slope = slope * x + value;
        value = value * x + potential[n];
      }
      byIntensity[k] += value;
      byPosition[k] += perDegree * slope;
    }
  }
}
