import type { RadialFunctions } from './radialFunctions.ts';
import { CUTOFF } from './weights.ts';

/** Below the first knot the functions are computed as defined: no two atoms of a crystal are that close. */
const FIRST = 0.5;
const INTERVALS = 400;
const STEP = (CUTOFF - FIRST) / INTERVALS;

/** Value, slope and curvature of all functions at equally spaced distances. */
export interface RadialTable {
  readonly count: number;
  /** [INTERVALS + 1][3][count]; slopes times the step, curvatures times its square. */
  readonly knots: Float64Array;
}

/** One pass over the knots, so that a worker can look up between two of them. */
export function* buildRadialTable(functions: RadialFunctions): Generator<number, RadialTable> {
  const { count } = functions;
  const knots = new Float64Array((INTERVALS + 1) * 3 * count);
  for (let k = 0; k <= INTERVALS; k++) {
    const jets = knots.subarray(3 * count * k, 3 * count * (k + 1));
    functions.jets(FIRST + k * STEP, jets);
    for (let i = 0; i < count; i++) {
      jets[count + i] = jets[count + i]! * STEP;
      jets[2 * count + i] = jets[2 * count + i]! * STEP * STEP;
    }
    yield (k + 1) / (INTERVALS + 1);
  }
  return { count, knots };
}

/** Runs a generator to its end and gives what it returns. */
export function finish<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value as T;
  }
}

/**
 * Value and slope of all functions at a distance by quintic Hermite interpolation between two knots: the polynomial
 * that has the value, slope and curvature of the function at both. The error falls with the sixth power of the step.
 * @param out value and slope per angstrom [2][count], from `at` on; without `slopes` the values only
 * @returns whether the distance lies in the table
 */
export function interpolateRadial(
  { count, knots }: RadialTable,
  r: number,
  out: Float64Array,
  at: number,
  slopes: boolean,
): boolean {
  const place = (r - FIRST) / STEP;
  if (!(place >= 0 && r <= CUTOFF)) return false;
  const k = Math.min(INTERVALS - 1, Math.floor(place));
  const t = place - k;
  const u = 1 - t;
  const [t2, t3] = [t * t, t * t * t];
  // Weights of value, slope, curvature at the left knot, then at the right one; primes are derivatives in t.
  const v0 = 1 - t3 * (10 - 15 * t + 6 * t2);
  const s0 = t - t3 * (6 - 8 * t + 3 * t2);
  const c0 = 0.5 * t2 * u * u * u;
  const v1 = 1 - v0;
  const s1 = -t3 * (4 - 7 * t + 3 * t2);
  const c1 = 0.5 * t3 * u * u;
  const dv0 = -30 * t2 * u * u;
  const ds0 = 1 - t2 * (18 - 32 * t + 15 * t2);
  const dc0 = 0.5 * t * u * u * (2 - 5 * t);
  const dv1 = -dv0;
  const ds1 = -t2 * (12 - 28 * t + 15 * t2);
  const dc1 = 0.5 * t2 * u * (3 - 5 * t);
  const left = 3 * count * k;
  const right = left + 3 * count;
  for (let i = 0; i < count; i++)
    out[at + i] =
      v0 * knots[left + i]! +
      s0 * knots[left + count + i]! +
      c0 * knots[left + 2 * count + i]! +
      v1 * knots[right + i]! +
      s1 * knots[right + count + i]! +
      c1 * knots[right + 2 * count + i]!;
  if (slopes)
    for (let i = 0; i < count; i++)
      out[at + count + i] =
        (dv0 * knots[left + i]! +
          ds0 * knots[left + count + i]! +
          dc0 * knots[left + 2 * count + i]! +
          dv1 * knots[right + i]! +
          ds1 * knots[right + count + i]! +
          dc1 * knots[right + 2 * count + i]!) /
        STEP;
  return true;
}
