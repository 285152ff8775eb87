import { describe, expect, it } from 'vitest';
import { CELL_KEYS, type Cell } from '../../src/crystal/cell.ts';
import { FAMILIES, type FamilyId, familyOf, projectCell } from '../../src/crystal/family.ts';
import { freeGroups, PROJECTOR_READINGS, projector, type SearchSpace } from '../../src/optimise/modes.ts';
import { anyCell } from '../support/cells.ts';
import { expectClose } from '../support/expectClose.ts';
import { fc } from '../support/seeded.ts';

const ROUND = { relative: 1e-13, absolute: 1e-13 };
const anyFamily = fc.constantFrom<FamilyId>(...FAMILIES.map(family => family.id));
const anyAxes = fc
  .tuple(fc.constantFrom(...CELL_KEYS), fc.constantFrom(...CELL_KEYS))
  .filter(([x, y]) => x !== y);

const slice = (x: (typeof CELL_KEYS)[number], y: typeof x, base: Cell, tied = false): SearchSpace => ({
  kind: 'slice',
  x,
  y,
  base,
  tied,
});

describe('the projector', () => {
  it('of the full space is that of the family, whatever the reading', () => {
    fc.assert(
      fc.property(anyCell, anyFamily, fc.constantFrom(...PROJECTOR_READINGS), (cell, family, reading) => {
        const space = { kind: 'full' } as const;
        expect(projector(space, reading, family)(cell)).toEqual(projectCell(familyOf(family), cell));
      }),
    );
  });

  const CUBIC: Cell = [5, 5, 5, 90, 90, 90];
  const HEXAGONAL: Cell = [5, 5, 8, 90, 90, 120];
  it('read in full on a cubic (a, b) slice gives (a + b + c₀)/3', () => {
    const found = projector(slice('a', 'b', CUBIC), 'full', 'cubic')([5.3, 4.9, 5, 90, 90, 90]);
    expectClose(found, [15.2 / 3, 15.2 / 3, 5, 90, 90, 90], ROUND, 'P');
  });
  it('read in full on a hexagonal (a, c) slice gives (a + b₀)/2', () => {
    const found = projector(slice('a', 'c', HEXAGONAL), 'full', 'hexagonal')([5.4, 5, 8.3, 90, 90, 120]);
    expectClose(found, [5.2, 5, 8.3, 90, 90, 120], ROUND, 'P');
  });
  it('read as moved only ties the moved to each other: (a + b)/2, and fixes a moved angle', () => {
    const lengths = projector(slice('a', 'b', CUBIC), 'movedOnly', 'cubic')([5.3, 4.9, 5, 90, 90, 90]);
    expectClose(lengths, [5.1, 5.1, 5, 90, 90, 90], ROUND, 'P');
    const angle = projector(slice('a', 'gamma', CUBIC), 'movedOnly', 'cubic')([5.3, 5, 5, 90, 90, 95]);
    expectClose(angle, [5.3, 5, 5, 90, 90, 90], ROUND, 'P');
  });
  it('read as tied moves every symmetry-equal parameter with the moved one', () => {
    const found = projector(slice('a', 'gamma', CUBIC), 'tied', 'cubic')([5.3, 5, 5, 90, 90, 95]);
    expectClose(found, [5.3, 5.3, 5.3, 90, 90, 90], ROUND, 'P');
  });

  it('is idempotent in the readings moved only and tied', () => {
    fc.assert(
      fc.property(
        anyCell,
        anyCell,
        anyAxes,
        anyFamily,
        fc.constantFrom('movedOnly' as const, 'tied' as const),
        fc.boolean(),
        (base, cell, [x, y], family, reading, tied) => {
          const project = projector(slice(x, y, projectCell(familyOf(family), base), tied), reading, family);
          const once = project(cell);
          expectClose(project(once), once, ROUND, 'P P');
        },
      ),
    );
  });

  it('leaves the true cell alone in every reading', () => {
    fc.assert(
      fc.property(
        anyCell,
        anyAxes,
        anyFamily,
        fc.constantFrom(...PROJECTOR_READINGS),
        (cell, [x, y], family, reading) => {
          const truth = projectCell(familyOf(family), cell);
          expectClose(projector(slice(x, y, truth), reading, family)(truth), truth, ROUND, 'P');
        },
      ),
    );
  });

  it('keeps the parameters that a slice does not move, in full and moved only', () => {
    fc.assert(
      fc.property(anyCell, anyCell, anyAxes, anyFamily, (truth, moved, [x, y], family) => {
        const base = projectCell(familyOf(family), truth);
        const cell = base.map((value, i) => ([x, y].includes(CELL_KEYS[i]!) ? moved[i]! : value));
        for (const reading of ['full', 'movedOnly'] as const) {
          const found = projector(slice(x, y, base), reading, family)(cell);
          CELL_KEYS.forEach((key, i) => {
            if (key !== x && key !== y) expect(found[i]).toBe(base[i]);
          });
        }
      }),
    );
  });
});

describe('what moves as one', () => {
  const base: Cell = [5, 5, 5, 90, 90, 90];
  it('every parameter on its own in the full space and in a plain slice', () => {
    expect(freeGroups({ kind: 'full' }, 'cubic')).toEqual([[0], [1], [2], [3], [4], [5]]);
    expect(freeGroups(slice('b', 'gamma', base), 'cubic')).toEqual([[1], [5]]);
  });
  it('the tied ones together in a tied slice; a third one tied to both follows x', () => {
    expect(freeGroups(slice('a', 'gamma', base, true), 'cubic')).toEqual([[0, 1, 2], [5]]);
    expect(freeGroups(slice('b', 'c', base, true), 'hexagonal')).toEqual([[0, 1], [2]]);
    expect(freeGroups(slice('a', 'b', base, true), 'cubic')).toEqual([[0, 2], [1]]);
  });
});
