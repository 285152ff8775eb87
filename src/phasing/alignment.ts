import { type GridShape, realFft } from '../num/fft.ts';
import { halfSpectrum, scatter } from './halfSpectrum.ts';
import type { StructureFactors } from './structureFactors.ts';

/** Distance of found phases from the true ones once origin and hand are made to agree. */
export interface Alignment {
  /** Found density(x) ≈ true density(±(x − shift)), unit fractions, − where `inverted`. */
  readonly shift: Float64Array;
  inverted: boolean;
  /** Σ |F||F'| |Δφ| / Σ |F||F'|, degrees; 90 for unrelated phases before the best origin is taken. */
  phaseError: number;
  /** Correlation of the two maps after the shift. */
  correlation: number;
}

/**
 * Compares structure factors with the true ones up to origin and enantiomorph. The origin is the peak of the phased
 * translation function Σ F'(h) F*(h) exp(−2πi h·t) (Colman, Fehlhammer & Bartels 1976), by transform on the grid and
 * then by Newton steps between grid points; for the enantiomorph F takes the place of F*. The result object and all
 * scratch are made once: a call allocates nothing.
 */
export function createAlignment(
  truth: StructureFactors,
  shape: GridShape,
): (re: Float64Array, im: Float64Array) => Alignment {
  const { hkl } = truth;
  const count = truth.re.length;
  const fft = realFft(shape);
  const layout = halfSpectrum(hkl, fft);
  const spectrumRe = new Float64Array(fft.spectrumSize);
  const spectrumIm = new Float64Array(fft.spectrumSize);
  const map = new Float64Array(shape[0] * shape[1] * shape[2]);
  const crossRe = new Float64Array(count);
  const crossIm = new Float64Array(count);
  const trial = new Float64Array(3);
  const work = new Float64Array(9);
  const result: Alignment = {
    shift: new Float64Array(3),
    inverted: false,
    phaseError: Number.NaN,
    correlation: Number.NaN,
  };

  const cross = (re: Float64Array, im: Float64Array, hand: number): void => {
    for (let k = 0; k < count; k++) {
      const a = truth.re[k]!;
      const b = -hand * truth.im[k]!;
      crossRe[k] = re[k]! * a - im[k]! * b;
      crossIm[k] = re[k]! * b + im[k]! * a;
    }
  };

  const bestOnGrid = (): void => {
    spectrumRe.fill(0);
    spectrumIm.fill(0);
    scatter(layout, crossRe, crossIm, spectrumRe, spectrumIm);
    fft.inverse(spectrumRe, spectrumIm, map);
    let best = 0;
    for (let i = 1; i < map.length; i++) if (map[i]! > map[best]!) best = i;
    const ny = shape[1];
    const nz = shape[2];
    trial[0] = Math.floor(best / (ny * nz)) / shape[0];
    trial[1] = (Math.floor(best / nz) % ny) / ny;
    trial[2] = (best % nz) / nz;
  };

  /** The translation function at `trial`; gradient and negative Hessian (upper triangle) go to `work`. */
  const derivatives = (): number => {
    let value = 0;
    work.fill(0);
    for (let k = 0; k < count; k++) {
      const h = hkl[3 * k]!;
      const p = hkl[3 * k + 1]!;
      const l = hkl[3 * k + 2]!;
      const angle = 2 * Math.PI * (h * trial[0]! + p * trial[1]! + l * trial[2]!);
      const c = Math.cos(angle);
      const s = Math.sin(angle);
      const along = crossRe[k]! * c + crossIm[k]! * s;
      const slope = crossIm[k]! * c - crossRe[k]! * s;
      value += along;
      work[0]! += slope * h;
      work[1]! += slope * p;
      work[2]! += slope * l;
      work[3]! += along * h * h;
      work[4]! += along * h * p;
      work[5]! += along * h * l;
      work[6]! += along * p * p;
      work[7]! += along * p * l;
      work[8]! += along * l * l;
    }
    return value;
  };

  const refine = (): number => {
    let value = derivatives();
    for (let round = 0; round < 8; round++) {
      const g0 = work[0]!;
      const g1 = work[1]!;
      const g2 = work[2]!;
      const a = work[3]!;
      const b = work[4]!;
      const c = work[5]!;
      const d = work[6]!;
      const e = work[7]!;
      const f = work[8]!;
      // The adjugate of the symmetric matrix (a b c; b d e; c e f)
      const m00 = d * f - e * e;
      const m01 = c * e - b * f;
      const m02 = b * e - c * d;
      const m11 = a * f - c * c;
      const m12 = b * c - a * e;
      const m22 = a * d - b * b;
      const det = a * m00 + b * m01 + c * m02;
      const x = trial[0]!;
      const y = trial[1]!;
      const z = trial[2]!;
      if (!(det > 0)) break;
      const turn = 1 / (2 * Math.PI * det);
      trial[0] = x + turn * (m00 * g0 + m01 * g1 + m02 * g2);
      trial[1] = y + turn * (m01 * g0 + m11 * g1 + m12 * g2);
      trial[2] = z + turn * (m02 * g0 + m12 * g1 + m22 * g2);
      const next = derivatives();
      if (next > value) {
        value = next;
        continue;
      }
      trial[0] = x;
      trial[1] = y;
      trial[2] = z;
      break;
    }
    return value;
  };

  const phaseError = (): number => {
    let error = 0;
    let weight = 0;
    for (let k = 0; k < count; k++) {
      const angle =
        2 * Math.PI * (hkl[3 * k]! * trial[0]! + hkl[3 * k + 1]! * trial[1]! + hkl[3 * k + 2]! * trial[2]!);
      const c = Math.cos(angle);
      const s = Math.sin(angle);
      const along = crossRe[k]! * c + crossIm[k]! * s;
      const across = crossIm[k]! * c - crossRe[k]! * s;
      const size = Math.sqrt(along * along + across * across);
      error += size * Math.abs(Math.atan2(across, along));
      weight += size;
    }
    return ((error / weight) * 180) / Math.PI;
  };

  return (re, im) => {
    let best = Number.NEGATIVE_INFINITY;
    for (let hand = 1; hand >= -1; hand -= 2) {
      cross(re, im, hand);
      bestOnGrid();
      const value = refine();
      // The two hands of a centrosymmetric crystal tie; the first is kept unless the other is better for certain.
      if (!(value > best + 1e-9 * Math.abs(best)) && hand < 0) break;
      best = value;
      result.inverted = hand < 0;
      for (let axis = 0; axis < 3; axis++) result.shift[axis] = trial[axis]! - Math.floor(trial[axis]!);
      result.phaseError = phaseError();
    }
    let found = 0;
    let known = 0;
    for (let k = 0; k < count; k++) {
      found += re[k]! ** 2 + im[k]! ** 2;
      known += truth.re[k]! ** 2 + truth.im[k]! ** 2;
    }
    result.correlation = best / Math.sqrt(found * known);
    return result;
  };
}
