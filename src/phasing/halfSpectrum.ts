import type { RealFft } from '../num/fft.ts';

/**
 * Place of each reflection in the half spectrum of a real grid. A density is Σ_h F(h) exp(−2πi h·x), and the
 * inverse transform has exp(+2πi …), so the coefficient at indices H is F(−H) = F*(H).
 */
export interface HalfSpectrum {
  /** Place of each reflection or of its Friedel mate, whichever has l ≥ 0 [n]. */
  readonly at: Int32Array;
  /** Of the imaginary part there: −1 for the reflection itself, +1 for its mate [n]. */
  readonly sign: Float64Array;
  /** Place of the mate when both are in the half (l = 0), else −1 [n]. */
  readonly mate: Int32Array;
}

/** Throws when an index does not fit the grid without falling on another one. */
export function halfSpectrum(hkl: Int32Array, fft: RealFft): HalfSpectrum {
  const [nx, ny, nz] = fft.shape;
  const count = hkl.length / 3;
  const at = new Int32Array(count);
  const sign = new Float64Array(count);
  const mate = new Int32Array(count).fill(-1);
  const place = (h: number, k: number, l: number): number =>
    (((h + nx) % nx) * ny + ((k + ny) % ny)) * fft.halfLength + l;
  for (let row = 0; row < count; row++) {
    const [h, k, l] = [hkl[3 * row]!, hkl[3 * row + 1]!, hkl[3 * row + 2]!];
    if (2 * Math.abs(h) >= nx || 2 * Math.abs(k) >= ny || 2 * Math.abs(l) >= nz)
      throw new Error(`reflection ${h} ${k} ${l} needs a grid finer than ${nx} × ${ny} × ${nz}`);
    sign[row] = l >= 0 ? -1 : 1;
    at[row] = l >= 0 ? place(h, k, l) : place(-h, -k, -l);
    if (l === 0) mate[row] = place(-h, -k, 0);
  }
  return { at, sign, mate };
}

/** Writes complex numbers of the reflections into a spectrum, and their conjugates for the mates. */
export function scatter(
  { at, sign, mate }: HalfSpectrum,
  re: Float64Array,
  im: Float64Array,
  spectrumRe: Float64Array,
  spectrumIm: Float64Array,
): void {
  for (let row = 0; row < at.length; row++) {
    const y = sign[row]! * im[row]!;
    spectrumRe[at[row]!] = re[row]!;
    spectrumIm[at[row]!] = y;
    if (mate[row]! < 0) continue;
    spectrumRe[mate[row]!] = re[row]!;
    spectrumIm[mate[row]!] = -y;
  }
}
