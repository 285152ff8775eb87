import { expect, it } from 'vitest';
import { upsampled } from '../../src/landscape/upsampled.ts';

const grid = (n: number, value: (x: number, y: number) => number) => {
  const xs = Float64Array.from({ length: n }, (_, i) => i / (n - 1));
  const values = Float64Array.from({ length: n * n }, (_, k) => value(xs[k % n]!, xs[Math.floor(k / n)]!));
  return { xs, ys: xs, values };
};

it('a finer field goes through the points of the coarse one, is exact for a plane and close for a smooth bowl', () => {
  // At the border the line through the last two points stands for the missing one: ½ t(1 − t)² h² |f″| off, with h = 0.1,
  // |f″| ≤ 4e and t(1 − t)² ≤ 4/27.
  const border = (0.5 * (4 / 27) * 4 * Math.E) / 100;
  const bowl = (x: number, y: number): number => Math.cos(2 * x) * Math.exp(y);
  for (const [value, within] of [
    [(x: number, y: number): number => 2 * x - 3 * y + 1, 1e-12],
    [bowl, border],
  ] as const) {
    const { xs, ys, values } = upsampled(grid(11, value), 4);
    expect(xs).toHaveLength(41);
    expect(values[4 * 41 + 8]).toBeCloseTo(value(0.2, 0.1), 12);
    for (let k = 0; k < values.length; k++)
      expect(Math.abs(values[k]! - value(xs[k % 41]!, ys[Math.floor(k / 41)]!))).toBeLessThan(within);
  }
});

it('where a point has no value there is a gap about it and nowhere else', () => {
  const { values } = upsampled(
    grid(11, (x, y) => (x === 1 && y === 1 ? Number.NaN : x + y)),
    2,
  );
  expect(values.at(-1)).toBeNaN();
  expect(values[0]).toBe(0);
  expect(values.filter(Number.isNaN).length).toBe(25);
});
