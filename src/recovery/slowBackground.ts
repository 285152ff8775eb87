/**
 * Slow background by projection: polynomials over the window taken out of target and model alike, so that nothing has to
 * be known of a background but that it is slower than the peaks of the stage.
 */

/** Polynomials that a background may be made of, orthonormal on the points that count, [(degree + 1) * points]. */
export interface SlowBackground {
  readonly degree: number;
  readonly basis: Float64Array;
}

/**
 * Degree 60°/FWHM for a window of 90°, in proportion for others, from 4 to 30: slower than a peak by a factor of three or so.
 * @param fwhm of the stage's peaks; @param window degrees
 */
export const backgroundDegree = (fwhm: number, window: number): number =>
  Math.round(Math.min(30, Math.max(4, ((60 / fwhm) * window) / 90)));

/**
 * The basis by the three-term recurrence of polynomials orthogonal on points (Forsythe 1957).
 * @param counts 1 at points that count [points]; null: all do
 */
export function slowBackground(points: number, degree: number, counts: Uint8Array | null): SlowBackground {
  const most = Math.min(degree, Math.max(0, points - 2));
  const basis = new Float64Array((most + 1) * points);
  const row = (k: number): Float64Array => basis.subarray(k * points, (k + 1) * points);
  const normalise = (p: Float64Array): number => {
    const norm = Math.sqrt(dot(p, p));
    for (let i = 0; i < points; i++) p[i] = norm > 0 ? p[i]! / norm : 0;
    return norm;
  };
  for (let i = 0; i < points; i++) row(0)[i] = counts && !counts[i] ? 0 : 1;
  normalise(row(0));
  let beta = 0;
  for (let k = 1; k <= most; k++) {
    const [next, last] = [row(k), row(k - 1)];
    for (let i = 0; i < points; i++) next[i] = ((2 * i) / (points - 1) - 1) * last[i]!;
    const alpha = dot(next, last);
    for (let i = 0; i < points; i++)
      next[i]! -= alpha * last[i]! + (k > 1 ? beta * basis[(k - 2) * points + i]! : 0);
    beta = normalise(next);
  }
  return { degree: most, basis };
}

/**
 * Takes the background out of a pattern, in place.
 * @param skip the pattern has every so many of the background's points
 */
export function takeOut({ degree, basis }: SlowBackground, pattern: Float64Array, skip = 1): Float64Array {
  const points = basis.length / (degree + 1);
  for (let k = 0; k <= degree; k++) {
    const row = k * points;
    let share = 0;
    for (let i = 0, at = row; i < pattern.length; i++, at += skip) share += basis[at]! * pattern[i]!;
    share *= skip;
    for (let i = 0, at = row; i < pattern.length; i++, at += skip) pattern[i]! -= share * basis[at]!;
  }
  return pattern;
}

export function dot(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += p[i]! * q[i]!;
  return sum;
}
