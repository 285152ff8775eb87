import { expect, it } from 'vitest';
import { cellExists, cellProblem } from '../../src/crystal/cell.ts';
import { seededRng } from '../../src/num/rng.ts';

it('a cell exists exactly where nothing is the matter with it', () => {
  const random = seededRng(11);
  let missing = 0;
  for (let round = 0; round < 5000; round++) {
    const cell = Float64Array.from({ length: 6 }, (_, i) =>
      i < 3 ? 12 * random.uniform() - 1 : 200 * random.uniform() - 10,
    );
    if (round % 50 === 0) cell[round % 6] = [Number.NaN, 0, 1e4, Number.POSITIVE_INFINITY][round % 4]!;
    expect(cellExists(cell)).toBe(cellProblem(cell) === null);
    if (!cellExists(cell)) missing++;
  }
  expect(missing).toBeGreaterThan(500);
  expect(missing).toBeLessThan(4500);
});
