import type { Cell } from '../../crystal/cell.ts';
import type { Site, Structure } from '../../crystal/structure.ts';
import type { CurrentCrystal } from '../../state/explore/exploreState.ts';
import { formatNumber, THIN } from '../../ui/format.ts';
import { type DrawnAtom, toCartesian, type Vector } from './cellAtoms.ts';

/** The current cell; the true one where there is none yet, or while it is still that of the last crystal. */
export const shownCell = (structure: Structure, current: CurrentCrystal | null): Cell =>
  current?.problem.sites === structure.sites ? current.cell : structure.cell;

/** The sites of the current crystal; the true ones where none has moved, or while it is still the last crystal. */
export const shownSites = (structure: Structure, current: CurrentCrystal | null): readonly Site[] =>
  (current?.problem.sites === structure.sites && current.sites) || structure.sites;

/** "Mn1 0.5, Ni1 0.5"; an occupancy of 1 says nothing and is left out. */
export const speciesText = ({ species }: DrawnAtom): string =>
  species
    .map(({ label, element, occupancy }) => {
      const name = label.startsWith(element) ? label : `${label} (${element})`;
      return occupancy < 0.9995 ? `${name} ${formatNumber(occupancy, 3).replace(/0+$/, '')}` : name;
    })
    .join(', ');

const difference = (lattice: ArrayLike<number>, p: Vector, q: Vector): [number, number, number] =>
  toCartesian(lattice, [q[0] - p[0], q[1] - p[1], q[2] - p[2]]);

/** Distance of two fractional positions, angstrom; no periodic images. */
export const distanceBetween = (lattice: ArrayLike<number>, p: Vector, q: Vector): number =>
  Math.hypot(...difference(lattice, p, q));

/** Angle at `vertex`, degrees. */
export function angleAt(lattice: ArrayLike<number>, p: Vector, vertex: Vector, q: Vector): number {
  const [u, v] = [difference(lattice, vertex, p), difference(lattice, vertex, q)];
  const cosine = (u[0] * v[0] + u[1] * v[1] + u[2] * v[2]) / (Math.hypot(...u) * Math.hypot(...v));
  return (Math.acos(Math.max(-1, Math.min(1, cosine))) * 180) / Math.PI;
}

/** Atoms in their places in a lattice. */
interface Placed {
  readonly atoms: readonly DrawnAtom[];
  readonly lattice: ArrayLike<number>;
}

/** Distance of two atoms or angle at the second of three, in the true and in the current crystal. */
export function measurement(
  truth: Placed,
  current: Placed,
): { readonly between: string; readonly now: string; readonly truly: string } | null {
  if (truth.atoms.length < 2) return null;
  const value = ({ atoms: [p, q, r], lattice }: Placed): string =>
    r
      ? `${formatNumber(angleAt(lattice, p!.fract, q!.fract, r.fract), 1)}°`
      : `${formatNumber(distanceBetween(lattice, p!.fract, q!.fract))}${THIN}Å`;
  return {
    between: truth.atoms.map(atom => atom.species[0]!.label).join('–'),
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
