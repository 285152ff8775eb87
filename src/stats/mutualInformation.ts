import type { Rng } from '../num/rng.ts';
import { sameLength } from './correlation.ts';

export interface MutualInformationOptions {
  /** Neighbours. Fewer lower the bias, more lower the variance. */
  readonly k?: number;
  /** Breaks ties with noise of 1e-10 of the scale, as scikit-learn does; without it equal values stay equal. */
  readonly rng?: Rng;
}

/**
 * Mutual information of two continuous samples, in nats, by the nearest-neighbour estimator of Kraskov, Stögbauer &
 * Grassberger (Phys. Rev. E 69, 066138, 2004), algorithm 1, with scaling and conventions of scikit-learn's
 * `mutual_info_regression`: each sample over its standard deviation, negative estimates set to 0. It is biased at small
 * n and moves with n, so values compare at equal n only. O(n²).
 */
export function mutualInformation(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  { k = 3, rng }: MutualInformationOptions = {},
): number {
  const n = sameLength(x, y);
  if (n <= k) throw new Error(`mutual information with ${k} neighbours needs more than ${k} pairs, not ${n}`);
  const [u, v] = [scaled(x, rng), scaled(y, rng)];
  const harmonic = harmonicNumbers(n);
  let marginal = 0;
  for (let i = 0; i < n; i++) {
    const radius = neighbourRadius(u, v, i, k);
    marginal += harmonic[countWithin(u, i, radius)]! + harmonic[countWithin(v, i, radius)]!;
  }
  // ψ(m) = H(m − 1) − γ for whole m, and the four γ cancel.
  return Math.max(0, harmonic[n - 1]! + harmonic[k - 1]! - marginal / n);
}

/** Over the standard deviation (of the population), a constant sample as it is. */
function scaled(values: ArrayLike<number>, rng: Rng | undefined): Float64Array {
  const n = values.length;
  const mean = Array.from(values).reduce((sum, value) => sum + value, 0) / n;
  const spread = Math.sqrt(Array.from(values).reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
  const out = Float64Array.from(values, value => value / (spread > 0 ? spread : 1));
  if (!rng) return out;
  const size = 1e-10 * Math.max(1, out.reduce((sum, value) => sum + Math.abs(value), 0) / n);
  return out.map(value => value + size * rng.normal());
}

/** Distance to the k-th neighbour in the plane, the greater of the two differences. */
function neighbourRadius(u: Float64Array, v: Float64Array, i: number, k: number): number {
  const nearest: number[] = new Array(k).fill(Number.POSITIVE_INFINITY);
  for (let j = 0; j < u.length; j++) {
    if (j === i) continue;
    const distance = Math.max(Math.abs(u[j]! - u[i]!), Math.abs(v[j]! - v[i]!));
    if (distance >= nearest[k - 1]!) continue;
    let at = k - 1;
    for (; at > 0 && nearest[at - 1]! > distance; at--) nearest[at] = nearest[at - 1]!;
    nearest[at] = distance;
  }
  return nearest[k - 1]!;
}

/** Others strictly within the radius along one axis; equal ones where the radius is 0. */
function countWithin(values: Float64Array, i: number, radius: number): number {
  let count = -1;
  for (let j = 0; j < values.length; j++) {
    const distance = Math.abs(values[j]! - values[i]!);
    if (distance < radius || distance === 0) count++;
  }
  return count;
}

/** H(0) … H(n). */
function harmonicNumbers(n: number): Float64Array {
  const out = new Float64Array(n + 1);
  for (let m = 1; m <= n; m++) out[m] = out[m - 1]! + 1 / m;
  return out;
}
