import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import {
  FAMILIES,
  type FamilyId,
  familyOf,
  familyOfSpaceGroup,
  projectCell,
  tiedTo,
} from '../../src/crystal/family.ts';
import { LIBRARY } from '../../src/crystal/library.ts';
import { anyCell } from '../support/cells.ts';
import { expectClose } from '../support/expectClose.ts';
import { fc } from '../support/seeded.ts';

const ROUND = { relative: 1e-13, absolute: 1e-13 };

describe("the paper's projectors (S1.3)", () => {
  const cell: Cell = [4, 5, 9, 80, 100, 115];
  it.each<[FamilyId, Cell]>([
    ['cubic', [6, 6, 6, 90, 90, 90]],
    ['hexagonal', [4.5, 4.5, 9, 90, 90, 120]],
    ['tetragonal', [4.5, 4.5, 9, 90, 90, 90]],
    ['orthorhombic', [4, 5, 9, 90, 90, 90]],
    ['monoclinic', [4, 5, 9, 90, 100, 90]],
    ['triclinic', [4, 5, 9, 80, 100, 115]],
  ])('%s', (id, expected) => {
    expect(projectCell(familyOf(id), cell)).toEqual(expected);
  });

  it.each(FAMILIES.map(family => [family.id, family] as const))(
    'the %s one is idempotent and orthogonal: the change is normal to the family',
    (_, family) => {
      fc.assert(
        fc.property(anyCell, anyCell, (cell, other) => {
          const p = projectCell(family, cell);
          const q = projectCell(family, other);
          expectClose(projectCell(family, p), p, ROUND, 'P P');
          const along = p.reduce((sum, value, i) => sum + (cell[i]! - value) * (q[i]! - value), 0);
          expect(Math.abs(along)).toBeLessThan(1e-9);
          // so no cell of the family is nearer than the projection
          const apart = (r: Cell): number => Math.hypot(...r.map((value, i) => value - cell[i]!));
          expect(apart(p)).toBeLessThanOrEqual(apart(q) + 1e-9);
        }),
      );
    },
  );

  it.each(FAMILIES.map(family => [family.id, family] as const))('%s cells stay as they are', (_, family) => {
    fc.assert(
      fc.property(anyCell, cell => {
        const member = projectCell(family, cell);
        for (const [key, value] of Object.entries(family.fixed))
          expect(member[['a', 'b', 'c', 'alpha', 'beta', 'gamma'].indexOf(key)]).toBe(value);
        for (const group of family.equal)
          expect(new Set(group.map(key => member['abc'.indexOf(key)])).size).toBe(1);
      }),
    );
  });
});

describe('ties', () => {
  it('a cubic length ties all three, a hexagonal or tetragonal one a and b, an angle nothing', () => {
    expect(tiedTo(familyOf('cubic'), 'b')).toEqual(['a', 'b', 'c']);
    for (const id of ['hexagonal', 'tetragonal'] as const) {
      expect(tiedTo(familyOf(id), 'b')).toEqual(['a', 'b']);
      expect(tiedTo(familyOf(id), 'c')).toEqual(['c']);
      expect(tiedTo(familyOf(id), 'gamma')).toEqual(['gamma']);
    }
    for (const id of ['orthorhombic', 'monoclinic', 'triclinic'] as const)
      expect(tiedTo(familyOf(id), 'a')).toEqual(['a']);
  });
});

describe('the family of a space-group number', () => {
  // First and last number of each crystal system, International Tables A.
  it.each<[FamilyId, number, number]>([
    ['triclinic', 1, 2],
    ['monoclinic', 3, 15],
    ['orthorhombic', 16, 74],
    ['tetragonal', 75, 142],
    ['hexagonal', 143, 194],
    ['cubic', 195, 230],
  ])('%s runs from %i to %i', (id, first, last) => {
    for (let number = first; number <= last; number++) expect(familyOfSpaceGroup(number)).toBe(id);
  });

  it.each([0, 231, -1, 1.5, Number.NaN])('%d is refused', number => {
    expect(() => familyOfSpaceGroup(number)).toThrow(`space-group number ${number} is outside 1–230`);
  });

  it('agrees with every entry of the library', () => {
    expect(LIBRARY).toHaveLength(10);
    for (const { number, family } of LIBRARY) expect(familyOfSpaceGroup(number)).toBe(family);
  });

  it('an unknown family is refused by name', () => {
    expect(() => familyOf('rhombic' as FamilyId)).toThrow('no crystal family is called "rhombic"');
  });
});
