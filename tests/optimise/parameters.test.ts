import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../../src/crystal/family.ts';
import { evenPoint } from '../../src/optimise/lowDiscrepancy.ts';
import { cellParameters } from '../../src/optimise/parameters.ts';
import { numericalGradient } from '../support/gradcheck.ts';

const CELLS = {
  cubic: [5, 5, 5, 90, 90, 90],
  hexagonal: [5, 5, 7, 90, 90, 120],
  tetragonal: [5, 5, 7, 90, 90, 90],
  orthorhombic: [5, 6, 7, 90, 90, 90],
  monoclinic: [5, 6, 7, 90, 101, 90],
  triclinic: [5, 6, 7, 80, 101, 95],
} as const;

describe('free parameters of the lattice', () => {
  it('are one for cubic cells and six without a family, named after the first of those that move as one', () => {
    const names = FAMILIES.map(({ id }) =>
      cellParameters(id)
        .free.map(({ name }) => name)
        .join(' '),
    );
    expect(names).toEqual(['a', 'a c', 'a c', 'a b c', 'a b c beta', 'a b c alpha beta gamma']);
    expect(cellParameters(null).free).toHaveLength(6);
  });

  for (const { id } of FAMILIES) {
    it(`of a ${id} cell lead to it and back, and carry gradients by the chain rule`, () => {
      const parameters = cellParameters(id);
      const x = parameters.fromCell(CELLS[id]);
      const cell = parameters.toCell(x);
      for (let i = 0; i < 6; i++) expect(cell[i]).toBeCloseTo(CELLS[id][i]!, 12);
      const weights = [1, -2, 3, 0.1, -0.2, 0.3];
      const value = (at: Float64Array): number =>
        parameters.toCell(at).reduce((sum, p, i) => sum + weights[i]! * p * p, 0);
      const byCell = cell.map((p, i) => 2 * weights[i]! * p);
      const own = parameters.chain(cell, byCell, new Float64Array(x.length));
      const expected = numericalGradient(value, x, 1e-3);
      for (let j = 0; j < x.length; j++) expect(own[j]! / expected[j]!).toBeCloseTo(1, 7);
    });
  }

  it('drop what the family does not allow', () => {
    const cell = cellParameters('tetragonal').fromCell([4, 6, 7, 80, 95, 100]);
    expect(Array.from(cell, Math.exp)).toEqual([expect.closeTo(5, 12), expect.closeTo(7, 12)]);
  });
});

describe('points that fill a cube evenly', () => {
  it('begin in its middle and leave no gap as wide as chance does', () => {
    expect([...evenPoint(0, 3)]).toEqual([0.5, 0.5, 0.5]);
    for (const dimensions of [1, 2, 6])
      for (let j = 0; j < dimensions; j++) {
        const values = Array.from({ length: 64 }, (_, k) => evenPoint(k, dimensions)[j]!).sort(
          (p, q) => p - q,
        );
        const gaps = values.map((value, k) => value - (values[k - 1] ?? 0));
        // 64 draws by chance leave a largest gap of 0.073 on average, and 0.11 in one of ten
        expect(Math.max(...gaps, 1 - values.at(-1)!)).toBeLessThan(0.065);
      }
  });
});
