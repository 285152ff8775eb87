import { elementData } from '../../crystal/elements.ts';
import { apart } from '../../crystal/siteOrbit.ts';
import type { Site } from '../../crystal/structure.ts';

export interface AtomSpecies {
  readonly label: string;
  readonly element: string;
  readonly occupancy: number;
  /** Index into the sites of the crystal. */
  readonly site: number;
}

/** One sphere: a position with everything that shares it. */
export interface DrawnAtom {
  /** Fractional coordinates of this image; 1 and more on the far faces. */
  readonly fract: Vector;
  /** Descending occupancy; the sum is below 1 where the position is partly empty. */
  readonly species: readonly AtomSpecies[];
  /** Of the sphere on screen, angstrom. */
  readonly radius: number;
}

/** Unit fraction: 0.3333 under a threefold axis is 1e-4 off, and atoms are never as near as this. */
const TOLERANCE = 1e-3;

/**
 * Radius on screen, angstrom: 0.33 r^0.75 of the covalent radius r. Smaller than the atom so that the cell can be
 * looked into, and compressed so that oxygen is not lost beside uranium.
 */
export const drawnRadius = (element: string): number => 0.33 * elementData(element).covalentRadius ** 0.75;

/** Species of a position that are drawn: what a sphere is cut into. */
const MOST_SPECIES = 12;

/** Sites that share a position become one, species in descending occupancy. */
function positionsOf(sites: readonly Site[]): Pick<DrawnAtom, 'fract' | 'species'>[] {
  const found: { fract: [number, number, number]; species: AtomSpecies[] }[] = [];
  // Positions by the cube of the tolerance that they lie in; those near enough lie in it or in one of the 26 around.
  const cubes = new Map<number, (typeof found)[number][]>();
  const row = Math.ceil(1 / TOLERANCE) + 4;
  const cubeOf = (fract: readonly number[], shift: readonly number[]): number =>
    fract.reduce((key, value, i) => key * row + Math.floor(value / TOLERANCE) + shift[i]! + 2, 0);
  const sharing = (home: readonly number[]): (typeof found)[number] | undefined => {
    for (const shift of AROUND)
      for (const other of cubes.get(cubeOf(home, shift)) ?? [])
        if (other.fract.every((value, i) => Math.abs(value - home[i]!) < TOLERANCE)) return other;
    return undefined;
  };
  for (const [site, { label, element, occupancy, fract }] of sites.entries()) {
    const home = fract.map(value => {
      const wrapped = value - Math.floor(value);
      return wrapped > 1 - TOLERANCE ? wrapped - 1 : wrapped;
    }) as [number, number, number];
    const shared = sharing(home);
    if (shared) {
      shared.species.push({ label, element, occupancy, site });
      continue;
    }
    const position = { fract: home, species: [{ label, element, occupancy, site }] };
    found.push(position);
    const cube = cubeOf(home, [0, 0, 0]);
    cubes.set(cube, [...(cubes.get(cube) ?? []), position]);
  }
  return found.map(({ fract, species }) => ({
    fract,
    species: species.sort((p, q) => q.occupancy - p.occupancy).slice(0, MOST_SPECIES),
  }));
}

const AROUND = [0, -1, 1].flatMap(x => [0, -1, 1].flatMap(y => [0, -1, 1].map(z => [x, y, z] as const)));

/**
 * Every atom inside or on the boundary of `repeat`³ cells, so that faces, edges and corners look closed.
 * The order depends on the sites alone: an index means the same atom in every cell of a descent.
 */
export function atomsToDraw(sites: readonly Site[], repeat: number): DrawnAtom[] {
  const atoms: DrawnAtom[] = [];
  for (const { fract, species } of positionsOf(sites)) {
    const radius = Math.max(...species.map(({ element }) => drawnRadius(element)));
    const shifts = fract.map(value =>
      Array.from({ length: repeat + 1 }, (_, k) => value + k).filter(at => at <= repeat + TOLERANCE),
    );
    for (const x of shifts[0]!)
      for (const y of shifts[1]!)
        for (const z of shifts[2]!) atoms.push({ fract: [x, y, z], species, radius });
  }
  return atoms;
}

/**
 * Drawn atoms where their sites have moved to, each image by the shortest way from its place; the same array where none
 * has.
 * @param home sites of the atoms  @param sites the same ones as they are now
 */
export function movedAtoms(
  atoms: readonly DrawnAtom[],
  home: readonly Site[],
  sites: readonly Site[],
): readonly DrawnAtom[] {
  if (home === sites) return atoms;
  const moved = atoms.map(atom => {
    const { site } = atom.species[0]!;
    const way = apart(sites[site]!.fract, home[site]!.fract);
    if (way.every(value => Math.abs(value) < UNMOVED)) return atom;
    const [x, y, z] = atom.fract;
    return { ...atom, fract: [x + way[0], y + way[1], z + way[2]] as const };
  });
  return moved.some((atom, i) => atom !== atoms[i]) ? moved : atoms;
}

/** Unit fraction: less is rounding. */
const UNMOVED = 1e-9;

/** Cell edges of `repeat`³ cells as fractional segments: along a, then b, then c. */
export function cellEdges(repeat: number): [Vector, Vector][] {
  const segments: [Vector, Vector][] = [];
  for (let axis = 0; axis < 3; axis++)
    for (let p = 0; p <= repeat; p++)
      for (let q = 0; q <= repeat; q++) {
        const from: [number, number, number] = [0, 0, 0];
        from[(axis + 1) % 3] = p;
        from[(axis + 2) % 3] = q;
        const to: [number, number, number] = [...from];
        to[axis] = repeat;
        segments.push([from, to]);
      }
  return segments;
}

export type Vector = readonly [number, number, number];

/** Cartesian position of a fractional one, angstrom. Lattice: 3 × 3 row-major, vectors as columns. */
export const toCartesian = (lattice: ArrayLike<number>, [x, y, z]: Vector): [number, number, number] => [
  lattice[0]! * x + lattice[1]! * y + lattice[2]! * z,
  lattice[3]! * x + lattice[4]! * y + lattice[5]! * z,
  lattice[6]! * x + lattice[7]! * y + lattice[8]! * z,
];

/** The point at a share of the way from `p` to `q`. */
export const pointBetween = (p: Vector, q: Vector, share: number): [number, number, number] => [
  p[0] + share * (q[0] - p[0]),
  p[1] + share * (q[1] - p[1]),
  p[2] + share * (q[2] - p[2]),
];
