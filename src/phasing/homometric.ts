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

/** Sets on one circle that share all their differences; no two are congruent. */
interface HomometricClass {
  readonly sets: readonly (readonly number[])[];
}

export interface HomometricSearch {
  readonly n: number;
  readonly k: number;
  /** Classes of two or more sets, in the order in which their first set was met. */
  readonly classes: readonly HomometricClass[];
  /** Sets looked at, and whether that was all of them. */
  readonly examined: number;
  readonly complete: boolean;
  /** Sets that differ up to turns and mirror images, among those looked at. */
  readonly distinct: number;
}

/** Progress of a search. */
export interface HomometricProgress {
  readonly examined: number;
  readonly total: number;
  /** Classes of two or more sets met so far. */
  readonly found: number;
}

/** Sets between two reports of a search. */
const REPORT_EVERY = 500;

/**
 * All homometric classes of k points on an n-division circle, up to turns and mirror images. Every set has a turn that
 * contains 0, so the (n − 1 choose k − 1) sets with 0 are walked in lexicographic order, at most `limit` of them.
 * Pauses every some hundred sets. Throws unless 2 ≤ k ≤ n.
 */
export function* searchHomometricSteps(
  n: number,
  k: number,
  limit = 200_000,
): Generator<HomometricProgress, HomometricSearch> {
  if (!(Number.isInteger(n) && Number.isInteger(k) && k >= 2 && k <= n))
    throw new Error(`${k} points on a circle of ${n} divisions: the points need whole 2 ≤ k ≤ n`);
  const byDifferences = new Map<string, number[][]>();
  const set = Array.from({ length: k }, (_, i) => i);
  const total = Math.min(limit, choose(n - 1, k - 1));
  let examined = 0;
  let distinct = 0;
  let found = 0;
  let more = true;
  while (more && examined < limit) {
    examined++;
    // Only the canonical member of each congruence class is kept; it contains 0, so the walk meets it.
    if (canonicalSet(set, n).every((value, i) => value === set[i])) {
      distinct++;
      const key = differenceCounts(set, n).join();
      const others = byDifferences.get(key);
      if (others) {
        if (others.push(set.slice()) === 2) found++;
      } else byDifferences.set(key, [set.slice()]);
    }
    more = advance(set, n);
    if (examined % REPORT_EVERY === 0) yield { examined, total, found };
  }
  const classes = [...byDifferences.values()].filter(sets => sets.length > 1).map(sets => ({ sets }));
  return { n, k, classes, examined, complete: !more, distinct };
}

/** Binomial coefficient. */
function choose(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i;
  return Math.round(value);
}

/** The next ascending set with the same first point; false after the last. */
function advance(set: number[], n: number): boolean {
  for (let i = set.length - 1; i > 0; i--) {
    if (set[i]! >= n - set.length + i) continue;
    set[i]!++;
    for (let j = i + 1; j < set.length; j++) set[j] = set[j - 1]! + 1;
    return true;
  }
  return false;
}
