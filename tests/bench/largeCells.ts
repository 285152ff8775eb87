import type { Cell } from '../../src/crystal/cell.ts';
import type { Site, Structure } from '../../src/crystal/structure.ts';
import { seededRng } from '../../src/num/rng.ts';

/** Volume of an atom, cubic angstrom. */
const VOLUME = 17.4;
const ELEMENTS = ['O', 'Si', 'Fe'] as const;

/** A made-up triclinic crystal of n atoms at random places: no reflection is extinct and none coincide. */
export function largeCell(atoms: number, seed: number): Structure {
  const rng = seededRng(seed);
  const edge = Math.cbrt(atoms * VOLUME);
  // angles and shape such that the volume is about that of the cube
  const cell: Cell = [0.93 * edge, 1.01 * edge, 1.09 * edge, 84, 97, 93];
  const sites: Site[] = Array.from({ length: atoms }, (_, i) => ({
    label: `X${i + 1}`,
    element: ELEMENTS[i % 3]!,
    fract: [rng.uniform(), rng.uniform(), rng.uniform()],
    occupancy: 1,
  }));
  return {
    name: `${atoms} atoms at random`,
    formula: `${atoms} atoms`,
    cell,
    sites,
    spaceGroup: { symbol: 'P 1', number: 1 },
    family: 'triclinic',
    source: `made by the benchmark, seed ${seed}`,
  };
}
