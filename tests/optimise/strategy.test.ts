import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { along, curvatureAt, growthExponent } from '../../src/optimise/curvature.ts';
import { type DescentPlan, type Objective, startDescent, stepDescent } from '../../src/optimise/descent.ts';
import { emptyMemory, ruleMove } from '../../src/optimise/rules.ts';
import {
  OWN_GROUND,
  plainStrategy,
  STRATEGY_IDS,
  type Strategy,
  type StrategySettings,
  strategyOf,
  wrongFamily,
} from '../../src/optimise/strategy.ts';
import {
  type Grounds,
  isDone,
  startStrategy,
  stepStrategy,
  strategyStarts,
} from '../../src/optimise/strategyRun.ts';

const TRUTH: Cell = [4, 4, 5, 90, 90, 90];
const PLAN: DescentPlan = {
  start: [4.3, 3.8, 5, 90, 90, 90],
  mode: 'unconstrained',
  space: { kind: 'slice', x: 'a', y: 'b', base: TRUTH, tied: false },
  reading: 'full',
  family: 'tetragonal',
  learningRate: 0.01,
  maxIterations: 5000,
  stopGain: 1e-12,
  stopWindow: 100,
  momentum: 0,
};
const SETTINGS: StrategySettings = {
  mode: 'unconstrained',
  family: 'tetragonal',
  momentum: 0.9,
  starts: 4,
  widthFactor: 8,
  pull: 0.2,
  pullSteps: 50,
  jitter: 0.01,
};
/** An ill-conditioned bowl in a and b around the truth. */
const bowl: Objective = (cell, gradient) => {
  const [da, db] = [cell[0]! - 4, cell[1]! - 4];
  gradient.fill(0);
  gradient[0] = 2 * da;
  gradient[1] = 40 * db;
  return da * da + 20 * db * db;
};
const onBowl: Grounds = () => bowl;
const stepsTo = (strategy: Strategy, base: DescentPlan, near: number): number => {
  const state = startStrategy(base, strategy, base.start, onBowl);
  while (!isDone(state) && Math.hypot(state.descent.cell[0]! - 4, state.descent.cell[1]! - 4) > near)
    stepStrategy(state);
  return state.before + state.descent.step;
};
const strategy = (id: (typeof STRATEGY_IDS)[number]): Strategy => strategyOf(id, SETTINGS, TRUTH, [0, 1]);

describe('update rules', () => {
  it('heavy ball sums the slopes, Nesterov looks one momentum ahead: by hand for slopes 1, 1', () => {
    const memory = emptyMemory(6);
    expect([1, 2].map(step => ruleMove('heavyBall', 0.5, memory, 0, 1, step))).toEqual([1, 1.5]);
    const other = emptyMemory(6);
    expect([1, 2].map(step => ruleMove('nesterov', 0.5, other, 0, 1, step))).toEqual([1.5, 1.75]);
  });

  it('Adam moves by one at first, whatever the slope, and follows its sign', () => {
    for (const slope of [1e-4, 3, -200]) {
      const memory = emptyMemory(6);
      expect(ruleMove('adam', 0.9, memory, 2, slope, 1)).toBeCloseTo(Math.sign(slope), 3);
    }
    // m = 0.19, v = 0.001999: with their bias taken off both are 1 for equal slopes
    const memory = emptyMemory(6);
    ruleMove('adam', 0.9, memory, 0, 5, 1);
    expect(ruleMove('adam', 0.9, memory, 0, 5, 2)).toBeCloseTo(1, 6);
  });

  it('with momentum cross an ill-conditioned bowl in fewer steps than plain descent', () => {
    const plain = stepsTo(plainStrategy(SETTINGS), PLAN, 1e-3);
    expect(stepsTo(strategy('momentum'), PLAN, 1e-3)).toBeLessThan(0.5 * plain);
    expect(stepsTo(strategy('nesterov'), PLAN, 1e-3)).toBeLessThan(0.5 * plain);
    expect(stepsTo(strategy('adam'), PLAN, 1e-3)).toBeLessThan(plain);
  });
});

describe('soft symmetry', () => {
  const run = (pull: { end: number; steps: number }): number[] => {
    const gaps: number[] = [];
    const flat: Objective = (_, gradient) => {
      gradient.fill(0);
      return 0;
    };
    const state = startDescent(
      { ...PLAN, maxIterations: 3, stopWindow: 10, pull, reading: 'movedOnly' },
      flat,
    );
    while (!state.stopped) {
      gaps.push(state.cell[0]! - state.cell[1]!);
      stepDescent(state, flat);
    }
    return [...gaps, state.cell[0]! - state.cell[1]!];
  };
  it('closes a share of the way to the projection that grows over its schedule', () => {
    // weights 0.1, 0.2, 0.2 on a gap of 0.5
    const gaps = run({ end: 0.2, steps: 2 });
    for (const [i, gap] of [0.5, 0.45, 0.36, 0.288].entries()) expect(gaps[i]).toBeCloseTo(gap, 12);
  });
  it('with weight one is the hard projection', () => {
    expect(run({ end: 1, steps: 0 })[1]).toBeCloseTo(0, 12);
  });
});

describe('descents in stages', () => {
  it('go on where the last stage ended, on grounds that narrow down to the loss itself', () => {
    const annealed = strategy('annealed');
    const seen: number[] = [];
    const grounds: Grounds = ({ blur }) => {
      if (seen.at(-1) !== blur) seen.push(blur);
      return bowl;
    };
    // the rate grows with the width: short enough for a bowl that does not widen
    const state = startStrategy({ ...PLAN, learningRate: 0.002 }, annealed, PLAN.start, grounds);
    let last = [...state.descent.cell];
    while (!isDone(state)) {
      const { stage } = state;
      last = [...state.descent.cell];
      stepStrategy(state);
      if (state.stage > stage) {
        // the last step of the stage, and no jump beyond it
        const jump = Math.hypot(state.descent.cell[0]! - last[0]!, state.descent.cell[1]! - last[1]!);
        expect(jump).toBeLessThan(0.1);
        expect(state.descent.step).toBe(0);
      }
    }
    expect(seen[0]).toBe(8);
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual([...seen].sort((p, q) => q - p));
    expect(annealed.stages.at(-1)).toEqual({ ground: OWN_GROUND, steps: null, rate: 1 });
  });

  it('anneal nothing where the first width is the instrument’s', () => {
    expect(strategyOf('annealed', { ...SETTINGS, widthFactor: 1 }, TRUTH, [0, 1]).stages).toHaveLength(1);
  });

  it('end on the loss of the plain descent, whatever they begin with', () => {
    for (const id of STRATEGY_IDS) expect(strategy(id).stages.at(-1)?.ground, id).toEqual(OWN_GROUND);
  });
});

describe('starts', () => {
  const spread = [0.4, 0.4, 0.5, 9, 9, 9];
  it('of a multi-start are the given one and others within the spread, the same for the same seed', () => {
    const starts = strategyStarts(PLAN, strategy('multiStart'), spread, 7);
    expect(starts).toHaveLength(4);
    expect(starts[0]).toEqual(PLAN.start);
    for (const cell of starts.slice(1)) {
      expect(Math.abs(cell[0] - 4.3)).toBeLessThanOrEqual(0.4);
      expect(Math.abs(cell[1] - 3.8)).toBeLessThanOrEqual(0.4);
      expect(cell.slice(2)).toEqual(PLAN.start.slice(2));
      expect(cell).not.toEqual(PLAN.start);
    }
    expect(strategyStarts(PLAN, strategy('multiStart'), spread, 7)).toEqual(starts);
    expect(strategyStarts(PLAN, strategy('multiStart'), spread, 8)).not.toEqual(starts);
  });
  it('with jitter lie off the symmetry line by it', () => {
    const state = startStrategy(PLAN, strategy('jitter'), PLAN.start, onBowl);
    const gap = Math.abs(state.descent.cell[0]! - state.descent.cell[1]!);
    expect(gap).toBeGreaterThan(0);
    expect(gap).toBeLessThan(0.2);
  });
});

describe('the wrong family', () => {
  it('is one whose projection changes what moves', () => {
    // U2Ti (a, c): among the wrong ones only cubic touches c
    expect(wrongFamily('hexagonal', [4.83, 4.83, 2.85, 90, 90, 120], [0, 2])).toBe('cubic');
    expect(wrongFamily('hexagonal', [2.9, 2.9, 14, 90, 90, 120], [0, 5])).toBe('tetragonal');
  });
  it('falls back to one that changes the cell at all', () => {
    expect(wrongFamily('cubic', [5, 5, 5, 90, 90, 90], [0, 1])).toBe('hexagonal');
  });
});

describe('the Hessian', () => {
  const quadratic: Objective = (cell, gradient) => {
    const [x, y] = [cell[0]! - 4, cell[1]! - 4];
    gradient.fill(0);
    gradient[0] = 6 * x + 2 * y;
    gradient[1] = 2 * x + 6 * y;
    return 3 * x * x + 2 * x * y + 3 * y * y;
  };
  it('of a quadratic form is its matrix, with eigenvalues 4 and 8 along the diagonals', () => {
    const found = curvatureAt(quadratic, TRUTH, [[0], [1]]);
    for (const [i, expected] of [6, 2, 2, 6].entries()) expect(found?.hessian[i]).toBeCloseTo(expected, 6);
    expect(found?.values[0]).toBeCloseTo(4, 6);
    expect(found?.values[1]).toBeCloseTo(8, 6);
    const [p = 0, q = 0, r = 0, s = 0] = found?.vectors ?? [];
    expect(p * q).toBeCloseTo(-0.5, 6);
    expect(r * s).toBeCloseTo(0.5, 6);
  });
  it('is none beside a cell that does not exist', () => {
    const edge: Objective = (cell, gradient) => (cell[0]! > 4 ? Number.NaN : quadratic(cell, gradient));
    expect(curvatureAt(edge, TRUTH, [[0], [1]])).toBeNull();
  });
  it('tells a quartic minimum from a quadratic one by the power of its rise', () => {
    const mixed: Objective = (cell, gradient) => {
      gradient.fill(0);
      return (cell[0]! - 4) ** 2 + (cell[1]! - 4) ** 4;
    };
    const groups = [[0], [1]];
    expect(growthExponent(mixed, TRUTH, groups, [1, 0], 0.01)).toBeCloseTo(2, 6);
    expect(growthExponent(mixed, TRUTH, groups, [0, 1], 0.01)).toBeCloseTo(4, 6);
    expect(growthExponent(mixed, [5, 4, 5, 90, 90, 90], groups, [1, 0], 0.01)).toBeCloseTo(2, 4);
  });
  it('moves groups as one', () => {
    expect([...along(TRUTH, [[0, 1], [2]], [0.1, 0.2])]).toEqual([4.1, 4.1, 5.2, 90, 90, 90]);
  });
});
