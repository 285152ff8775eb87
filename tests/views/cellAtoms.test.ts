import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Site } from '../../src/crystal/structure.ts';
import { readCif } from '../../src/formats/cif.ts';
import {
  atomsToDraw,
  cellEdges,
  drawnRadius,
  movedAtoms,
  toCartesian,
} from '../../src/views/cell/cellAtoms.ts';

const site = (element: string, fract: readonly [number, number, number], occupancy = 1): Site => ({
  label: `${element}1`,
  element,
  fract,
  occupancy,
});

const ROCK_SALT: readonly Site[] = [
  [0, 0, 0],
  [0.5, 0.5, 0],
  [0.5, 0, 0.5],
  [0, 0.5, 0.5],
].flatMap(([x = 0, y = 0, z = 0]) => [site('Na', [x, y, z]), site('Cl', [(x + 0.5) % 1, y, z])]);

test('corners, edges and faces are closed: one atom at the origin is drawn eight times', () => {
  const atoms = atomsToDraw([site('Po', [0, 0, 0])], 1);
  expect(atoms.map(atom => atom.fract.join(' ')).sort()).toEqual(
    ['0 0 0', '0 0 1', '0 1 0', '0 1 1', '1 0 0', '1 0 1', '1 1 0', '1 1 1'].sort(),
  );
});

test('rock salt is the 3 × 3 × 3 block of textbooks, and 5 × 5 × 5 in two cells along each axis', () => {
  expect(atomsToDraw(ROCK_SALT, 1)).toHaveLength(27);
  expect(atomsToDraw(ROCK_SALT, 2)).toHaveLength(125);
});

test('the built-in U2Ti shows eight Ti on the corners and two U inside', () => {
  const read = readCif(readFileSync('public/structures/U2Ti.cif', 'utf8'));
  if (!read.ok) throw new Error(read.message);
  const elements = atomsToDraw(read.value.sites, 1).map(({ species }) => species[0]!.element);
  expect(elements.filter(element => element === 'Ti')).toHaveLength(8);
  expect(elements.filter(element => element === 'U')).toHaveLength(2);
});

test('an atom a hair below 1 or outside the cell is on the boundary like one at 0', () => {
  for (const x of [0.9996, -0.0004, 1.0003, -3])
    expect(atomsToDraw([site('Po', [x, 0.5, 0.5])], 1).map(({ fract }) => Math.round(fract[0]) + 0)).toEqual([
      0, 1,
    ]);
  expect(atomsToDraw([site('Po', [0.99, 0.5, 0.5])], 1)).toHaveLength(1);
});

test('sites that share a position are one sphere, the larger share first, as large as its largest species', () => {
  const atoms = atomsToDraw([site('O', [0.2, 0.2, 0.2], 0.3), site('U', [0.2, 0.2, 0.2], 0.7)], 1);
  expect(atoms).toHaveLength(1);
  expect(atoms[0]!.species.map(({ element }) => element)).toEqual(['U', 'O']);
  expect(atoms[0]!.radius).toBe(drawnRadius('U'));
  expect(drawnRadius('O')).toBeLessThan(drawnRadius('Na'));
});

test('twelve edges of unit length in one cell, 27 double ones in eight', () => {
  for (const [repeat, count] of [
    [1, 12],
    [2, 27],
  ] as const) {
    const edges = cellEdges(repeat);
    expect(edges).toHaveLength(count);
    for (const [p, q] of edges) expect(q.map((value, i) => value - p[i]!).sort()).toEqual([0, 0, repeat]);
    const seen = new Set(edges.map(ends => ends.join()));
    expect(seen.size).toBe(count);
  }
});

test('a fractional position becomes x_cart = L f with the lattice vectors as columns', () => {
  expect(toCartesian([2, 3, 5, 0, 7, 11, 0, 0, 13], [1, 10, 100])).toEqual([532, 1170, 1300]);
});

test('thousands of atoms on one place are one sphere of a few slices, and thousands beside each other are found at once', () => {
  const heap = Array.from({ length: 9000 }, (_, i) => site('O', [0.5, 0.5, 0.5], 1 - 1e-5 * i));
  const [atom, ...others] = atomsToDraw(heap, 1);
  expect(others).toEqual([]);
  expect(atom!.species).toHaveLength(12);
  expect(atom!.species[0]!.occupancy).toBe(1);
  const apart = Array.from({ length: 9000 }, (_, i) =>
    site('O', [(i % 21) / 21 + 0.01, (Math.floor(i / 21) % 21) / 21 + 0.01, Math.floor(i / 441) / 21 + 0.01]),
  );
  const before = process.cpuUsage();
  expect(atomsToDraw(apart, 1)).toHaveLength(9000);
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000);
});

test('every image of an atom moves by the shortest way, whole cells aside, and the others stay as they are', () => {
  const home = [site('O', [0, 0.5, 0.5]), site('U', [0.5, 0.5, 0.5])];
  const atoms = atomsToDraw(home, 1);
  expect(movedAtoms(atoms, home, home)).toBe(atoms);
  // rounding is no motion
  expect(movedAtoms(atoms, home, [site('O', [1e-12, 1.5, 0.5]), home[1]!])).toBe(atoms);
  const moved = movedAtoms(atoms, home, [site('O', [0.9, 1.5, 0.5]), home[1]!]);
  expect(moved.map(({ fract }) => fract[0].toFixed(6))).toEqual(['-0.100000', '0.900000', '0.500000']);
  expect(moved[2]).toBe(atoms[2]);
});
