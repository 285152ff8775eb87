import type { Cell } from '../../crystal/cell.ts';
import { formatNumber, THIN } from '../../ui/format.ts';
import type { DrawnAtom } from './cellAtoms.ts';
import { angleAt, distanceBetween } from './pick.ts';

/** "Mn1 0.5, Ni1 0.5"; an occupancy of 1 says nothing and is left out. */
export const speciesText = ({ species }: DrawnAtom): string =>
  species
    .map(({ label, element, occupancy }) => {
      const name = label.startsWith(element) ? label : `${label} (${element})`;
      return occupancy < 0.9995 ? `${name} ${formatNumber(occupancy, 3).replace(/0+$/, '')}` : name;
    })
    .join(', ');

/** Distance of two atoms or angle at the second of three, in the true and in the current lattice. */
export function measurement(
  atoms: readonly DrawnAtom[],
  truth: ArrayLike<number>,
  current: ArrayLike<number>,
): { readonly between: string; readonly now: string; readonly truly: string } | null {
  const [p, q, r] = atoms;
  if (!p || !q) return null;
  const value = (lattice: ArrayLike<number>): string =>
    r
      ? `${formatNumber(angleAt(lattice, p.fract, q.fract, r.fract), 1)}°`
      : `${formatNumber(distanceBetween(lattice, p.fract, q.fract))}${THIN}Å`;
  return {
    between: (r ? [p, q, r] : [p, q]).map(atom => atom.species[0]!.label).join('–'),
    now: value(current),
    truly: value(truth),
  };
}

/** The six parameters in words, for those who do not see the picture. */
export function cellText([a, b, c, alpha, beta, gamma]: Cell): string {
  const lengths = [a, b, c].map((value, i) => `${'abc'[i]} ${formatNumber(value)}`).join(', ');
  const angles = [alpha, beta, gamma].map((value, i) => `${'αβγ'[i]} ${formatNumber(value, 1)}°`).join(', ');
  return `${lengths} Å, ${angles}`;
}
