import { describe, expect, it } from 'vitest';
import {
  type Cell,
  cellFromMatrix,
  cellGradient,
  cellProblem,
  cellVolume,
  inverseSquareSpacing,
  latticeMatrix,
  metricTensor,
  reciprocalMetric,
} from '../../src/crystal/cell.ts';
import { anyCell } from '../support/cells.ts';
import { expectClose } from '../support/expectClose.ts';
import { numericalGradient } from '../support/gradcheck.ts';
import { fc } from '../support/seeded.ts';

const product = (p: ArrayLike<number>, q: ArrayLike<number>): number[] =>
  [0, 1, 2].flatMap(i =>
    [0, 1, 2].map(j => [0, 1, 2].reduce((sum, k) => sum + p[3 * i + k]! * q[3 * k + j]!, 0)),
  );
const transposed = (m: ArrayLike<number>): number[] => [0, 3, 6, 1, 4, 7, 2, 5, 8].map(i => m[i]!);
const determinant = (m: ArrayLike<number>): number =>
  m[0]! * (m[4]! * m[8]! - m[5]! * m[7]!) -
  m[1]! * (m[3]! * m[8]! - m[5]! * m[6]!) +
  m[2]! * (m[3]! * m[7]! - m[4]! * m[6]!);
const IDENTITY = [1, 0, 0, 0, 1, 0, 0, 0, 1];
const ROUND = { relative: 1e-10, absolute: 1e-10 };

describe('cell and metric', () => {
  it('the metric is Lᵀ L, the reciprocal metric its inverse, the volume the determinant of L', () => {
    fc.assert(
      fc.property(anyCell, cell => {
        const lattice = latticeMatrix(cell);
        const g = metricTensor(cell);
        expectClose(g, product(transposed(lattice), lattice), ROUND, 'G');
        expectClose(product(g, reciprocalMetric(cell)), IDENTITY, ROUND, 'G G*');
        expectClose([cellVolume(cell)], [determinant(lattice)], ROUND, 'volume');
        expect([lattice[3], lattice[6], lattice[7]]).toEqual([0, 0, 0]);
      }),
    );
  });

  it('a cell comes back from its lattice matrix, whatever the orientation', () => {
    fc.assert(
      fc.property(anyCell, fc.double({ min: 0, max: 6.28, noNaN: true }), (cell, angle) => {
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const turned = product([c, -s, 0, s, c, 0, 0, 0, 1], latticeMatrix(cell));
        expectClose(cellFromMatrix(turned), cell, { relative: 1e-9, absolute: 1e-9 }, 'cell');
      }),
    );
  });

  it('1/d² of a hexagonal reflection is 4/3 (h² + hk + k²)/a² + l²/c²', () => {
    const recip = reciprocalMetric([4.828, 4.828, 2.847, 90, 90, 120]);
    for (const [h, k, l] of [
      [1, 0, 0],
      [2, -1, 3],
      [1, 1, -2],
    ] as const)
      expect(inverseSquareSpacing(recip, h, k, l)).toBeCloseTo(
        (4 / 3) * ((h * h + h * k + k * k) / 4.828 ** 2) + (l / 2.847) ** 2,
        12,
      );
  });

  it('a right angle gives exact zeros', () => {
    const recip = reciprocalMetric([3, 4, 5, 90, 90, 90]);
    expect([recip[1], recip[2], recip[5]].map(Math.abs)).toEqual([0, 0, 0]);
    expect(cellVolume([3, 4, 5, 90, 90, 90])).toBe(60);
  });

  it('derivatives of 1/d² in all six parameters are those of central differences', () => {
    fc.assert(
      fc.property(
        anyCell,
        fc.tuple(
          fc.integer({ min: -6, max: 6 }),
          fc.integer({ min: -6, max: 6 }),
          fc.integer({ min: 1, max: 6 }),
        ),
        (cell, hkl) => {
          const gamma = hkl.flatMap(p => hkl.map(q => p * q));
          const analytic = cellGradient(cell, reciprocalMetric(cell), gamma, new Float64Array(6));
          const value = (at: Float64Array): number => inverseSquareSpacing(reciprocalMetric(at), ...hkl);
          const numeric = numericalGradient(value, cell, i => (i < 3 ? 1e-3 : 2e-2));
          const scale = Math.max(...analytic.map(Math.abs));
          expectClose(analytic, numeric, { relative: 1e-6, absolute: 1e-6 * scale }, 'd(1/d²)');
        },
      ),
    );
  });
});

describe('what is a cell', () => {
  const problem = (...cell: Cell): string | null => cellProblem(cell);
  it('has positive lengths; the message names parameter, value and unit', () => {
    expect(problem(-1, 4, 5, 90, 90, 90)).toBe('a = -1 Å is not a cell length');
    expect(problem(3, 0, 5, 90, 90, 90)).toBe('b = 0 Å is not a cell length');
    expect(problem(3, 4, Number.NaN, 90, 90, 90)).toBe('c = NaN Å is not a cell length');
    expect(problem(3, 4, Number.POSITIVE_INFINITY, 90, 90, 90)).toContain('c = Infinity Å');
  });
  it('has angles between 0° and 180°', () => {
    expect(problem(3, 4, 5, 180, 90, 90)).toBe('alpha = 180° is not a cell angle');
    expect(problem(3, 4, 5, 90, 0, 90)).toBe('beta = 0° is not a cell angle');
    expect(problem(3, 4, 5, 90, 90, -60)).toBe('gamma = -60° is not a cell angle');
  });
  it('has angles that close: 120°, 120°, 120° are flat, 60°, 60°, 130° do not meet', () => {
    expect(problem(3, 4, 5, 120, 120, 120)).toBe('angles 120°, 120°, 120° do not close into a cell');
    expect(problem(3, 4, 5, 142.88590604026845, 103.83, 129.3288590604027)).toBe(
      'angles 142.89°, 103.83°, 129.33° do not close into a cell',
    );
    expect(problem(3, 4, 5, 60, 60, 130)).toBe('angles 60°, 60°, 130° do not close into a cell');
    expect(problem(3, 4, 5, 119, 119, 119)).toBeNull();
    expect(cellVolume([3, 4, 5, 60, 60, 130])).toBe(0);
  });
  it('too few numbers are no cell', () => {
    expect(cellProblem([3, 4, 5])).toBe('alpha = NaN° is not a cell angle');
  });
  it('what passes has a positive volume and a finite metric', () => {
    const number = fc.double({ min: -20, max: 200 });
    fc.assert(
      fc.property(fc.tuple(number, number, number, number, number, number), cell => {
        if (cellProblem(cell) !== null) return;
        expect(cellVolume(cell)).toBeGreaterThan(0);
        expect([...latticeMatrix(cell), ...reciprocalMetric(cell)].every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
