import FFT from 'fft.js';
import { transformLength } from './fft.ts';

/** Σ_r w(r) v_{i+r} for every i; values outside count as zero. `out` may not be `values`. */
export type EvenFilter = (values: Float64Array, out: Float64Array) => void;

/**
 * Correlation of n values with an even weight, by the fast Fourier transform over so many points that nothing comes
 * round from the other end: it errs by rounding alone and its time does not depend on the reach.
 * @param reach weights at more steps than this are zero
 */
export function evenFilter(n: number, reach: number, weight: (steps: number) => number): EvenFilter {
  const kept = Math.min(n - 1, Math.floor(reach));
  const length = transformLength(n + kept);
  const fft = new FFT(length);
  const points = new Float64Array(length);
  const complex = new Float64Array(2 * length);
  const spectrum = new Float64Array(2 * length);
  for (let r = -kept; r <= kept; r++) points[(r + length) % length] = weight(Math.abs(r));
  fft.realTransform(spectrum, points);
  // the weight is even, its spectrum real
  const response = Float64Array.from({ length: length / 2 + 1 }, (_, k) => spectrum[2 * k]!);
  return (values, out) => {
    points.fill(0);
    points.set(values);
    fft.realTransform(spectrum, points);
    for (let k = 0; k <= length / 2; k++) {
      spectrum[2 * k]! *= response[k]!;
      spectrum[2 * k + 1]! *= response[k]!;
    }
    fft.completeSpectrum(spectrum);
    fft.inverseTransform(complex, spectrum);
    for (let i = 0; i < n; i++) out[i] = complex[2 * i]!;
  };
}
