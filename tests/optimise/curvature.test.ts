import { describe, expect, it } from 'vitest';
import { largestCurvature } from '../../src/optimise/curvature.ts';
import { diagonal, quadratic } from '../support/plans.ts';
import { fc } from '../support/seeded.ts';

const CENTRE = [5, 5, 5, 90, 90, 90];
const ONE_EACH = [[0], [1], [2], [3], [4], [5]];

describe('the largest curvature', () => {
  it('of a quadratic is the largest eigenvalue of its Hessian, wherever it is taken', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.1, max: 50, noNaN: true }), { minLength: 6, maxLength: 6 }),
        entries => {
          const found = largestCurvature(
            quadratic(diagonal(...entries), CENTRE),
            [6, 4, 5, 80, 95, 100],
            ONE_EACH,
          );
          // the power iteration is slow where two eigenvalues are close: half a per cent is what is asked
          expect(Math.abs(found / Math.max(...entries) - 1)).toBeLessThan(5e-3);
        },
      ),
    );
  });

  it('sees couplings: [[2, 1], [1, 2]] has 3', () => {
    const hessian = diagonal(2, 2, 0, 0, 0, 0);
    hessian[1] = hessian[6] = 1;
    expect(largestCurvature(quadratic(hessian, CENTRE), CENTRE, [[0], [1]])).toBeCloseTo(3, 5);
  });

  it('is the algebraically largest, not the largest in size', () => {
    const objective = quadratic(diagonal(1, -9, 0, 0, 0, 0), CENTRE);
    expect(largestCurvature(objective, CENTRE, [[0], [1]])).toBeCloseTo(1, 5);
  });

  it('of parameters that move as one is that along their common direction: the sum over the group', () => {
    const objective = quadratic(diagonal(1, 2, 3, 0, 0, 7), CENTRE);
    expect(largestCurvature(objective, CENTRE, [[0, 1, 2]])).toBeCloseTo(6, 5);
    expect(largestCurvature(objective, CENTRE, [[0, 1, 2], [5]])).toBeCloseTo(7, 4);
  });

  it('of nothing is 0, next to a cell that does not exist NaN', () => {
    expect(largestCurvature(quadratic(diagonal(0, 0, 0, 0, 0, 0), CENTRE), CENTRE, ONE_EACH)).toBe(0);
    expect(largestCurvature(() => Number.NaN, CENTRE, ONE_EACH)).toBeNaN();
  });
});
