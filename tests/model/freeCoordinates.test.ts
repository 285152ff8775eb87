import { describe, expect, it } from 'vitest';
import { LIBRARY } from '../../src/crystal/library.ts';
import { fractOf } from '../../src/crystal/siteVector.ts';
import type { Structure } from '../../src/crystal/structure.ts';
import { orbitsOf, symmetrised, symmetriser } from '../../src/model/freeCoordinates.ts';
import type { Move } from '../../src/model/parameter.ts';
import { slotsOf } from '../../src/model/slots.ts';
import { seededRng } from '../../src/num/rng.ts';
import { analyseSymmetry } from '../../src/symmetry/analyseSymmetry.ts';
import { operatorsOf } from '../../src/symmetry/operatorsOf.ts';
import counted from '../fixtures/free-coordinates.json' with { type: 'json' };
import { libraryStructure } from '../support/library.ts';
import { moyoInNode } from '../support/moyo.ts';
import { TEXTBOOK, textbookStructure } from '../symmetry/textbook.ts';

const moyo = moyoInNode();
/** What spglib and NumPy count (generate_free_coordinates.py). */
const COUNTED = counted as unknown as Readonly<
  Record<
    string,
    readonly { first: number; atoms: number; free: number; mean: readonly (readonly number[])[] }[]
  >
>;
const CRYSTALS: readonly (readonly [string, Structure])[] = [
  ...LIBRARY.map(({ id }) => [id, libraryStructure(id)] as const),
  ...TEXTBOOK.map(entry => [entry.name, textbookStructure(entry)] as const),
];

/** The crystal with a coordinate moved by so much. */
function moved(structure: Structure, moves: readonly Move[], by: number): Structure {
  const { fract } = slotsOf(structure.sites);
  const x = fractOf(structure.sites);
  for (const { slot, factor } of moves) x[slot - fract]! += by * factor;
  const sites = structure.sites.map((site, j) => ({
    ...site,
    fract: [x[3 * j]!, x[3 * j + 1]!, x[3 * j + 2]!] as const,
  }));
  return { ...structure, sites };
}

describe.each(CRYSTALS)('the coordinates that symmetry leaves free: %s', (name, structure) => {
  const orbits = orbitsOf(operatorsOf(moyo, structure), structure);
  const { fract } = slotsOf(structure.sites);

  it('are as many, and in the directions, that an independent program finds', () => {
    const expected = COUNTED[name]!;
    expect(orbits.map(({ positions }) => [positions[0]![0], positions.length])).toEqual(
      expected.map(({ first, atoms }) => [first, atoms]),
    );
    expect(orbits.map(({ free }) => free.length)).toEqual(expected.map(({ free }) => free));
    for (const [o, { free, positions }] of orbits.entries())
      for (const { axis, moves } of free) {
        const first = positions[0]![0]!;
        expect(moves[0]).toEqual({ slot: fract + 3 * first + axis, factor: 1 });
        const direction = [0, 1, 2].map(
          i => moves.find(({ slot }) => slot === fract + 3 * first + i)?.factor ?? 0,
        );
        // the mean over the site's rotations leaves what is free as it is
        for (const [i, row] of expected[o]!.mean.entries())
          expect(row.reduce((sum, x, c) => sum + x * direction[c]!, 0)).toBeCloseTo(direction[i]!, 10);
      }
  });

  it('keep the space group', () => {
    const { number } = analyseSymmetry(moyo, structure);
    for (const { free } of orbits)
      for (const { moves } of free)
        expect(analyseSymmetry(moyo, moved(structure, moves, 0.01)).number).toBe(number);
  });

  it('and no other does: the symmetric mean takes an atom back to its site', () => {
    const mean = symmetriser(operatorsOf(moyo, structure), structure);
    const x = fractOf(structure.sites);
    const there = symmetrised(mean, x, x.slice());
    for (const [i, value] of there.entries()) expect(Math.abs(value - x[i]!)).toBeLessThan(2e-3);
    expect(orbits.flatMap(({ free }) => free).length).toBe(rankOf(mean));
    const rng = seededRng(3);
    const noisy = x.map(value => value + 0.05 * rng.normal());
    const once = symmetrised(mean, noisy, x.slice());
    const twice = symmetrised(mean, once, x.slice());
    for (const [i, value] of twice.entries()) expect(value).toBeCloseTo(once[i]!, 12);
    // what is free is kept
    for (const { free } of orbits)
      for (const { moves } of free) {
        const along = fractOf(moved(structure, moves, 0.01).sites);
        const kept = symmetrised(mean, along, x.slice());
        for (const [i, value] of kept.entries()) expect(value - there[i]!).toBeCloseTo(along[i]! - x[i]!, 12);
      }
  });
});

/** The trace of a projector is its rank. */
function rankOf({ to, from, blocks }: ReturnType<typeof symmetriser>): number {
  let trace = 0;
  for (let b = 0; b < to.length; b++)
    if (to[b] === from[b]) trace += blocks[9 * b]! + blocks[9 * b + 4]! + blocks[9 * b + 8]!;
  return Math.round(1e9 * trace) / 1e9 + 0;
}

describe('directions', () => {
  it('of x, 2x, z are named by their leading coordinate', () => {
    const wurtzite = libraryStructure('MoS2');
    const mirror = { rotation: [-1, 1, 0, 0, 1, 0, 0, 0, 1], translation: [0, 0, 0] as const };
    const identity = { rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], translation: [0, 0, 0] as const };
    const site = { ...wurtzite.sites[0]!, fract: [0.2, 0.4, 0.1] as const };
    const [orbit] = orbitsOf([identity, mirror], { cell: wurtzite.cell, sites: [site] });
    expect(orbit!.free.map(({ axis, moves }) => [axis, moves])).toEqual([
      [
        0,
        [
          { slot: 6, factor: 1 },
          { slot: 7, factor: 2 },
        ],
      ],
      [2, [{ slot: 8, factor: 1 }]],
    ]);
  });

  it('of species that share a place are one', () => {
    const salt = textbookStructure(TEXTBOOK.find(entry => entry.name === 'wurtzite')!);
    const mixed = {
      ...salt,
      sites: salt.sites.flatMap(site =>
        site.element === 'S'
          ? [
              { ...site, occupancy: 0.6 },
              { ...site, element: 'Se', occupancy: 0.4 },
            ]
          : [site],
      ),
    };
    const orbits = orbitsOf(operatorsOf(moyo, mixed), mixed);
    expect(orbits.map(({ positions }) => positions.map(place => place.length))).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(orbits[1]!.free).toHaveLength(1);
    expect(orbits[1]!.free[0]!.moves).toHaveLength(4);
  });

  it('are refused where the crystal has no such symmetry', () => {
    const { cell, sites } = libraryStructure('BPO4');
    const fourfold = { rotation: [0, -1, 0, 1, 0, 0, 0, 0, 1], translation: [0.1, 0, 0] as const };
    expect(() => orbitsOf([fourfold], { cell, sites })).toThrow('symmetry takes B1 to where no B is');
  });
});
