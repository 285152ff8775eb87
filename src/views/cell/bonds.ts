import { elementData } from '../../crystal/elements.ts';
import { type DrawnAtom, toCartesian } from './cellAtoms.ts';

/** Angstrom beyond the sum of covalent radii up to which two atoms count as bonded. */
export const BOND_ALLOWANCE = 0.4;
/** Neighbours that are looked at for each atom, on average: beyond, the atoms lie on top of one another and none are drawn. */
const MOST_NEIGHBOURS = 1000;
/** Nearer than this two positions are alternatives of one disordered atom, not neighbours. */
const CLASH = 0.5;

const NON_METALS = new Set('H He B C N O F Ne Si P S Cl Ar As Se Br Kr Te I Xe'.split(' '));

const isNonMetal = (atom: DrawnAtom): boolean => NON_METALS.has(atom.species[0]!.element);
const bondingRadius = (atom: DrawnAtom): number =>
  Math.max(...atom.species.map(({ element }) => elementData(element).covalentRadius));

/**
 * Pairs of drawn atoms that are bonded [n * 2], first < second: nearer than the sum of covalent radii and
 * `BOND_ALLOWANCE`. Metals are joined to each other only where there is no non-metal: covalent radii call neighbouring
 * cations of every oxide bonded.
 * @param lattice 3 × 3 row-major, vectors as columns, angstrom
 */
export function bondsBetween(atoms: readonly DrawnAtom[], lattice: ArrayLike<number>): Int32Array {
  const radii = atoms.map(bondingRadius);
  const nonMetal = atoms.map(isNonMetal);
  const salt = nonMetal.includes(true);
  const points = atoms.map(atom => toCartesian(lattice, atom.fract));
  const reach = 2 * Math.max(0, ...radii) + BOND_ALLOWANCE;
  const pairs: number[] = [];
  const complete = forNeighbours(points, reach, (i, j, distance) => {
    if (distance < CLASH || distance > radii[i]! + radii[j]! + BOND_ALLOWANCE) return;
    if (salt && !nonMetal[i] && !nonMetal[j]) return;
    pairs.push(i, j);
  });
  return Int32Array.from(complete ? pairs : []);
}

/**
 * Calls back each pair i < j within `reach` once, by sorting the points into cubes of that size.
 * @returns false where there are too many
 */
function forNeighbours(
  points: readonly (readonly [number, number, number])[],
  reach: number,
  visit: (i: number, j: number, distance: number) => void,
): boolean {
  let looked = 0;
  const cubes = new Map<string, number[]>();
  const cubeOf = (point: readonly number[]): number[] => point.map(value => Math.floor(value / reach));
  for (const [j, point] of points.entries()) {
    if (looked > MOST_NEIGHBOURS * points.length) return false;
    const [cx = 0, cy = 0, cz = 0] = cubeOf(point);
    for (let dx = -1; dx <= 1; dx++)
      for (let dy = -1; dy <= 1; dy++)
        for (let dz = -1; dz <= 1; dz++)
          for (const i of cubes.get(`${cx + dx},${cy + dy},${cz + dz}`) ?? []) {
            looked++;
            const other = points[i]!;
            const distance = Math.hypot(point[0] - other[0], point[1] - other[1], point[2] - other[2]);
            if (distance <= reach) visit(i, j, distance);
          }
    const home = `${cx},${cy},${cz}`;
    const members = cubes.get(home);
    if (members) members.push(j);
    else cubes.set(home, [j]);
  }
  return true;
}
