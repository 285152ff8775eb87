import { describe, expect, it } from 'vitest';
import type { Slice } from '../../src/landscape/slice.ts';
import { symmetryLines } from '../../src/landscape/symmetryLines.ts';
import type { ModelParameter } from '../../src/model/parameter.ts';

const SLICE: Slice = {
  x: 'a',
  y: 'b',
  base: [5, 5, 5, 90, 90, 90],
  xRange: [4.5, 5.5],
  yRange: [4.6, 5.7],
  nx: 11,
  ny: 11,
  tied: false,
  family: 'cubic',
};
const lines = (change: Partial<Slice>) => symmetryLines({ ...SLICE, ...change });

describe('the symmetry lines of a slice', () => {
  it('cubic (a, b): the diagonal where both ranges meet, and each length at the third one', () => {
    expect(lines({})).toEqual([
      { label: 'a = b', from: [4.6, 4.6], to: [5.5, 5.5] },
      { label: 'a = c', from: [5, 4.6], to: [5, 5.7] },
      { label: 'b = c', from: [4.5, 5], to: [5.5, 5] },
    ]);
  });

  it('when c follows a, only the diagonal is left', () => {
    expect(lines({ tied: true }).map(line => line.label)).toEqual(['a = b']);
  });

  it('monoclinic (a, γ): γ = 90° across, and nothing along β', () => {
    expect(lines({ family: 'monoclinic', y: 'gamma', yRange: [81, 99] })).toEqual([
      { label: 'γ = 90°', from: [4.5, 90], to: [5.5, 90] },
    ]);
    expect(lines({ family: 'monoclinic', y: 'beta', yRange: [81, 99] })).toEqual([]);
  });

  it('hexagonal (a, c): a at the value of b; hexagonal (γ, α): both angles', () => {
    expect(lines({ family: 'hexagonal', y: 'c' }).map(line => line.label)).toEqual(['a = b']);
    const angles = lines({
      family: 'hexagonal',
      x: 'gamma',
      y: 'alpha',
      xRange: [110, 130],
      yRange: [80, 100],
    });
    expect(angles).toEqual([
      { label: 'γ = 120°', from: [120, 80], to: [120, 100] },
      { label: 'α = 90°', from: [110, 90], to: [130, 90] },
    ]);
  });

  it('a line outside the ranges is not drawn, a triclinic crystal has none', () => {
    expect(lines({ y: 'gamma', yRange: [95, 99], tied: true })).toEqual([]);
    expect(lines({ xRange: [4, 4.4], yRange: [5, 6] }).map(line => line.label)).toEqual([]);
    expect(lines({ family: 'triclinic' })).toEqual([]);
  });

  it('special positions of a site: lines cut at the ranges, points inside them', () => {
    const line = (label: string, p: number, q: number, c: number) =>
      ({ kind: 'line', label, p, q, c }) as const;
    const point = (label: string, x: number, y: number) => ({ kind: 'point', label, x, y }) as const;
    const axis = { id: 'x.O' } as unknown as ModelParameter;
    const special = [
      line('x = 1/4', 1, 0, 0.25),
      line('x = 3/4', 1, 0, 0.75),
      line('y = 0', 0, 1, 0),
      line('x = y', 1, -1, 0),
      line('x + y = 1/2', 1, 1, 0.5),
      line('x = y + 1', 1, -1, 1),
      point('x = 0, y = 1/8', 0, 0.125),
      point('x = 1, y = 0', 1, 0),
    ];
    const model = { x: axis, y: { ...axis, id: 'y.O' }, moved: [], cellMoves: false, special };
    const found = lines({ x: 'x.O', y: 'y.O', xRange: [-0.1, 0.5], yRange: [-0.2, 0.3], model });
    const near = (x: number, y: number) => [expect.closeTo(x, 12), expect.closeTo(y, 12)];
    expect(found).toEqual([
      { label: 'x = 1/4', from: [0.25, -0.2], to: [0.25, 0.3] },
      { label: 'y = 0', from: near(-0.1, 0), to: near(0.5, 0) },
      { label: 'x = y', from: near(-0.1, -0.1), to: near(0.3, 0.3) },
      { label: 'x + y = 1/2', from: near(0.2, 0.3), to: near(0.5, 0) },
      { label: 'x = 0, y = 1/8', from: [0, 0.125], to: [0, 0.125] },
    ]);
  });
});
