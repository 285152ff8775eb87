import type { Structure } from '../crystal/structure.ts';

/**
 * Homometric point sets: different arrangements with the same multiset of interpoint vectors, and so with the same
 * |F| everywhere (Patterson, Phys. Rev. 65, 195, 1944, who calls sets on the n equal divisions of a circle
 * cyclotomic). A point of an n-division circle is an integer 0 … n − 1; a circle stands for the period of a crystal
 * along one axis.
 */

/** Patterson's smallest cyclotomic pair: four points of eight. */
export const CYCLOTOMIC_PAIR = { n: 8, first: [0, 3, 4, 5], second: [0, 4, 5, 7] } as const;

/** Number of ordered pairs of points that are d divisions apart, d = 0 … n − 1: the cyclic autocorrelation, exact [n]. */
export function differenceCounts(points: readonly number[], n: number): Int32Array {
  const counts = new Int32Array(n);
  for (const p of points) for (const q of points) counts[(q - p + n) % n]!++;
  return counts;
}

/** Equal autocorrelations, hence equal |F| for every reflection of equal atoms on the points; integer arithmetic. */
export function areHomometric(p: readonly number[], q: readonly number[], n: number): boolean {
  const other = differenceCounts(q, n);
  return differenceCounts(p, n).every((count, d) => count === other[d]);
}

/** Turn or mirror image of one another on the circle. */
export const areCongruent = (p: readonly number[], q: readonly number[], n: number): boolean =>
  canonicalSet(p, n).join() === canonicalSet(q, n).join();

/** The lexicographically first ascending set among all turns and mirror images; equal exactly for congruent sets. */
export function canonicalSet(points: readonly number[], n: number): number[] {
  let best: number[] | null = null;
  for (const mirror of [1, -1])
    for (const start of points) {
      const set = points.map(p => (((p - start) * mirror) % n) + n).map(p => p % n);
      set.sort((a, b) => a - b);
      if (best === null || precedes(set, best)) best = set;
    }
  return best ?? [];
}

/** Lexicographic order of two sets of one size. */
function precedes(p: readonly number[], q: readonly number[]): boolean {
  const at = p.findIndex((value, i) => value !== q[i]);
  return at >= 0 && p[at]! < q[at]!;
}

/**
 * For every point its sorted distances to the others in divisions, the rows sorted: a one-dimensional pointwise
 * distance distribution. Different rows prove that two sets are not congruent (Widdowson & Kurlin 2022).
 */
export function distanceRows(points: readonly number[], n: number): number[][] {
  const rows = points.map(p =>
    points
      .filter(q => q !== p)
      .map(q => Math.min((q - p + n) % n, (p - q + n) % n))
      .sort((a, b) => a - b),
  );
  return rows.sort((p, q) => (precedes(p, q) ? -1 : 1));
}

export interface AxisCrystal {
  readonly element: string;
  /** Length of a and b, and of one division along c; angstrom. */
  readonly a: number;
  readonly division: number;
}

/** The points as equal atoms at (0, 0, p/n) of a tetragonal cell. */
export function axisStructure(
  points: readonly number[],
  n: number,
  { element, a, division }: AxisCrystal,
): Structure {
  const set = `{${points.join(', ')}} of ${n}`;
  return {
    name: `Set ${set}`,
    formula: element,
    cell: [a, a, n * division, 90, 90, 90],
    sites: points.map((p, i) => ({
      label: `${element}${i + 1}`,
      element,
      fract: [0, 0, p / n],
      occupancy: 1,
    })),
    spaceGroup: isMirrorSymmetric(points, n)
      ? { symbol: 'P 4/m m m', number: 123 }
      : { symbol: 'P 4 m m', number: 99 },
    family: 'tetragonal',
    source: `Equal atoms along c at ${set} equal divisions (A. L. Patterson, Phys. Rev. 65, 195, 1944).`,
  };
}

const isMirrorSymmetric = (points: readonly number[], n: number): boolean =>
  Array.from({ length: n }, (_, centre) => centre).some(centre =>
    points.every(p => points.includes((centre - p + n) % n)),
  );
