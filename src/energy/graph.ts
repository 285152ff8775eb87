import { determinant, inverse } from '../num/matrix3.ts';
import type { Atoms } from './atoms.ts';

/** Every ordered pair (centre i, neighbour j, image) with 0 < r ≤ cutoff, images of the centre itself included. */
export interface Graph {
  readonly atoms: number;
  /** Atom that receives, and atom that is looked at [edges]. */
  readonly centre: Int32Array;
  readonly neighbour: Int32Array;
  /** From the centre to the neighbour, angstrom [3 * edges], and its length [edges]. */
  readonly vector: Float64Array;
  readonly distance: Float64Array;
  /** Volume of the cell, cubic angstrom. */
  readonly volume: number;
}

/** Positions closer than this are one place: the image of the atom itself. */
const SAME_PLACE = 1e-8;

/** @throws when the lattice has no volume */
export function neighbourGraph({ lattice, fract }: Atoms, cutoff: number): Graph {
  const volume = Math.abs(determinant(lattice));
  if (!(volume > 1e-6)) throw new Error('the cell has no volume');
  const reciprocal = inverse(lattice);
  // The planes of axis k are 1/|row k of the inverse| apart; wrapped atoms are less than one plane from each other.
  const reach = [0, 1, 2].map(k =>
    Math.ceil(cutoff * Math.hypot(reciprocal[3 * k]!, reciprocal[3 * k + 1]!, reciprocal[3 * k + 2]!)),
  ) as [number, number, number];
  const n = fract.length / 3;
  const wrapped = Float64Array.from(fract, value => value - Math.floor(value));
  const centre: number[] = [];
  const neighbour: number[] = [];
  const vector: number[] = [];
  const distance: number[] = [];
  const limit = cutoff * cutoff;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const [f0, f1, f2] = [0, 1, 2].map(k => wrapped[3 * j + k]! - wrapped[3 * i + k]!) as [
        number,
        number,
        number,
      ];
      for (let p = -reach[0]; p <= reach[0]; p++)
        for (let q = -reach[1]; q <= reach[1]; q++)
          for (let s = -reach[2]; s <= reach[2]; s++) {
            const [u, v, w] = [f0 + p, f1 + q, f2 + s];
            const x = lattice[0]! * u + lattice[1]! * v + lattice[2]! * w;
            const y = lattice[3]! * u + lattice[4]! * v + lattice[5]! * w;
            const z = lattice[6]! * u + lattice[7]! * v + lattice[8]! * w;
            const square = x * x + y * y + z * z;
            if (square > limit || square < SAME_PLACE * SAME_PLACE) continue;
            centre.push(i);
            neighbour.push(j);
            vector.push(x, y, z);
            distance.push(Math.sqrt(square));
          }
    }
  return {
    atoms: n,
    centre: Int32Array.from(centre),
    neighbour: Int32Array.from(neighbour),
    vector: Float64Array.from(vector),
    distance: Float64Array.from(distance),
    volume,
  };
}

/** Edges that share a distance: radial functions are computed once for each. */
export interface Shells {
  /** [shells], ascending, angstrom. */
  readonly distances: Float64Array;
  /** Shell of each edge [edges]. */
  readonly of: Int32Array;
}

/** Rounding moves equal distances apart by about 1e-15 Å; what is farther apart than this is kept apart. */
const SAME_DISTANCE = 1e-13;

export function shellsOf(distance: Float64Array): Shells {
  const order = Array.from(distance.keys()).sort((p, q) => distance[p]! - distance[q]!);
  const distances: number[] = [];
  const of = new Int32Array(distance.length);
  for (const edge of order) {
    const last = distances.at(-1);
    if (last === undefined || distance[edge]! - last > SAME_DISTANCE) distances.push(distance[edge]!);
    of[edge] = distances.length - 1;
  }
  return { distances: Float64Array.from(distances), of };
}

/** Nearer than this the potential says nothing: it has no repulsion of the nuclei (specification, section 5.7). Angstrom. */
export const CLOSEST = 0.7;

/** Distance of the closest two atoms, angstrom; infinite where none are within 1 Å. */
export const closestPair = (atoms: Atoms): number =>
  neighbourGraph(atoms, 1).distance.reduce((least, r) => Math.min(least, r), Number.POSITIVE_INFINITY);
