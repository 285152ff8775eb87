import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cell, cellFromMatrix, cellVolume, latticeMatrix } from '../../src/crystal/cell.ts';
import { exaggerated, largestShift } from '../../src/views/cell/strain.ts';

const TRUTH = latticeMatrix([4, 5, 6, 90, 90, 90]);

test('one per cent is drawn as five, and as one where nothing is exaggerated', () => {
  const current = latticeMatrix([4.04, 5, 5.94, 90, 90, 90]);
  const { lattice, factor } = exaggerated(TRUTH, current, 5);
  expect(factor).toBe(5);
  const drawn = cellFromMatrix(lattice);
  for (const [i, length] of [4.2, 5, 5.7].entries()) expect(drawn[i]).toBeCloseTo(length, 12);
  expect([...exaggerated(TRUTH, current, 1).lattice]).toEqual([...current]);
});

test('a cell that five times its strain would turn inside out is exaggerated less, and the factor says so', () => {
  const current = latticeMatrix([3, 5, 6, 90, 90, 90]);
  const { lattice, factor } = exaggerated(TRUTH, current, 5);
  // a = 4 − factor · 1 Å must keep 15 % of the volume.
  expect(factor).toBe(3);
  expect(cellFromMatrix(lattice)[0]).toBeCloseTo(1, 12);
});

test('what is drawn is always a right-handed cell', () => {
  const length = fc.double({ min: 0.6, max: 1.5, noNaN: true });
  const angle = fc.double({ min: 65, max: 115, noNaN: true });
  fc.assert(
    fc.property(length, length, length, angle, angle, angle, (p, q, r, alpha, beta, gamma) => {
      const cell: Cell = [4 * p, 5 * q, 6 * r, alpha, beta, gamma];
      fc.pre(cellVolume(cell) > 1);
      const { lattice: m, factor } = exaggerated(TRUTH, latticeMatrix(cell), 5);
      const volume =
        m[0]! * (m[4]! * m[8]! - m[5]! * m[7]!) -
        m[1]! * (m[3]! * m[8]! - m[5]! * m[6]!) +
        m[2]! * (m[3]! * m[7]! - m[4]! * m[6]!);
      expect(volume).toBeGreaterThan(0);
      expect(factor).toBeGreaterThanOrEqual(1);
      expect(factor).toBeLessThanOrEqual(5);
    }),
  );
});

test('the largest shift is that of the corner furthest from the common origin', () => {
  expect(largestShift(TRUTH, TRUTH)).toBe(0);
  expect(largestShift(TRUTH, latticeMatrix([4.3, 5.4, 6, 90, 90, 90]))).toBeCloseTo(0.5, 12);
});
