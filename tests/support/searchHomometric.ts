import { finish } from '../../src/energy/radialTable.ts';
import {
  differenceCounts,
  type HomometricSearch,
  searchHomometricSteps,
} from '../../src/phasing/homometric.ts';

/** The search in one go. */
export const searchHomometric = (n: number, k: number, limit?: number): HomometricSearch =>
  finish(searchHomometricSteps(n, k, limit));

/** Equal autocorrelations, hence equal |F| for every reflection of equal atoms on the points; integer arithmetic. */
export function areHomometric(p: readonly number[], q: readonly number[], n: number): boolean {
  const other = differenceCounts(q, n);
  return differenceCounts(p, n).every((count, d) => count === other[d]);
}
