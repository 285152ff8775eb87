import { canonicalSet, differenceCounts } from './homometric.ts';

/** Sets on one circle that share all their differences; no two are congruent. */
export interface HomometricClass {
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
 * Throws unless 2 ≤ k ≤ n.
 */
export function searchHomometric(n: number, k: number, limit = 200_000): HomometricSearch {
  const steps = searchHomometricSteps(n, k, limit);
  for (;;) {
    const { value, done } = steps.next();
    if (done) return value;
  }
}

/** The same search in steps of some hundred sets, for those who have other things to do in between. */
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
