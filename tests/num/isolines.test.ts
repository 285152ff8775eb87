import { describe, expect, it } from 'vitest';
import { isolines, roundStep } from '../../src/num/isolines.ts';

describe('isolines', () => {
  const section = (nu: number, nv: number, f: (x: number, y: number) => number): Float64Array =>
    Float64Array.from({ length: nu * nv }, (_, at) => f(at % nu, Math.floor(at / nu)));

  it('of a hill are one ring of the right length', () => {
    const values = section(61, 51, (x, y) => Math.exp(-((x - 30) ** 2 + (y - 25) ** 2) / 200));
    const lines = isolines(values, 61, 51, Math.exp(-1.28));
    expect(lines.length).toBe(1);
    const [{ points, closed }] = lines as [(typeof lines)[0]];
    expect(closed).toBe(true);
    let length = 0;
    for (let i = 0; i < points.length; i += 2) {
      const j = (i + 2) % points.length;
      length += Math.hypot(points[j]! - points[i]!, points[j + 1]! - points[i + 1]!);
      expect(Math.abs(Math.hypot(points[i]! - 30, points[i + 1]! - 25) - 16)).toBeLessThan(0.05);
    }
    expect(Math.abs(length / (2 * Math.PI * 16) - 1)).toBeLessThan(0.01);
  });

  it('of a slope run from border to border, in one piece', () => {
    const lines = isolines(
      section(9, 5, (x, y) => x + 0.25 * y),
      9,
      5,
      3.1,
    );
    expect(lines.length).toBe(1);
    expect(lines[0]!.closed).toBe(false);
    const { points } = lines[0]!;
    for (let i = 0; i < points.length; i += 2)
      expect(points[i]! + 0.25 * points[i + 1]!).toBeCloseTo(3.1, 12);
    expect([points[1], points.at(-1)].sort()).toEqual([0, 4]);
  });

  it('at a saddle go round the corners that the middle is unlike', () => {
    const ends = (values: readonly number[]): string[] =>
      isolines(Float64Array.from(values), 2, 2, 0.5).map(({ points }) =>
        Array.from(points, x => x.toFixed(2)).join(' '),
      );
    // Corners (0,0) and (1,1) high. A high middle joins them: each line cuts off a low corner, (1,0) or (0,1).
    expect(ends([1, 0.2, 0.2, 1]).length).toBe(2);
    const cutsOff = (values: readonly number[], x: number, y: number): boolean =>
      isolines(Float64Array.from(values), 2, 2, 0.5).some(({ points }) => {
        const [p, q, r, s] = Array.from(points) as [number, number, number, number];
        return [p, r].includes(x) && [q, s].includes(y);
      });
    expect(cutsOff([1, 0.2, 0.2, 1], 1, 0) && cutsOff([1, 0.2, 0.2, 1], 0, 1)).toBe(true);
    expect(cutsOff([0.8, 0, 0, 0.8], 0, 0) && cutsOff([0.8, 0, 0, 0.8], 1, 1)).toBe(true);
    expect(cutsOff([0.8, 0, 0, 0.8], 1, 0)).toBe(false);
    expect(cutsOff([0.2, 1, 1, 0.2], 0, 0) && cutsOff([0.2, 1, 1, 0.2], 1, 1)).toBe(true);
  });

  it('of two hills are two rings, and none beyond the range', () => {
    const values = section(
      40,
      20,
      (x, y) =>
        Math.exp(-((x - 10) ** 2 + (y - 10) ** 2) / 9) + Math.exp(-((x - 29) ** 2 + (y - 10) ** 2) / 9),
    );
    const lines = isolines(values, 40, 20, 0.4);
    expect(lines.map(({ closed }) => closed)).toEqual([true, true]);
    expect(isolines(values, 40, 20, 5)).toEqual([]);
    expect(() => isolines(values, 40, 21, 5)).toThrow('800 values');
  });

  it('end where a value is missing, and pass by it', () => {
    const values = section(9, 5, x => x);
    values[2 * 9 + 4] = Number.NaN;
    const lines = isolines(values, 9, 5, 3.5);
    expect(lines.map(({ points }) => Array.from(points).filter((_, i) => i % 2 === 1))).toEqual([
      [0, 1],
      [3, 4],
    ]);
    expect(isolines(values, 9, 5, 6.5).map(({ points }) => points.length)).toEqual([10]);
  });
});

it('steps are the next of 1, 2 and 5 times a power of ten', () => {
  expect([0.0201, 0.02, 0.039, 3, 7, 10].map(roundStep)).toEqual([0.05, 0.02, 0.05, 5, 10, 10]);
});
