/** A maximum of a measured pattern. */
export interface FoundPeak {
  /** Degrees, from the parabola through the highest point and its neighbours. */
  readonly twoTheta: number;
  /** Height over the higher of the two valleys beside it. */
  readonly intensity: number;
}

/** A peak stands out by this share of the highest one, */
const SHARE = 0.02;
/** and by this many times the scatter from point to point. */
const NOISE = 6;

/**
 * Maxima of a pattern that stand out from both sides (their prominence), in the order of their angles. The scatter is
 * the median step between neighbouring points.
 */
export function findPeaks(twoTheta: Float64Array, intensity: Float64Array): FoundPeak[] {
  const n = intensity.length;
  if (n < 3) return [];
  const steps = Float64Array.from({ length: n - 1 }, (_, i) =>
    Math.abs(intensity[i + 1]! - intensity[i]!),
  ).sort();
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of intensity) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const least = Math.max(SHARE * (high - low), NOISE * steps[Math.floor(steps.length / 2)]!);
  const found: FoundPeak[] = [];
  // Walks up to a maximum and down again by `least`: a smaller dip is part of the same peak.
  let valley = intensity[0]!;
  let top = 0;
  let rising = true;
  for (let i = 1; i < n; i++) {
    const value = intensity[i]!;
    if (rising) {
      if (value > intensity[top]!) top = i;
      if (intensity[top]! - value >= least) {
        if (intensity[top]! - valley >= least) found.push(peakAt(twoTheta, intensity, top, valley));
        rising = false;
        valley = value;
      } else if (value < valley && intensity[top]! - valley < least) {
        valley = value;
        top = i;
      }
    } else if (value < valley) valley = value;
    else if (value - valley >= least) {
      rising = true;
      top = i;
    }
  }
  return found;
}

function peakAt(twoTheta: Float64Array, intensity: Float64Array, at: number, valley: number): FoundPeak {
  const height = intensity[at]! - valley;
  if (at === 0 || at === intensity.length - 1) return { twoTheta: twoTheta[at]!, intensity: height };
  const [before, here, after] = [intensity[at - 1]!, intensity[at]!, intensity[at + 1]!];
  const bend = before - 2 * here + after;
  const shift = bend < 0 ? (0.5 * (before - after)) / bend : 0;
  return {
    twoTheta: twoTheta[at]! + Math.max(-0.5, Math.min(0.5, shift)) * (twoTheta[at + 1]! - twoTheta[at]!),
    intensity: height,
  };
}
