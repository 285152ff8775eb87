import { describe, expect, it } from 'vitest';
import { linearAssignment } from '../../src/matching/assignment.ts';
import { earthMoversDistance } from '../../src/matching/transport.ts';
import { seededRng } from '../../src/num/rng.ts';

const randomCost = (n: number, m: number, seed: number): Float64Array => {
  const rng = seededRng(seed);
  return Float64Array.from({ length: n * m }, () => rng.uniform());
};

/** Least sum over all permutations. */
function bestByTrial(cost: Float64Array, n: number, row = 0, taken = 0): number {
  if (row === n) return 0;
  let least = Number.POSITIVE_INFINITY;
  for (let column = 0; column < n; column++)
    if (!(taken & (1 << column)))
      least = Math.min(least, cost[row * n + column]! + bestByTrial(cost, n, row + 1, taken | (1 << column)));
  return least;
}

const assignmentCost = (cost: Float64Array, n: number): number => {
  const columns = linearAssignment(cost, n);
  expect(new Set(columns).size).toBe(n);
  return columns.reduce((sum, column, row) => sum + cost[row * n + column]!, 0);
};

describe('the linear assignment', () => {
  it('costs as little as the best of all permutations', () => {
    for (let n = 1; n <= 7; n++)
      for (let seed = 0; seed < 20; seed++) {
        const cost = randomCost(n, n, 100 * n + seed);
        expect(assignmentCost(cost, n)).toBeCloseTo(bestByTrial(cost, n), 12);
      }
  });

  it('copes with equal costs and with costs that rule pairs out', () => {
    expect(assignmentCost(new Float64Array(25), 5)).toBe(0);
    const barred = Float64Array.of(1e20, 1, 1e20, 1, 1e20, 1e20, 1e20, 1e20, 1);
    expect(assignmentCost(barred, 3)).toBe(3);
  });
});

describe("the Earth Mover's Distance", () => {
  const uniform = (n: number): Float64Array => new Float64Array(n).fill(1 / n);

  it('of equal weights is the assignment', () => {
    for (let n = 1; n <= 12; n++) {
      const cost = randomCost(n, n, n);
      const found = earthMoversDistance(uniform(n), uniform(n), cost);
      expect(found).toBeCloseTo(assignmentCost(cost, n) / n, 12);
    }
  });

  it('of unlike numbers is the assignment of copies', () => {
    for (const [n, m] of [
      [2, 3],
      [4, 6],
      [5, 3],
    ] as const) {
      const cost = randomCost(n, m, 10 * n + m);
      // n · m pieces of 1 / (n m): m for each row, n for each column.
      const pieces = n * m;
      const copied = Float64Array.from({ length: pieces * pieces }, (_, at) => {
        const [row, column] = [Math.floor(at / pieces), at % pieces];
        return cost[Math.floor(row / m) * m + Math.floor(column / n)]!;
      });
      const found = earthMoversDistance(uniform(n), uniform(m), cost);
      expect(found).toBeCloseTo(assignmentCost(copied, pieces) / pieces, 12);
    }
  });

  it('on a line is the area between the cumulative distributions', () => {
    const rng = seededRng(4);
    for (let round = 0; round < 20; round++) {
      const n = 9;
      const weights = (): Float64Array => {
        const raw = Float64Array.from({ length: n }, () => rng.uniform());
        const total = raw.reduce((sum, value) => sum + value, 0);
        return raw.map(value => value / total);
      };
      const [p, q] = [weights(), weights()];
      const cost = Float64Array.from({ length: n * n }, (_, at) => Math.abs(Math.floor(at / n) - (at % n)));
      let [ahead, area] = [0, 0];
      for (let i = 0; i < n; i++) area += Math.abs((ahead += p[i]! - q[i]!));
      expect(earthMoversDistance(p, q, cost)).toBeCloseTo(area, 10);
    }
  });
});
