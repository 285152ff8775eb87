import { describe, expect, it } from 'vitest';
import { type Cell, cellIndex } from '../../src/crystal/cell.ts';
import { familyOf, projectCell } from '../../src/crystal/family.ts';
import { isTwoCycle, type Objective } from '../../src/optimise/descent.ts';
import { PROJECTOR_READINGS, projector } from '../../src/optimise/modes.ts';
import { anyCell } from '../support/cells.ts';
import { expectClose } from '../support/expectClose.ts';
import { diagonal, PLAN, quadratic, SLICE_AB, trajectory } from '../support/plans.ts';
import { fc } from '../support/seeded.ts';

const ROUND = { relative: 1e-11, absolute: 1e-11 };
const CENTRE: Cell = [5.02, 4.97, 5.1, 91, 88, 92];
/** Symmetric, positive, with couplings between lengths and angles. */
const HESSIAN = [
  [9, 2, 1, 0.1, 0, 0],
  [2, 7, 1, 0, 0.1, 0],
  [1, 1, 5, 0, 0, 0.1],
  [0.1, 0, 0, 0.2, 0, 0],
  [0, 0.1, 0, 0, 0.3, 0],
  [0, 0, 0.1, 0, 0, 0.4],
].flat();
const BOWL = quadratic(HESSIAN, CENTRE);
const slopeAt = (objective: Objective, cell: readonly number[]): Float64Array => {
  const gradient = new Float64Array(6);
  objective(Float64Array.from(cell), gradient);
  return gradient;
};

describe('the three settings of the paper (3.1.1), on a quadratic', () => {
  const full = { ...PLAN, space: { kind: 'full' } as const, maxIterations: 12 };

  it('unconstrained: every step is θ − lr ∇L from the start as it is', () => {
    fc.assert(
      fc.property(anyCell, start => {
        const { cells } = trajectory({ ...full, start }, BOWL);
        expect(cells[0]).toEqual(start);
        for (let k = 0; k + 1 < cells.length; k++) {
          const slope = slopeAt(BOWL, cells[k]!);
          const expected = cells[k]!.map((value, i) => value - full.learningRate * slope[i]!);
          expectClose(cells[k + 1]!, expected, ROUND, `step ${k}`);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('constrained start: the start is projected once, then steps are plain and leave the family', () => {
    fc.assert(
      fc.property(anyCell, start => {
        const { cells } = trajectory({ ...full, mode: 'constrainedStart', start }, BOWL);
        expect(cells[0]).toEqual(projectCell(familyOf('cubic'), start));
        const unconstrained = trajectory({ ...full, start: cells[0] as unknown as Cell }, BOWL);
        expect(cells).toEqual(unconstrained.cells);
        expect(cells[3]![3]).not.toBe(90);
      }),
      { numRuns: 30 },
    );
  });

  it('constrained: every iterate is P(θ − lr ∇L) of the one before and lies in the family', () => {
    for (const family of [
      'cubic',
      'hexagonal',
      'tetragonal',
      'orthorhombic',
      'monoclinic',
      'triclinic',
    ] as const)
      fc.assert(
        fc.property(anyCell, start => {
          const project = (cell: readonly number[]): Cell => projectCell(familyOf(family), cell);
          const { cells } = trajectory({ ...full, family, mode: 'constrained', start }, BOWL);
          expect(cells[0]).toEqual(project(start));
          for (let k = 0; k + 1 < cells.length; k++) {
            const slope = slopeAt(BOWL, cells[k]!);
            const expected = project(cells[k]!.map((value, i) => value - full.learningRate * slope[i]!));
            expectClose(cells[k + 1]!, expected, ROUND, `${family} step ${k}`);
            expectClose(project(cells[k + 1]!), cells[k + 1]!, ROUND, 'in the family');
          }
        }),
        { numRuns: 10 },
      );
  });
});

describe('in a slice', () => {
  it.each(PROJECTOR_READINGS)(
    'read as %s, constrained steps are P of plain steps in the two moved',
    reading => {
      const plan = { ...PLAN, reading, mode: 'constrained' as const, maxIterations: 30 };
      const project = projector(SLICE_AB, reading, 'cubic');
      const { cells } = trajectory(plan, BOWL);
      for (let k = 0; k + 1 < cells.length; k++) {
        const slope = slopeAt(BOWL, cells[k]!);
        const moved = cells[k]!.map((value, i) => (i < 2 ? value - plan.learningRate * slope[i]! : value));
        expectClose(cells[k + 1]!, project(moved), ROUND, `step ${k}`);
        // the symmetry line a = b of the slice is never left
        expect(cells[k]![0]).toBeCloseTo(cells[k]![1]!, 12);
      }
    },
  );

  it('unmoved parameters never move without the tied reading', () => {
    for (const mode of ['unconstrained', 'constrainedStart', 'constrained'] as const) {
      const { cells } = trajectory({ ...PLAN, mode }, BOWL);
      for (const cell of cells) expect(cell.slice(2)).toEqual([5, 90, 90, 90]);
    }
  });

  it('unconstrained from a constrained point leaves the symmetry line where the gradient has a part across it', () => {
    const { cells } = trajectory({ ...PLAN, mode: 'constrainedStart' }, BOWL);
    expect(cells[0]![0]).toBe(cells[0]![1]);
    expect(Math.abs(cells[20]![0]! - cells[20]![1]!)).toBeGreaterThan(1e-3);
  });

  it('of an angle, constrained stays at its fixed value', () => {
    const space = { ...SLICE_AB, y: 'gamma' } as const;
    const start: Cell = [5.2, 5, 5, 90, 90, 95];
    const { cells } = trajectory({ ...PLAN, space, start, family: 'monoclinic', mode: 'constrained' }, BOWL);
    for (const cell of cells) expect(cell[cellIndex('gamma')]).toBe(90);
    expect(cells.at(-1)![0]).not.toBeCloseTo(5.2, 3);
  });

  it('that is tied, parameters that move as one follow the sum of their slopes', () => {
    const space = { ...SLICE_AB, y: 'gamma', tied: true } as const;
    const start: Cell = [5.2, 5.2, 5.2, 90, 90, 95];
    const { cells } = trajectory({ ...PLAN, space, start, maxIterations: 5 }, BOWL);
    for (let k = 0; k + 1 < cells.length; k++) {
      const slope = slopeAt(BOWL, cells[k]!);
      const length = cells[k]![0]! - PLAN.learningRate * (slope[0]! + slope[1]! + slope[2]!);
      const angle = cells[k]![5]! - PLAN.learningRate * slope[5]!;
      expectClose(cells[k + 1]!, [length, length, length, 90, 90, angle], ROUND, `step ${k}`);
    }
  });
});

describe('momentum', () => {
  const entries = [4, 4, 1, 1, 1, 1];
  const valley = quadratic(diagonal(...entries), [5, 5, 5, 90, 90, 90]);
  it('0 is plain descent; otherwise v ← m v + g and θ ← θ − lr v', () => {
    const plan = { ...PLAN, maxIterations: 40, learningRate: 0.02 };
    const plain = trajectory(plan, valley).cells;
    const heavy = trajectory({ ...plan, momentum: 0.8 }, valley).cells;
    let [a, v, slow] = [PLAN.start[0], 0, PLAN.start[0]];
    for (let k = 0; k <= 40; k++) {
      expect(plain[k]![0]).toBeCloseTo(slow, 12);
      expect(heavy[k]![0]).toBeCloseTo(a, 12);
      slow -= 0.02 * 4 * (slow - 5);
      v = 0.8 * v + 4 * (a - 5);
      a -= 0.02 * v;
    }
  });
});

describe('the result', () => {
  it('is the last iterate; the best is kept beside it', () => {
    // 1.5/λ: overshoots in a, converges; b climbs out of a saddle
    const saddle = quadratic(diagonal(1, -1, 0, 0, 0, 0), [5, 5, 5, 90, 90, 90]);
    const { losses, end } = trajectory(
      { ...PLAN, learningRate: 1.5, maxIterations: 9, start: [5.4, 5, 5, 90, 90, 90] },
      saddle,
    );
    expect(end.bestLoss).toBe(Math.min(...losses));
    expect(losses[end.bestStep]).toBe(end.bestLoss);
    expect(end.loss).toBe(losses.at(-1));
    expect(end.step).toBe(losses.length - 1);
  });

  it('a two-cycle is seen above 2/λ_max, and not below', () => {
    // bounded by a kink: |a − 5| has a slope that only changes sign
    const kink: Objective = (cell, gradient) => {
      gradient.fill(0);
      gradient[0] = Math.sign(cell[0]! - 5);
      return Math.abs(cell[0]! - 5);
    };
    const hopping = trajectory({ ...PLAN, start: [5.004, 5, 5, 90, 90, 90], maxIterations: 60 }, kink);
    expect(isTwoCycle(hopping.end)).toBe(true);
    const bowl = quadratic(diagonal(10, 10, 0, 0, 0, 0), [5, 5, 5, 90, 90, 90]);
    const at = (learningRate: number, maxIterations: number): boolean =>
      isTwoCycle(trajectory({ ...PLAN, learningRate, maxIterations }, bowl).end);
    expect(at(0.201, 60)).toBe(true);
    expect(at(0.09, 200)).toBe(false);
    // between 1/λ and 2/λ the steps reverse while they die away; once settled that is no cycle
    expect(at(0.19, 400)).toBe(false);
    expect(isTwoCycle(hopping.end) && hopping.end.step).toBe(60);
  });
});
