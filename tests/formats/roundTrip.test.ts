import { describe, expect, it } from 'vitest';
import { FAMILIES, familyOfSpaceGroup } from '../../src/crystal/family.ts';
import type { Structure } from '../../src/crystal/structure.ts';
import { readCif } from '../../src/formats/cif.ts';
import { formulaOf } from '../../src/formats/formula.ts';
import { writeCif } from '../../src/formats/writeCif.ts';
import { anyCell } from '../support/cells.ts';
import { fc } from '../support/seeded.ts';

const coordinate = fc.double({ min: -1, max: 1, noNaN: true }).filter(value => !Object.is(value, -0));

const anyStructure: fc.Arbitrary<Structure> = fc
  .record({
    cell: anyCell,
    number: fc.integer({ min: 1, max: 230 }),
    atoms: fc.array(
      fc.record({
        element: fc.constantFrom('H', 'O', 'Ti', 'Sr', 'U'),
        fract: fc.tuple(coordinate, coordinate, coordinate),
        occupancy: fc.double({ min: 0.01, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 8 },
    ),
  })
  .map(({ cell, number, atoms }) => {
    const sites = atoms.map((atom, i) => ({ label: `${atom.element}${i + 1}`, ...atom }));
    const formula = formulaOf(sites);
    return {
      name: formula,
      formula,
      cell,
      sites,
      spaceGroup: { symbol: 'P x', number },
      family: familyOfSpaceGroup(number),
      source: 'drawn at random',
    };
  });

describe('a structure written as CIF', () => {
  it('reads back to the last bit', () => {
    fc.assert(
      fc.property(anyStructure, structure => {
        expect(readCif(writeCif(structure))).toEqual({ ok: true, value: structure, warnings: [] });
      }),
    );
  });

  it('without a space-group number takes its family from the cell and says so', () => {
    const base = {
      name: 'X',
      formula: 'O',
      sites: [{ label: 'O1', element: 'O', fract: [0, 0, 0] as const, occupancy: 1 }],
      spaceGroup: { symbol: 'P x', number: null },
      source: 'a test',
    };
    const cells = {
      cubic: [4, 4, 4, 90, 90, 90],
      hexagonal: [4, 4, 5, 90, 90, 120],
      tetragonal: [4, 4, 5, 90, 90, 90],
      orthorhombic: [4, 5, 6, 90, 90, 90],
      monoclinic: [4, 5, 6, 90, 100, 90],
      triclinic: [4, 5, 6, 80, 100, 95],
    } as const;
    for (const { id } of FAMILIES) {
      const text = writeCif({ ...base, family: id, cell: cells[id] });
      const result = readCif(text.replace(/_braggscape_crystal_family.*\n/, ''));
      expect(result.ok && result.value.family).toBe(id);
      expect(result.ok && result.warnings).toEqual([
        `no space-group number: the family ${id} is taken from the cell`,
      ]);
    }
  });
});

describe('the formula of a cell', () => {
  const of = (...atoms: [string, number][]): string =>
    formulaOf(atoms.map(([element, occupancy]) => ({ label: '', element, fract: [0, 0, 0], occupancy })));
  it('is reduced, in order of appearance', () => {
    expect(of(['O', 1], ['Ti', 1], ['O', 1])).toBe('O2Ti');
    expect(of(['Na', 1], ['Cl', 1], ['Na', 1], ['Cl', 1])).toBe('NaCl');
  });
  it('keeps fractions of mixed sites', () => {
    expect(of(['Fe', 0.7], ['Ni', 0.3], ['O', 1])).toBe('Fe0.7Ni0.3O');
    expect(of(['Fe', 0.5], ['Fe', 0.5], ['O', 1])).toBe('FeO');
  });
});
