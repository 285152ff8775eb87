import { inverse, type Matrix3 } from '../num/matrix3.ts';
import { changedMetric } from './basis.ts';
import { type PeriodicSet, pointsByLabel } from './periodicSet.ts';

/** Angstrom along each axis: points closer than this after a translation count as the same (pymatgen's default). */
const TOLERANCE = 0.25;

/**
 * The smallest cell that repeats the points to within 0.25 Å, each new point the mean of those it replaces; the set
 * itself when there is none. The rules are those of pymatgen's `get_primitive_structure`, which decide whether a noisy
 * copy of a centred cell still counts as centred: sublattices are tried by index and in Hermite normal form, the first
 * that every label bears is taken, and the search repeats within it. Points come back sorted by label when reduced.
 */
export function primitiveSet(set: PeriodicSet): PeriodicSet {
  const groups = [...pointsByLabel(set.labels)]
    .sort(([p], [q]) => (p < q ? -1 : 1))
    .map(([label, points]) => ({ label, fract: pick(set.fract, points) }));
  const most = groups.reduce((divisor, { fract }) => gcd(divisor, fract.length / 3), 0);
  if (most === 1) return set;
  const tolerance = edges(set.metric).map(length => TOLERANCE / length) as unknown as Triple;
  const shifts = sharedShifts(groups, tolerance);
  for (const hermite of hermiteForms(most)) {
    if (!spannedBy(shifts, inverse(hermite.matrix), tolerance)) continue;
    const folded = fold(set.metric, groups, hermite, tolerance);
    if (folded) return primitiveSet(folded);
  }
  return set;
}

type Triple = readonly [number, number, number];

interface LabelGroup {
  readonly label: string;
  /** [3n] */
  readonly fract: Float64Array;
}

/** A sublattice of index `size`: the rows of matrix⁻¹ are its vectors in the old basis, f′ = f · matrix. */
interface HermiteForm {
  readonly size: number;
  readonly matrix: Matrix3;
}

const edges = (metric: Matrix3): Triple => [
  Math.sqrt(metric[0]!),
  Math.sqrt(metric[4]!),
  Math.sqrt(metric[8]!),
];

const gcd = (p: number, q: number): number => (q === 0 ? p : gcd(q, p % q));

const pick = (fract: Float64Array, points: readonly number[]): Float64Array =>
  Float64Array.from(points.flatMap(i => [fract[3 * i]!, fract[3 * i + 1]!, fract[3 * i + 2]!]));

/** Shortest periodic distance along one axis, unit fraction. */
const apart = (difference: number): number => Math.abs(difference - Math.round(difference));

/** True where the difference of two points, lattice vectors apart, is below the tolerance along every axis. */
const within = (dx: number, dy: number, dz: number, [tx, ty, tz]: Triple, factor = 1): boolean =>
  apart(dx) < factor * tx && apart(dy) < factor * ty && apart(dz) < factor * tz;

/** Translations that carry each point about onto another of its label; twice the tolerance, since both ends are off. */
function sharedShifts(groups: readonly LabelGroup[], tolerance: Triple): Triple[] {
  const bySize = [...groups].sort((p, q) => p.fract.length - q.fract.length);
  const rarest = bySize[0]!.fract;
  let shifts: Triple[] = [];
  for (let p = 0; p < rarest.length; p += 3)
    shifts.push([rarest[p]! - rarest[0]!, rarest[p + 1]! - rarest[1]!, rarest[p + 2]! - rarest[2]!]);
  for (const { fract } of bySize)
    for (let from = 0; from < fract.length; from += 3)
      shifts = shifts.filter(([x, y, z]) => {
        for (let to = 0; to < fract.length; to += 3) {
          const dx = x - fract[to]! + fract[from]!;
          const dy = y - fract[to + 1]! + fract[from + 1]!;
          if (within(dx, dy, z - fract[to + 2]! + fract[from + 2]!, tolerance, 2)) return true;
        }
        return false;
      });
  return shifts;
}

const divisors = (n: number): number[] =>
  Array.from({ length: n }, (_, i) => i + 1).filter(divisor => n % divisor === 0);

/** Every sublattice whose index divides `most`, by index and then by its diagonal. */
function* hermiteForms(most: number): Generator<HermiteForm> {
  for (const size of divisors(most).slice(1))
    for (const p of divisors(size))
      for (const q of divisors(size / p))
        for (let u = 0; u < p; u++)
          for (let v = 0; v < p; v++)
            for (let w = 0; w < q; w++) yield { size, matrix: [p, u, v, 0, q, w, 0, 0, size / p / q] };
}

/** True where each row of the matrix is close to one of the translations. */
const spannedBy = (shifts: readonly Triple[], rows: Matrix3, tolerance: Triple): boolean =>
  [0, 3, 6].every(row =>
    shifts.some(([x, y, z]) => within(rows[row]! - x, rows[row + 1]! - y, rows[row + 2]! - z, tolerance)),
  );

/** The points in the sublattice, `size` of them merged into each; null where some label does not merge so. */
function fold(
  metric: Matrix3,
  groups: readonly LabelGroup[],
  { size, matrix }: HermiteForm,
  tolerance: Triple,
): PeriodicSet | null {
  const back = inverse(matrix);
  // Columns, where `matrix` speaks of rows.
  const change = [back[0]!, back[3]!, back[6]!, back[1]!, back[4]!, back[7]!, back[2]!, back[5]!, back[8]!];
  const newMetric = changedMetric(metric, change);
  const newTolerance = edges(newMetric).map(length => TOLERANCE / length) as unknown as Triple;
  const labels: string[] = [];
  const fract: number[] = [];
  for (const group of groups) {
    const moved = rowProducts(group.fract, matrix);
    const classes = coincident(group.fract, moved, tolerance, newTolerance, size);
    if (!classes) return null;
    for (const members of classes) {
      labels.push(group.label);
      fract.push(...meanPosition(moved, members));
    }
  }
  return { metric: newMetric, labels, fract: Float64Array.from(fract) };
}

/** f · M for every point, each coordinate in [0, 1). */
function rowProducts(fract: Float64Array, m: Matrix3): Float64Array {
  const out = new Float64Array(fract.length);
  for (let p = 0; p < out.length; p += 3)
    for (let k = 0; k < 3; k++) {
      const value = fract[p]! * m[k]! + fract[p + 1]! * m[3 + k]! + fract[p + 2]! * m[6 + k]!;
      out[p + k] = value - Math.floor(value);
    }
  return out;
}

/**
 * Classes of points that coincide in the sublattice; null unless each point is in one class of `size`, every member
 * close to every other. Neighbours in the old cell, within twice the tolerance, never merge.
 */
function coincident(
  old: Float64Array,
  moved: Float64Array,
  oldTolerance: Triple,
  newTolerance: Triple,
  size: number,
): number[][] | null {
  const n = old.length / 3;
  const together = (i: number, j: number): boolean => {
    if (i === j) return true;
    const [p, q] = [3 * i, 3 * j];
    if (
      !within(
        moved[p]! - moved[q]!,
        moved[p + 1]! - moved[q + 1]!,
        moved[p + 2]! - moved[q + 2]!,
        newTolerance,
      )
    )
      return false;
    const far = (k: 0 | 1 | 2): boolean => apart(old[p + k]! - old[q + k]!) > 2 * oldTolerance[k];
    return far(0) || far(1) || far(2);
  };
  const classes: number[][] = [];
  const taken = new Set<number>();
  for (let i = 0; i < n; i++) {
    const members: number[] = [];
    for (let j = 0; j < n; j++) if (together(i, j)) members.push(j);
    if (members.length !== size) return null;
    if (!members.every(p => members.every(q => together(p, q)))) return null;
    if (taken.has(i)) continue;
    for (const member of members) taken.add(member);
    classes.push(members);
  }
  return classes;
}

/** Mean of positions that lie close together, taken around the first so that none is split by the cell's edge. */
function meanPosition(fract: Float64Array, members: readonly number[]): Triple {
  const first = 3 * members[0]!;
  return [0, 1, 2].map(k => {
    const start = fract[first + k]!;
    let offset = 0;
    for (const member of members) {
      const difference = fract[3 * member + k]! - start;
      offset += difference - Math.round(difference);
    }
    return start + offset / members.length;
  }) as unknown as Triple;
}
