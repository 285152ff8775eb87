import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { startDescent } from '../../src/optimise/descent.ts';
import { jittered } from '../../src/optimise/jitter.ts';
import { diagonal, PLAN, quadratic, SLICE_AB } from '../support/plans.ts';

const CUBE: Cell = [5, 5, 5, 90, 90, 90];
/** 0.1° as an arc. */
const ARC = 0.0017453292519943296;
const FULL = { kind: 'full' } as const;

describe('push off a symmetry line', () => {
  it('strains the two moved lengths of a cubic slice apart by the arc of the tilt and leaves the third', () => {
    const pushed = jittered(CUBE, SLICE_AB, 'cubic', 0.1);
    expect(pushed[0]).toBeCloseTo(5 * (1 + ARC), 12);
    expect(pushed[1]).toBeCloseTo(5 * (1 - ARC), 12);
    expect(pushed.slice(2)).toEqual([5, 90, 90, 90]);
  });

  it('opens only the angle that moves', () => {
    const space = { kind: 'slice', x: 'a', y: 'gamma', base: CUBE, tied: false } as const;
    expect(jittered(CUBE, space, 'monoclinic', 0.25)).toEqual([5, 5, 5, 90, 90, 90.25]);
  });

  it('leaves a monoclinic β alone, which is on no symmetry line', () => {
    const cell: Cell = [5, 6, 7, 90, 101, 90];
    expect(jittered(cell, FULL, 'monoclinic', 0.5)).toEqual([5, 6, 7, 90.5, 101, 90.5]);
  });

  it('pushes nothing where the equal lengths move as one', () => {
    const space = { kind: 'slice', x: 'a', y: 'c', base: CUBE, tied: true } as const;
    expect(jittered(CUBE, space, 'tetragonal', 0.5)).toEqual(CUBE);
  });

  it('acts on constrained starts alone, after the projection', () => {
    const objective = quadratic(diagonal(1, 1, 1, 1, 1, 1), CUBE);
    const first = (mode: 'unconstrained' | 'constrainedStart' | 'constrained'): number[] =>
      Array.from(
        startDescent({ ...PLAN, mode, space: FULL, start: [5.3, 4.7, 5, 90, 90, 90], jitter: 0.1 }, objective)
          .cell,
      );
    expect(first('unconstrained')).toEqual([5.3, 4.7, 5, 90, 90, 90]);
    expect(first('constrained')).toEqual(CUBE);
    expect(first('constrainedStart').slice(3)).toEqual([90.1, 90.1, 90.1]);
    expect(first('constrainedStart')[0]).toBeCloseTo(5 * (1 + ARC), 12);
  });
});
