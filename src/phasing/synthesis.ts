import { cellVolume } from '../crystal/cell.ts';
import { type GridShape, realFft } from '../num/fft.ts';
import type { DensityGrid } from './densityGrid.ts';
import { halfSpectrum, scatter } from './halfSpectrum.ts';
import type { StructureFactors } from './structureFactors.ts';

/**
 * Fourier synthesis of the electron density, ρ(x) = (1/V) Σ_h F(h) exp(−2πi h·x), in electrons per cubic angstrom
 * (International Tables B, 1.2.3); the sum runs over both Friedel mates and F(000).
 */

/**
 * A synthesis of maps of one shape for one list of reflections. It owns its tables and scratch, so that a slider can
 * call it at every move; without `out` a new map is returned.
 */
export function createSynthesis(
  { cell, hkl }: StructureFactors,
  shape: GridShape,
): (factors: StructureFactors, out?: Float64Array) => DensityGrid {
  const fft = realFft(shape);
  const layout = halfSpectrum(hkl, fft);
  const re = new Float64Array(fft.spectrumSize);
  const im = new Float64Array(fft.spectrumSize);
  const perVolume = 1 / cellVolume(cell);
  return (factors, out = new Float64Array(shape[0] * shape[1] * shape[2])) => {
    if (factors.hkl !== hkl) throw new Error('the synthesis was made for another list of reflections');
    re.fill(0);
    im.fill(0);
    re[0] = factors.f000;
    scatter(layout, factors.re, factors.im, re, im);
    fft.inverse(re, im, out);
    for (let i = 0; i < out.length; i++) out[i]! *= perVolume;
    return { cell, shape, values: out };
  };
}

/** The density on a grid, by fast Fourier transform. */
export const synthesise = (factors: StructureFactors, shape: GridShape): DensityGrid =>
  createSynthesis(factors, shape)(factors);

/** The density at one point (unit fractions), by summing over the reflections. */
export function densityAt(
  { cell, hkl, re, im, f000 }: StructureFactors,
  [x, y, z]: readonly [number, number, number],
): number {
  let sum = 0;
  for (let k = 0; k < re.length; k++) {
    const turns = hkl[3 * k]! * x + hkl[3 * k + 1]! * y + hkl[3 * k + 2]! * z;
    const phase = 2 * Math.PI * (turns - Math.round(turns));
    sum += re[k]! * Math.cos(phase) + im[k]! * Math.sin(phase);
  }
  return (f000 + 2 * sum) / cellVolume(cell);
}

/** A parallelogram in the crystal, corner and edges in unit fractions, with its corners among the sampled points. */
export interface SectionPlane {
  readonly origin: readonly [number, number, number];
  readonly u: readonly [number, number, number];
  readonly v: readonly [number, number, number];
  /** Points along each edge, both ends counted; at least 2. */
  readonly nu: number;
  readonly nv: number;
}

/**
 * The density on any plane, by direct summation: value [j * nu + i] at origin + u i/(nu − 1) + v j/(nv − 1). The
 * exponential splits into one factor a row and one a column, so a reflection costs two cosines an edge point.
 */
export function densitySection(factors: StructureFactors, plane: SectionPlane): Float64Array {
  const { cell, hkl, re, im, f000 } = factors;
  const { origin, u, v, nu, nv } = plane;
  const scale = 1 / cellVolume(cell);
  const out = new Float64Array(nu * nv).fill(f000 * scale);
  const cosU = new Float64Array(nu);
  const sinU = new Float64Array(nu);
  for (let row = 0; row < re.length; row++) {
    const [h, k, l] = [hkl[3 * row]!, hkl[3 * row + 1]!, hkl[3 * row + 2]!];
    const turns = (p: readonly [number, number, number]): number => h * p[0] + k * p[1] + l * p[2];
    const [atOrigin, alongU, alongV] = [turns(origin), turns(u), turns(v)];
    for (let i = 0; i < nu; i++) {
      const angle = (2 * Math.PI * alongU * i) / (nu - 1);
      cosU[i] = Math.cos(angle);
      sinU[i] = Math.sin(angle);
    }
    for (let j = 0; j < nv; j++) {
      const angle = 2 * Math.PI * (atOrigin + (alongV * j) / (nv - 1));
      const [c, s] = [2 * scale * Math.cos(angle), 2 * scale * Math.sin(angle)];
      // Re F exp(−i(α + β)) with α along u, β along v
      const p = re[row]! * c + im[row]! * s;
      const q = im[row]! * c - re[row]! * s;
      const at = j * nu;
      for (let i = 0; i < nu; i++) out[at + i]! += p * cosU[i]! + q * sinU[i]!;
    }
  }
  return out;
}
