import FFT from 'fft.js';
import { transformLength } from './fft.ts';

/** Σ_r w(r) v_{i+r} for every i; values outside count as zero. `out` may not be `values`. */
export type EvenFilter = (values: Float64Array, out: Float64Array) => void;

/**
 * Correlation of n values with an even weight, by Hartley transforms (Bracewell, J. Opt. Soc. Am. 73, 1832, 1983: real,
 * their own inverse, Re − Im of Fourier's) over so many points that nothing comes round from the other end. It errs by
 * rounding alone, and its time does not depend on the reach.
 * @param reach weights at more steps than this are zero
 */
export function evenFilter(n: number, reach: number, weight: (steps: number) => number): EvenFilter {
  const kept = Math.min(n - 1, Math.floor(reach));
  const length = transformLength(n + kept);
  const half = length / 2;
  const fft = new FFT(length);
  const points = new Float64Array(length);
  const spectrum = new Float64Array(2 * length);
  for (let r = -kept; r <= kept; r++) points[(r + length) % length] = weight(Math.abs(r));
  fft.realTransform(spectrum, points);
  // the weight is even, its spectrum real
  const response = Float64Array.from({ length: half + 1 }, (_, k) => spectrum[2 * k]! / length);
  return (values, out) => {
    points.fill(0);
    points.set(values);
    fft.realTransform(spectrum, points);
    points[0] = response[0] * spectrum[0];
    for (let k = 1; k <= half; k++) {
      const re = spectrum[2 * k];
      const im = spectrum[2 * k + 1];
      points[length - k] = response[k] * (re + im);
      points[k] = response[k] * (re - im);
    }
    fft.realTransform(spectrum, points);
    for (let i = 0; i < n && i <= half; i++) out[i] = spectrum[2 * i] - spectrum[2 * i + 1];
    for (let i = half + 1; i < n; i++) out[i] = spectrum[2 * (length - i)] + spectrum[2 * (length - i) + 1];
  };
}
