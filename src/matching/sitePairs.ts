import { type Cell, latticeMatrix, metricTensor } from '../crystal/cell.ts';
import { inverse, product } from '../num/matrix3.ts';
import { linearAssignment } from './assignment.ts';
import { changedMetric, metricVolume, reciprocalLengths } from './basis.ts';
import { niggliChange } from './niggli.ts';
import { pointsByLabel } from './periodicSet.ts';

/** Distances of paired sites in units of the free length (V/n)^⅓. */
export interface Displacement {
  readonly rms: number;
  readonly maximum: number;
}

/** Two sets of points in one cell: `fixed` from the first crystal, `moving` from the second. Same labels, same counts. */
export interface SitePairing {
  readonly cell: Cell;
  /** [3n] */
  readonly fixed: Float64Array;
  readonly moving: Float64Array;
  readonly fixedLabels: readonly string[];
  readonly movingLabels: readonly string[];
}

/**
 * The displacements of a pairing, one for each way to lay a site of the rarest label of `moving` onto one of `fixed`:
 * sites are paired within their label so that the sum of squared distances is least, then the common shift is removed.
 * Where `stol` is given, shifts under which some site has no partner within twice that tolerance are passed over: after
 * removal of the common shift, one of the two sites involved would still be off by more than the tolerance.
 */
export function* displacements(pairing: SitePairing, stol: number | null): Generator<Displacement> {
  const { cell, fixed, moving } = pairing;
  const n = fixed.length / 3;
  const metric = metricTensor(cell);
  const freeLength = Math.cbrt(metricVolume(metric) / n);
  const fixedGroups = pointsByLabel(pairing.fixedLabels);
  const groups = [...pointsByLabel(pairing.movingLabels)].map(([label, points]) => ({
    from: points,
    to: fixedGroups.get(label) ?? [],
  }));
  const rarest = groups.reduce((least, group) => (group.from.length < least.from.length ? group : least));
  const reference = 3 * rarest.from[0]!;
  const box = stol === null ? null : reciprocalLengths(metric).map(length => 2 * stol * freeLength * length);
  const shortest = shortestVectors(cell);
  for (const target of rarest.to) {
    const shift = [0, 1, 2].map(k => fixed[3 * target + k]! - moving[reference + k]!);
    const shifted = moving.map((value, i) => value + shift[i % 3]!);
    if (box && !groups.every(({ from, to }) => allInBox(shifted, fixed, from, to, box))) continue;
    yield centred(pairedVectors(shifted, fixed, groups, shortest), freeLength);
  }
}

interface PairGroup {
  /** Indices in `moving` and in `fixed` of the points of one label. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** True where each point has one of its label within the box, unit fractions. */
const allInBox = (
  moving: Float64Array,
  fixed: Float64Array,
  from: readonly number[],
  to: readonly number[],
  box: readonly number[],
): boolean =>
  from.every(i =>
    to.some(j =>
      box.every((half, k) => {
        const difference = moving[3 * i + k]! - fixed[3 * j + k]!;
        return Math.abs(difference - Math.round(difference)) <= half;
      }),
    ),
  );

/** Cartesian vectors from each moving point to its partner, angstrom. [3n] */
function pairedVectors(
  moving: Float64Array,
  fixed: Float64Array,
  groups: readonly PairGroup[],
  shortest: ShortestVector,
): Float64Array {
  const out = new Float64Array(moving.length);
  for (const { from, to } of groups) {
    const n = from.length;
    const vectors = new Float64Array(3 * n * n);
    const cost = new Float64Array(n * n);
    for (const [row, i] of from.entries())
      for (const [column, j] of to.entries()) {
        const at = row * n + column;
        cost[at] = shortest(
          fixed[3 * j]! - moving[3 * i]!,
          fixed[3 * j + 1]! - moving[3 * i + 1]!,
          fixed[3 * j + 2]! - moving[3 * i + 2]!,
          vectors,
          3 * at,
        );
      }
    const partner = linearAssignment(cost, n);
    for (const [row, i] of from.entries())
      for (let k = 0; k < 3; k++) out[3 * i + k] = vectors[3 * (row * n + partner[row]!) + k]!;
  }
  return out;
}

/** Root mean square and largest length once the mean vector is taken off. */
function centred(vectors: Float64Array, freeLength: number): Displacement {
  const n = vectors.length / 3;
  const mean = [0, 1, 2].map(k => {
    let sum = 0;
    for (let p = k; p < vectors.length; p += 3) sum += vectors[p]!;
    return sum / n;
  });
  let total = 0;
  let most = 0;
  for (let p = 0; p < vectors.length; p += 3) {
    const squared =
      (vectors[p]! - mean[0]!) ** 2 + (vectors[p + 1]! - mean[1]!) ** 2 + (vectors[p + 2]! - mean[2]!) ** 2;
    total += squared;
    most = Math.max(most, squared);
  }
  return { rms: Math.sqrt(total / n) / freeLength, maximum: Math.sqrt(most) / freeLength };
}

/** Writes the shortest Cartesian vector of a fractional difference at an offset; returns its squared length. */
type ShortestVector = (x: number, y: number, z: number, out: Float64Array, at: number) => number;

/**
 * Shortest vectors modulo the lattice. In the Niggli cell the nearest lattice point of a difference in [−½, ½]³ is one
 * of 27; a difference shorter than half the shortest lattice vector is nearest to the origin, so most need one look.
 */
function shortestVectors(cell: Cell): ShortestVector {
  const change = niggliChange(metricTensor(cell));
  const toReduced = inverse(change);
  const lattice = product(latticeMatrix(cell), change);
  const certain = changedMetric(metricTensor(cell), change)[0]! / 4;
  return (x, y, z, out, at) => {
    const reduced = [0, 3, 6].map(row => {
      const value = toReduced[row]! * x + toReduced[row + 1]! * y + toReduced[row + 2]! * z;
      return value - Math.round(value);
    });
    let least = Number.POSITIVE_INFINITY;
    const attempt = (i: number, j: number, k: number): void => {
      const [u, v, w] = [reduced[0]! + i, reduced[1]! + j, reduced[2]! + k];
      const px = lattice[0]! * u + lattice[1]! * v + lattice[2]! * w;
      const py = lattice[3]! * u + lattice[4]! * v + lattice[5]! * w;
      const pz = lattice[6]! * u + lattice[7]! * v + lattice[8]! * w;
      const squared = px * px + py * py + pz * pz;
      if (squared >= least) return;
      least = squared;
      out[at] = px;
      out[at + 1] = py;
      out[at + 2] = pz;
    };
    attempt(0, 0, 0);
    if (least <= certain) return least;
    for (let i = -1; i <= 1; i++)
      for (let j = -1; j <= 1; j++) for (let k = -1; k <= 1; k++) attempt(i, j, k);
    return least;
  };
}
