import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cell, latticeMatrix } from '../../src/crystal/cell.ts';
import { elementData } from '../../src/crystal/elements.ts';
import { BOND_ALLOWANCE, bondsBetween } from '../../src/views/cell/bonds.ts';
import { type DrawnAtom, toCartesian } from '../../src/views/cell/cellAtoms.ts';

const atom = (element: string, fract: readonly [number, number, number]): DrawnAtom => ({
  fract,
  species: [{ label: element, element, occupancy: 1, site: 0 }],
  radius: 0.4,
});

/** The 27 atoms of a closed rock-salt cell. */
const ROCK_SALT = Array.from({ length: 27 }, (_, k) => {
  const [x, y, z] = [k % 3, Math.floor(k / 3) % 3, Math.floor(k / 9)];
  return atom((x + y + z) % 2 === 0 ? 'Na' : 'Cl', [x / 2, y / 2, z / 2]);
});
const namesOf = (atoms: readonly DrawnAtom[], bonds: Int32Array): string[] =>
  Array.from({ length: bonds.length / 2 }, (_, k) =>
    [bonds[2 * k]!, bonds[2 * k + 1]!]
      .map(i => atoms[i]!.species[0]!.element)
      .sort()
      .join('–'),
  );

test('rock salt is joined along the edges of its small cubes and nowhere else', () => {
  const names = namesOf(ROCK_SALT, bondsBetween(ROCK_SALT, latticeMatrix([5.64, 5.64, 5.64, 90, 90, 90])));
  expect(names).toHaveLength(54);
  expect(new Set(names)).toEqual(new Set(['Cl–Na']));
});

test('bonds are those of the cell that is given: stretched along a, they break along a', () => {
  // 3.5 Å is beyond 1.66 + 1.02 + 0.4 Å.
  expect(bondsBetween(ROCK_SALT, latticeMatrix([7, 5.64, 5.64, 90, 90, 90])).length / 2).toBe(36);
});

test('metals are joined to metals only where there is no non-metal', () => {
  const lattice = latticeMatrix([10, 10, 10, 90, 90, 90]);
  const metals = [atom('Mn', [0, 0, 0]), atom('Na', [0.29, 0, 0])];
  expect([...bondsBetween(metals, lattice)]).toEqual([0, 1]);
  expect([...bondsBetween([...metals, atom('O', [0.15, 0.15, 0])], lattice)]).toEqual([0, 2, 1, 2]);
});

test('alternatives of a disordered atom are not bonded to each other', () => {
  const pair = [atom('O', [0, 0, 0]), atom('O', [0.04, 0, 0])];
  expect(bondsBetween(pair, latticeMatrix([10, 10, 10, 90, 90, 90]))).toHaveLength(0);
});

test('sorting into cubes finds what comparing every pair finds', () => {
  const share = fc.double({ min: 0, max: 3, noNaN: true });
  const fract = fc.tuple(share, share, share);
  const atoms = fc.array(
    fc.tuple(fc.constantFrom('O', 'Si', 'Cs', 'H'), fract).map(([element, place]) => atom(element, place)),
    { maxLength: 60 },
  );
  const angle = fc.double({ min: 70, max: 110, noNaN: true });
  const cells = fc.tuple(angle, angle, angle).map(angles => [4, 5, 6, ...angles] as unknown as Cell);
  fc.assert(
    fc.property(atoms, cells, (drawn, cell) => {
      const lattice = latticeMatrix(cell);
      const salt = drawn.some(({ species }) => species[0]!.element !== 'Cs');
      const expected: string[] = [];
      for (let j = 0; j < drawn.length; j++)
        for (let i = 0; i < j; i++) {
          const [p, q] = [drawn[i]!, drawn[j]!];
          const [u, v] = [toCartesian(lattice, p.fract), toCartesian(lattice, q.fract)];
          const distance = Math.hypot(u[0] - v[0], u[1] - v[1], u[2] - v[2]);
          const [e, f] = [p.species[0]!.element, q.species[0]!.element];
          const most = elementData(e).covalentRadius + elementData(f).covalentRadius + BOND_ALLOWANCE;
          if (distance >= 0.5 && distance <= most && !(salt && e === 'Cs' && f === 'Cs'))
            expected.push(`${i} ${j}`);
        }
      const bonds = bondsBetween(drawn, lattice);
      const found = Array.from({ length: bonds.length / 2 }, (_, k) => `${bonds[2 * k]} ${bonds[2 * k + 1]}`);
      expect(found.sort()).toEqual(expected.sort());
    }),
    { numRuns: 200 },
  );
});

test('atoms that lie on top of one another by the thousand are joined by nothing', () => {
  const heap = Array.from({ length: 9000 }, (_, i) => atom('O', [0.1 * ((i * 0.137) % 1), i / 9000, 0.3]));
  const before = process.cpuUsage();
  expect(bondsBetween(heap, latticeMatrix([6, 6, 6, 90, 90, 90]))).toHaveLength(0);
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(4000);
});
