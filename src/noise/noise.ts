import { type Cell, cellFromMatrix, latticeMatrix } from '../crystal/cell.ts';
import type { Site } from '../crystal/structure.ts';
import { normalDeviate } from '../num/normalDeviate.ts';
import type { Rng } from '../num/rng.ts';

/** The distorted part of a crystal, the other being kept (paper, sections 2.1 and 2.2); or both, which the paper never tries. */
export type NoiseKind = 'lattice' | 'coordinates' | 'both';

/** Coordinate noise that goes along with lattice noise where both are distorted; the level is that of the lattice. */
export const COORDINATES_OF_BOTH = 0.05;

/** The paper's levels, and those of both at once. */
export const NOISE_LEVELS: Readonly<Record<NoiseKind, readonly number[]>> = {
  lattice: [0.01, 0.05, 0.1, 0.15, 0.2],
  coordinates: [0.001, 0.005, 0.01, 0.05, 0.1],
  both: [0.05, 0.1],
};

/**
 * Lattice noise (2.1): L̃ = S L with s_ii ~ U(1 − σ, 1 + σ) and s_ij ~ U(−σ, σ), drawn row by row; fractional
 * coordinates are kept by whoever holds them. Nine draws.
 * @param sigma below 1/3, where S cannot turn the cell inside out
 */
export function latticeNoise(cell: Cell, sigma: number, rng: Rng): Cell {
  if (!(sigma >= 0 && sigma < 1 / 3)) throw new Error(`lattice noise ${sigma} is outside [0, 1/3)`);
  const lattice = latticeMatrix(cell);
  const strain = Float64Array.from(
    { length: 9 },
    (_, i) => (i % 4 === 0 ? 1 : 0) + sigma * (2 * rng.uniform() - 1),
  );
  const strained = Float64Array.from({ length: 9 }, (_, at) => {
    const [i, j] = [3 * Math.floor(at / 3), at % 3];
    return strain[i]! * lattice[j]! + strain[i + 1]! * lattice[3 + j]! + strain[i + 2]! * lattice[6 + j]!;
  });
  return cellFromMatrix(strained);
}

/**
 * Coordinate noise (2.2): f̃ = (f + N(0, σ²)) mod 1 for each fractional coordinate, site by site. Species written at
 * one position move as one.
 */
export function coordinateNoise(sites: readonly Site[], sigma: number, rng: Rng): Site[] {
  if (!(sigma >= 0)) throw new Error(`coordinate noise ${sigma} is negative`);
  const moved = new Map<string, Site['fract']>();
  return sites.map(site => {
    const key = site.fract.join();
    const fract =
      moved.get(key) ??
      (site.fract.map(x => wrapped(x + sigma * normalDeviate(rng))) as unknown as Site['fract']);
    moved.set(key, fract);
    return { ...site, fract };
  });
}

/** In [0, 1): −1e-17 would come back as 1. */
function wrapped(x: number): number {
  const fraction = x - Math.floor(x);
  return fraction < 1 ? fraction : 0;
}
