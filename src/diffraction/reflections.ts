import {
  type Cell,
  cellVolume,
  inverseSquareSpacing,
  metricTensor,
  reciprocalMetric,
} from '../crystal/cell.ts';
import { symmetricEigen } from '../num/symmetricEigen.ts';
import { type Instrument, reflectionWindow, spectralLines } from './instrument.ts';

/** Radius of the limiting sphere, 1/d_min = 2 sinθ_max / λ with the shortest wavelength, inverse angstrom. */
export const limitingSphere = (instrument: Instrument): number =>
  (2 * Math.sin((reflectionWindow(instrument).upper * Math.PI) / 360)) /
  Math.min(...spectralLines(instrument).map(line => line.wavelength));

/** Reflections that are listed at most: 4 million fill half a gigabyte. */
export const MOST_REFLECTIONS = 4_000_000;

/** Reflections with |g| ≤ gMax, one of each Friedel pair, as the volume of the sphere counts them: (2/3) π gMax³ V. */
export const expectedReflections = (cell: Cell, gMax: number): number =>
  (2 / 3) * Math.PI * gMax ** 3 * cellVolume(cell);

/**
 * One reflection of each Friedel pair with 0 < |g| ≤ gMax, flat [n * 3], ordered by |g| at `cell`, then by h, k, l.
 * The bound is |h| ≤ |a| gMax, since h = a · g: reciprocal lengths would lose reflections of skewed cells.
 * Refuses, before anything is computed, what no memory holds.
 */
export function enumerateReflections(cell: Cell, gMax: number): Int32Array {
  const recip = reciprocalMetric(cell);
  const limit = gMax * gMax * (1 + 1e-12);
  const [hMax, kMax, lMax] = [cell[0], cell[1], cell[2]].map(length => Math.floor(length * gMax + 1e-9)) as [
    number,
    number,
    number,
  ];
  const expected = expectedReflections(cell, gMax);
  const searched = (hMax + 1) * (2 * kMax + 1) * (2 * lMax + 1);
  if (!(expected <= MOST_REFLECTIONS && searched <= 50 * MOST_REFLECTIONS))
    throw new Error(
      `this cell has about ${expected.toPrecision(2)} reflections; at most ${MOST_REFLECTIONS} are listed. A shorter two-theta range or a longer wavelength has fewer`,
    );
  const hkl: number[] = [];
  const squares: number[] = [];
  for (let h = 0; h <= hMax; h++)
    for (let k = h === 0 ? 0 : -kMax; k <= kMax; k++)
      for (let l = h === 0 && k === 0 ? 1 : -lMax; l <= lMax; l++) {
        const g2 = inverseSquareSpacing(recip, h, k, l);
        if (g2 > limit) continue;
        squares.push(g2);
        hkl.push(h, k, l);
      }
  const order = Uint32Array.from(squares.keys()).sort((p, q) => squares[p]! - squares[q]! || p - q);
  const out = new Int32Array(hkl.length);
  order.forEach((from, to) => {
    for (let axis = 0; axis < 3; axis++) out[3 * to + axis] = hkl[3 * from + axis]!;
  });
  return out;
}

/**
 * The reflections that an instrument counts, as `enumerateReflections` lists them, for every cell whose reflections
 * shrink by no more than `stretch` on the way back to `cell`: all of the limiting sphere, or those of them with no index
 * beyond `maxIndex` (paper, S1.4).
 */
export function listedReflections(cell: Cell, instrument: Instrument, stretch: number): Int32Array {
  const hkl = enumerateReflections(cell, limitingSphere(instrument) * stretch);
  const { maxIndex } = instrument;
  if (maxIndex === undefined) return hkl;
  const inside = (i: number): boolean =>
    Math.max(Math.abs(hkl[i]!), Math.abs(hkl[i + 1]!), Math.abs(hkl[i + 2]!)) <= maxIndex;
  return hkl.filter((_, i) => inside(i - (i % 3)));
}

/**
 * The largest factor by which |g| of any reflection shrinks from one cell to another: the square root of the largest
 * eigenvalue of G relative to G₀. Every reflection inside radius r at `cell` lies inside r · stretch at `reference`.
 */
export function largestStretch(reference: ArrayLike<number>, cell: ArrayLike<number>): number {
  const g0 = metricTensor(reference);
  const g = metricTensor(cell);
  // Cholesky G₀ = R Rᵀ, then the symmetric R⁻¹ G R⁻ᵀ has the relative eigenvalues.
  const r00 = Math.sqrt(g0[0]!);
  const r10 = g0[1]! / r00;
  const r20 = g0[2]! / r00;
  const r11 = Math.sqrt(g0[4]! - r10 * r10);
  const r21 = (g0[5]! - r20 * r10) / r11;
  const r22 = Math.sqrt(g0[8]! - r20 * r20 - r21 * r21);
  const solve = (x: number, y: number, z: number): [number, number, number] => {
    const p = x / r00;
    const q = (y - r10 * p) / r11;
    return [p, q, (z - r20 * p - r21 * q) / r22];
  };
  const rows = [solve(g[0]!, g[3]!, g[6]!), solve(g[1]!, g[4]!, g[7]!), solve(g[2]!, g[5]!, g[8]!)];
  const m = [0, 1, 2].flatMap(i => solve(rows[0]![i]!, rows[1]![i]!, rows[2]![i]!));
  return Math.sqrt(symmetricEigen(m, 3).values[2]!);
}
