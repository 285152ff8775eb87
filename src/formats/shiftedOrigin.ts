import type { SymmetryOperator } from '../crystal/symmetry.ts';
import type { Judge } from './judgeOperators.ts';

/** Quarters of the cell, and eighths along its diagonal: where older papers put the origin. */
const PLACES: readonly (readonly [number, number, number])[] = [
  ...[0, 1, 2, 3].flatMap(i =>
    [0, 1, 2, 3].flatMap(j => [0, 1, 2, 3].map(k => [i / 4, j / 4, k / 4] as const)),
  ),
  ...[1, 3, 5, 7].map(i => [i / 8, i / 8, i / 8] as const),
];

/** Atoms times operators beyond which the 68 origins are not tried: they would take over a tenth of a second. */
const MOST_WORK = 6000;

/** Strain above which distances are no bonds: three quarters of the sum of covalent radii. */
export const POSSIBLE = -Math.log(0.75);

/**
 * The operators about the first other origin under which the atoms make the formula at possible distances, and where it is;
 * null when there is none.
 */
export function shiftedOrigin(
  operators: readonly SymmetryOperator[],
  judge: Judge,
): { operators: readonly SymmetryOperator[]; place: string } | null {
  if ((judge(operators).filled?.sites.length ?? MOST_WORK) * operators.length >= MOST_WORK) return null;
  for (const place of PLACES) {
    const moved = operators.map(({ rotation: r, translation }) => ({
      rotation: r,
      translation: translation.map(
        (t, i) => t + place[i]! - r[3 * i]! * place[0] - r[3 * i + 1]! * place[1] - r[3 * i + 2]! * place[2],
      ) as unknown as [number, number, number],
    }));
    const { agreement, strain } = judge(moved);
    if (agreement === 2 && strain < POSSIBLE) return { operators: moved, place: place.join(', ') };
  }
  return null;
}
