import { describe, expect, it } from 'vitest';
import { linePath } from '../../src/ui/linePath.ts';
import { lossSpan } from '../../src/views/DescentChart.tsx';

/** Points of a path that was made of M and L alone. */
const pointsOf = (path: string): [number, number][] =>
  path
    .split(/[ML]/)
    .slice(1)
    .map(point => point.split(' ').map(Number) as [number, number]);

describe('loss against iteration', () => {
  const losses = Float64Array.from({ length: 10_000 }, (_, i) => -1 + Math.exp(-i / 1000));
  losses[4321] = 0.5;

  it('spans all losses, and something where they are all the same', () => {
    expect(lossSpan([{ losses, count: losses.length }])).toEqual([losses[9999], 0.5]);
    expect(lossSpan([])).toEqual([-1, 0]);
    const flat = lossSpan([{ losses: new Float64Array(3), count: 3 }]);
    expect(flat[1]).toBeGreaterThan(flat[0]);
  });
});

describe('the path of a line', () => {
  it('keeps a spike of a single step and both ends, with about two points a pixel', () => {
    const ys = Float64Array.from({ length: 10_000 }, (_, i) => Math.exp(-i / 1000));
    ys[4321] = 1.5;
    const points = pointsOf(
      linePath(
        ys,
        i => (300 * i) / 9999,
        y => 100 * y,
      ),
    );
    expect(points.length).toBeLessThan(700);
    expect(Math.max(...points.map(([, y]) => y))).toBe(150);
    expect(points[0]![0]).toBeCloseTo(0, 1);
    expect(points.at(-1)).toEqual([300, 0]);
  });
  it('draws every point where they are further apart than a pixel', () => {
    const path = linePath(
      [1, 3, 2],
      i => 50 * i,
      y => y,
    );
    expect(path).toBe('M0.0 1.0L50.0 3.0L100.0 2.0');
  });
  it('breaks at missing values', () => {
    const path = linePath(
      [1, Number.NaN, 2, 4],
      i => 10 * i,
      y => y,
    );
    expect(path).toBe('M0.0 1.0M20.0 2.0L30.0 4.0');
  });
  it('draws a run of one iterate', () => {
    expect(
      linePath(
        [-0.5],
        i => i,
        y => y,
      ),
    ).toBe('M0.0 -0.5');
  });
});
