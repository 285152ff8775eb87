import { describe, expect, it } from 'vitest';
import { curvePoints, lossSpan } from '../../src/views/transport/lossCurves.ts';

describe('loss against iteration', () => {
  const losses = Float64Array.from({ length: 10_000 }, (_, i) => -1 + Math.exp(-i / 1000));
  losses[4321] = 0.5;
  const run = { losses, count: losses.length };

  it('spans all losses, and something where they are all the same', () => {
    expect(lossSpan([run])).toEqual([losses[9999], 0.5]);
    expect(lossSpan([])).toEqual([-1, 0]);
    const flat = lossSpan([{ losses: new Float64Array(3), count: 3 }]);
    expect(flat[1]).toBeGreaterThan(flat[0]);
  });
  it('keeps a spike of a single step and both ends, with about two points a pixel', () => {
    const span = lossSpan([run]);
    const points = curvePoints(losses, losses.length, 9999, span, 300);
    expect(points.length).toBeLessThan(700);
    expect(Math.min(...points.map(([, share]) => share))).toBeCloseTo(0, 12);
    expect(points[0]![0]).toBeCloseTo(0, 1);
    expect(points.at(-1)![0]).toBeCloseTo(300, 9);
    for (const [x, share] of points) expect(Number.isFinite(x) && share >= 0 && share <= 1).toBe(true);
  });
  it('draws a run of one iterate', () => {
    const one = Float64Array.of(-0.5);
    for (const [x, share] of curvePoints(one, 1, 0, [-1, 0], 300)) {
      expect(x).toBe(0);
      expect(share).toBe(0.5);
    }
  });
});
