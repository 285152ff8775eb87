import { describe, expect, it } from 'vitest';
import { fieldRange, findMinima, type GridField } from '../../src/landscape/minima.ts';
import { fc } from '../support/seeded.ts';

const axis = (low: number, high: number, n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => low + ((high - low) * i) / (n - 1));

function field(value: (x: number, y: number) => number, n = 61, low = -3, high = 3): GridField {
  const xs = axis(low, high, n);
  const values = new Float64Array(n * n);
  for (let iy = 0; iy < n; iy++) for (let ix = 0; ix < n; ix++) values[iy * n + ix] = value(xs[ix]!, xs[iy]!);
  return { xs, ys: xs, values };
}
const drawn = (rows: readonly string[]): GridField => ({
  xs: axis(0, rows[0]!.length - 1, rows[0]!.length),
  ys: axis(0, rows.length - 1, rows.length),
  values: Float64Array.from(rows.join(''), digit => (digit === '#' ? Number.NaN : Number(digit))),
});
const ALL = { minProminence: 0, borderShare: 0 };

describe('minima of analytic fields', () => {
  it('a paraboloid has one, found below the grid to the vertex', () => {
    const [minimum, ...others] = findMinima(field((x, y) => (x - 0.537) ** 2 + 2 * (y + 1.211) ** 2 - 1));
    expect(others).toEqual([]);
    expect(minimum?.x).toBeCloseTo(0.537, 10);
    expect(minimum?.y).toBeCloseTo(-1.211, 10);
    expect(minimum?.value).toBeCloseTo(-1, 10);
  });

  it('a double well has two; the prominence of the shallow one is its pass minus its floor', () => {
    // wells of depth 1 and 0.6 at x = ±1.5, pass where the two Gaussians cross
    const well = (x: number, y: number): number =>
      -Math.exp(-((x + 1.5) ** 2) - y * y) - 0.6 * Math.exp(-((x - 1.5) ** 2) - y * y);
    const found = findMinima(field(well, 121));
    expect(found).toHaveLength(2);
    expect(found.map(({ x }) => Math.round(10 * x) / 10)).toEqual([-1.5, 1.5]);
    const pass = Math.max(...Array.from({ length: 3001 }, (_, i) => well(-1.5 + i / 1000, 0)));
    expect(found[1]!.prominence).toBeCloseTo(pass - well(1.5, 0), 3);
    // the deepest is measured to the highest point of the field
    expect(found[0]!.prominence).toBeCloseTo(1, 3);
  });

  it('an egg box has one in every dent', () => {
    const found = findMinima(
      field((x, y) => Math.cos(2 * Math.PI * x) * Math.cos(2 * Math.PI * y), 121, 0.13, 3.13),
    );
    // cos cos = −1 where 2x and 2y are whole and x + y is half-odd
    expect(found).toHaveLength(18);
    for (const { x, y, value } of found) {
      expect(Math.abs(2 * x - Math.round(2 * x))).toBeLessThan(1e-2);
      expect(Math.abs((2 * (x + y)) % 2)).toBeCloseTo(1, 1);
      expect(value).toBeCloseTo(-1, 2);
    }
  });

  it('a narrow ripple below the least prominence is left out', () => {
    const ripple = (x: number, y: number): number => 0.2 * (x * x + y * y) + 0.03 * Math.cos(12 * x + 0.5);
    expect(findMinima(field(ripple), { minProminence: 0.1 })).toHaveLength(1);
    expect(findMinima(field(ripple), { minProminence: 0 }).length).toBeGreaterThan(2);
  });
});

describe('prominence on a grid drawn by hand', () => {
  it('neighbours touch along diagonals', () => {
    expect(findMinima(drawn(['9999', '9199', '9929', '9999']), ALL)).toHaveLength(1);
  });

  it('the basin with the higher floor ends at the pass', () => {
    const found = findMinima(drawn(['9999999', '9153999', '9999999']), ALL);
    expect(found.map(({ index, prominence }) => [index, prominence])).toEqual([
      [8, 8],
      [10, 2],
    ]);
  });

  it('each of three basins in a row ends at its own pass', () => {
    const found = findMinima(drawn(['999999999', '917354999', '999999999']), ALL);
    expect(found.map(({ prominence }) => prominence)).toEqual([8, 4, 1]);
  });

  it('a plateau is one minimum, a shelf on a slope none', () => {
    expect(findMinima(drawn(['99999', '92229', '92229', '99999']), ALL)).toHaveLength(1);
    expect(findMinima(drawn(['99999', '95519', '95559', '99999']), ALL)).toHaveLength(1);
    // a plateau in the shape of a U, whose arms are flooded before they meet
    expect(findMinima(drawn(['9999999', '9299929', '9299929', '9222229', '9999999']), ALL)).toHaveLength(1);
    expect(findMinima(drawn(['555', '555', '555']), ALL)).toHaveLength(1);
  });

  it('a missing point is a wall: the basins on both sides never meet', () => {
    const open = findMinima(drawn(['99999', '91539', '99999']), ALL);
    const walled = findMinima(drawn(['99#99', '91#39', '99#99']), ALL);
    expect(open.map(({ prominence }) => prominence)).toEqual([8, 2]);
    expect(walled.map(({ prominence }) => prominence)).toEqual([8, 6]);
    expect(walled.every(({ x, y, value }) => [x, y, value].every(Number.isFinite))).toBe(true);
  });

  it('a field of missing points has none', () => {
    expect(findMinima(drawn(['###', '###', '###']), ALL)).toEqual([]);
    expect(fieldRange(Float64Array.of(Number.NaN, Number.NaN))).toEqual([0, 1]);
    expect(fieldRange(Float64Array.of(Number.NaN, 3, -2))).toEqual([-2, 3]);
  });

  it('at the border a minimum may belong to a slope outside; only the lowest is kept there', () => {
    const rows = ['99999999', '19999929', '99999999', '99939999', '99999999'];
    expect(findMinima(drawn(rows), { minProminence: 0, borderShare: 0.2 }).map(({ value }) => value)).toEqual(
      [1, 3],
    );
    expect(findMinima(drawn(rows), ALL).map(({ value }) => value)).toEqual([1, 2, 3]);
  });

  it('higher ones than asked are left out, the lowest never', () => {
    const rows = ['99999', '91959', '99999', '95929', '99999'];
    expect(findMinima(drawn(rows), { ...ALL, maxLoss: 2 }).map(({ value }) => value)).toEqual([1, 2]);
    expect(findMinima(drawn(rows), { ...ALL, maxLoss: 0 }).map(({ value }) => value)).toEqual([1]);
  });
});

describe('on arbitrary fields', () => {
  const anyField = fc
    .tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 3, max: 9 }))
    .chain(([nx, ny]) =>
      fc
        .array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 5 }) }, fc.constant(Number.NaN)), {
          minLength: nx * ny,
          maxLength: nx * ny,
        })
        .map(values => ({
          xs: axis(0, nx - 1, nx),
          ys: axis(0, ny - 1, ny),
          values: Float64Array.from(values),
        })),
    );

  it('every minimum is no higher than its neighbours, and the lowest value is among them', () => {
    fc.assert(
      fc.property(anyField, grid => {
        const nx = grid.xs.length;
        const found = findMinima(grid, ALL);
        const finite = Array.from(grid.values).filter(Number.isFinite);
        if (finite.length) expect(grid.values[found[0]!.index]).toBe(Math.min(...finite));
        for (const { index, prominence, value } of found) {
          expect(prominence).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(grid.values[index]!);
          const [ix, iy] = [index % nx, Math.floor(index / nx)];
          grid.values.forEach((other, j) => {
            const near = Math.abs((j % nx) - ix) <= 1 && Math.abs(Math.floor(j / nx) - iy) <= 1;
            if (near && other < grid.values[index]!) throw new Error('a neighbour is lower');
          });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('prominences do not change when the field is raised, and scale with it', () => {
    fc.assert(
      fc.property(anyField, grid => {
        const of = (values: Float64Array) =>
          findMinima({ ...grid, values }, ALL)
            .map(({ index, prominence }) => [index, prominence])
            .sort((p, q) => p[0]! - q[0]!);
        expect(of(grid.values.map(value => 4 * value + 8))).toEqual(
          of(grid.values).map(([i, p]) => [i, 4 * p!]),
        );
      }),
    );
  });
});
