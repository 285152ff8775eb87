import { describe, expect, it } from 'vitest';
import { NO_BASIN, nearestPoint, watershed } from '../../src/landscape/basins.ts';
import { AT_TRUTH, catchmentLabels } from '../../src/landscape/catchment.ts';
import { findMinima, type GridField } from '../../src/landscape/minima.ts';
import { basinShares, median, nonConvexShare, roughness } from '../../src/landscape/roughness.ts';
import { type DescentPlan, type Objective, startDescent, stepDescent } from '../../src/optimise/descent.ts';

const N = 61;
const axis = Float64Array.from({ length: N }, (_, i) => -2 + (4 * i) / (N - 1));
function field(value: (x: number, y: number) => number): GridField {
  const values = new Float64Array(N * N);
  for (let iy = 0; iy < N; iy++)
    for (let ix = 0; ix < N; ix++) values[iy * N + ix] = value(axis[ix]!, axis[iy]!);
  return { xs: axis, ys: axis, values };
}

/** Minima at (±1, 0), pass at the origin, basins x < 0 and x > 0; the right one is deeper by 0.1. */
const doubleWell = (x: number, y: number): number => (x * x - 1) ** 2 + y * y - 0.05 * x;

/** Four minima at (±1, ±1), one in each quadrant. */
const fourWells = (x: number, y: number): number => (x * x - 1) ** 2 + (y * y - 1) ** 2;

describe('the watershed of analytic fields', () => {
  it('of a double well divides at the pass between its two minima', () => {
    const map = field(doubleWell);
    const minima = findMinima(map, { minProminence: 0.01 });
    expect(minima.map(({ x }) => Math.round(x))).toEqual([1, -1]);
    const basins = watershed(map, minima);
    for (let at = 0; at < basins.length; at++) {
      const x = axis[at % N]!;
      // the ridge bends a little away from x = 0 where the field is tilted
      if (Math.abs(x) > 0.1) expect(basins[at], `x = ${x}`).toBe(x > 0 ? 0 : 1);
    }
    expect(basinShares(basins, 2).map(share => Math.round(20 * share) / 20)).toEqual([0.5, 0.5]);
  });

  it('of four wells has a basin in every quadrant', () => {
    const map = field(fourWells);
    const minima = findMinima(map, { minProminence: 0.01 });
    expect(minima).toHaveLength(4);
    const basins = watershed(map, minima);
    const own = (x: number, y: number): number => basins[nearestPoint(map, x, y)]!;
    for (const [label, { x, y }] of minima.entries())
      for (const [dx, dy] of [
        [0.4, 0.4],
        [-0.4, 0.7],
        [0.8, -0.5],
      ])
        expect(own(x + dx! * Math.sign(x) * 0.9, y + dy! * Math.sign(y) * 0.9)).toBe(label);
  });

  it('gives the points of a minimum that is not listed to the one it drains into', () => {
    const map = field(doubleWell);
    const [deep] = findMinima(map, { minProminence: 0.01 });
    expect(new Set(watershed(map, [deep!]))).toEqual(new Set([0]));
  });

  it('leaves out points that cannot be computed, and what a wall cuts off', () => {
    const map = field((x, y) => (Math.abs(x + 0.5) < 0.04 ? Number.NaN : doubleWell(x, y)));
    const [deep] = findMinima(map, { minProminence: 0.01 });
    const basins = watershed(map, [deep!]);
    expect(basins[nearestPoint(map, -1.5, 0)]).toBe(NO_BASIN);
    expect(basins[nearestPoint(map, -0.5, 0)]).toBe(NO_BASIN);
    expect(basins[nearestPoint(map, 1.5, 1)]).toBe(0);
  });
});

describe('the catchment of descents on an analytic field', () => {
  const objective: Objective = (cell, gradient) => {
    const [x, y] = [cell[0]!, cell[1]!];
    gradient.fill(0);
    gradient[0] = 4 * x * (x * x - 1) - 0.05;
    gradient[1] = 2 * y;
    return doubleWell(x, y);
  };
  const plan: DescentPlan = {
    start: [0, 0, 4, 90, 90, 90],
    mode: 'unconstrained',
    space: { kind: 'slice', x: 'a', y: 'b', base: [1, 0, 4, 90, 90, 90], tied: false },
    reading: 'full',
    family: 'triclinic',
    learningRate: 0.02,
    maxIterations: 2000,
    stopGain: 1e-9,
    stopWindow: 200,
    momentum: 0,
  };

  it('is the side of the pass that they start on, and the truth where they come close to it', () => {
    const map = field(doubleWell);
    const minima = findMinima(map, { minProminence: 0.01 });
    const basins = watershed(map, minima);
    const starts = [-1.7, -0.6, -0.2, 0.2, 0.6, 1.7].flatMap(x => [-1.5, 0.3].map(y => [x, y] as const));
    const ends = starts.map(([x, y]) => {
      const state = startDescent({ ...plan, start: [x, y, 4, 90, 90, 90] }, objective);
      while (!state.stopped) stepDescent(state, objective);
      const [a = 0, b = 0] = state.cell;
      return { x: a, y: b, truth: Math.hypot(a - minima[0]!.x, b - minima[0]!.y) < 0.02 };
    });
    expect([...catchmentLabels(map, basins, ends)]).toEqual(starts.map(([x]) => (x > 0 ? AT_TRUTH : 1)));
    const blind = ends.map(end => ({ ...end, truth: false }));
    expect([...catchmentLabels(map, basins, blind)]).toEqual(starts.map(([x]) => (x > 0 ? 0 : 1)));
  });

  it('is none for an end outside the map', () => {
    const map = field(doubleWell);
    const basins = watershed(map, findMinima(map, {}));
    expect([...catchmentLabels(map, basins, [{ x: 2.5, y: 0, truth: false }])]).toEqual([NO_BASIN]);
  });
});

describe('roughness figures', () => {
  it('of a paraboloid: one minimum, convex everywhere, all of the map its basin', () => {
    expect(roughness(field((x, y) => x * x + 3 * (y - 0.2) ** 2))).toEqual({
      minima: 1,
      nonConvex: 0,
      medianBasin: 1,
      lowestBasin: 1,
    });
  });

  it('of four equal wells: four minima with a quarter of the map each', () => {
    const figures = roughness(field(fourWells));
    expect(figures.minima).toBe(4);
    expect(figures.medianBasin).toBeCloseTo(0.25, 1);
  });

  it('count as not convex where 12 x² < 4: |x| < 1/√3 of the double well', () => {
    // the share of |x| < 0.5774 on [−2, 2], to a grid step
    expect(nonConvexShare(field(doubleWell))).toBeCloseTo(1 / Math.sqrt(3) / 2, 1);
    expect(Math.abs(nonConvexShare(field(doubleWell)) - 0.2887)).toBeLessThan(2 / N);
  });

  it('see a saddle that is convex along both axes: x² + y² + 3xy', () => {
    expect(nonConvexShare(field((x, y) => x * x + y * y + 3 * x * y))).toBe(1);
    expect(nonConvexShare(field((x, y) => x * x + y * y + x * y))).toBe(0);
  });

  it('have a median, and none of nothing', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNaN();
  });
});
