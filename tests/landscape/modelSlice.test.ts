import { describe, expect, it } from 'vitest';
import { falseMinima } from '../../src/landscape/falseMinima.ts';
import { profilePoints } from '../../src/landscape/profile.ts';
import {
  type Slice,
  slicePlaces,
  slicePoint,
  slicePoints,
  sliceProblem,
  strideOf,
} from '../../src/landscape/slice.ts';
import { cellParameter } from '../../src/model/cellParameter.ts';
import type { ModelParameter, MovedParameter } from '../../src/model/parameter.ts';

const CELL = [4, 4, 6, 90, 90, 90] as const;

const coordinate = (id: string, value: number, moves: ModelParameter['moves']): ModelParameter => ({
  ...{ id, value, moves, period: 1, group: 'site', name: id, note: '', unit: '' },
  ...{ range: [value - 0.1, value + 0.1], limits: [-1, 2], step: 0.01, digits: 3 },
});

/** x of an atom and its mate at −x, and z of a third. */
const X = coordinate('x.O', 0.3, [
  { slot: 6, factor: 1 },
  { slot: 9, factor: -1 },
]);
const Z = coordinate('z.Ti', 0.25, [{ slot: 14, factor: 1 }]);
const alone = (id: string, slot: number, value: number): MovedParameter => ({
  ...{ id, value, period: 1 },
  moves: [{ slot, factor: 1 }],
});
const ATOMS = [alone('x.0', 6, 0.3), alone('y.0', 7, 0.1), alone('x.1', 9, 0.7), alone('z.2', 14, 0.25)];

const sliceOver = (x: ModelParameter, y: ModelParameter, moved: readonly MovedParameter[]): Slice => ({
  ...{ x: x.id, y: y.id, nx: 11, ny: 11, tied: false, family: 'tetragonal' },
  base: [...CELL, ...moved.map(({ value }) => value)],
  ...{ xRange: x.range, yRange: y.range },
  model: { x, y, moved, cellMoves: x.group === 'cell' || y.group === 'cell' },
});

describe('a slice over parameters beyond the cell', () => {
  it('has points of a cell and the two values', () => {
    const slice = sliceOver(X, Z, [X, Z]);
    expect(strideOf(slice)).toBe(8);
    expect(slicePlaces(slice)).toEqual([6, 7]);
    expect(slicePoint(slice, 0.31, 0.2)).toEqual([...CELL, 0.31, 0.2]);
    const points = slicePoints(slice);
    expect(points).toHaveLength(121 * 8);
    expect([...points.subarray(8 * 120)]).toEqual([...CELL, 0.4, 0.35]);
    expect([...profilePoints(slice, [0.2, 0.15, 0.4, 0.35], 3).subarray(8, 16)]).toEqual([
      ...CELL,
      expect.closeTo(0.3, 14),
      expect.closeTo(0.25, 14),
    ]);
  });

  it('has mates follow by their ties where every atom has numbers of its own', () => {
    const slice = sliceOver(X, Z, ATOMS);
    expect(slicePlaces(slice)).toEqual([6, 9]);
    const point = slicePoint(slice, 0.35, 0.2);
    expect(point.slice(6)).toEqual([0.35, 0.1, expect.closeTo(0.65, 14), 0.2]);
  });

  it('moves an atom alone where that is the axis', () => {
    const only = { ...X, ...ATOMS[2]!, group: 'atom' as const, range: [0.6, 0.8] as const };
    const point = slicePoint(sliceOver(only, Z, ATOMS), 0.75, 0.25);
    expect(point.slice(6)).toEqual([0.3, 0.1, 0.75, 0.25]);
  });

  it('moves a length of the cell beside a coordinate, with the lengths tied to it', () => {
    const a = cellParameter('a', CELL);
    const slice = { ...sliceOver(a, Z, [Z]), tied: true };
    expect(slicePlaces(slice)).toEqual([0, 6]);
    expect(slicePoint(slice, 4.2, 0.3)).toEqual([4.2, 4.2, 6, 90, 90, 90, 0.3]);
  });

  it('knows its true minimum, and refuses ranges beyond the limits of the parameter', () => {
    const slice = sliceOver(X, Z, [X, Z]);
    const at = (x: number, y: number) => ({ x, y, value: 0, prominence: 1 }) as never;
    expect(falseMinima([at(0.3, 0.25), at(0.38, 0.25)], slice)).toHaveLength(1);
    expect(sliceProblem(slice)).toBeNull();
    expect(sliceProblem({ ...slice, xRange: [0, 3] })).toMatch(/the range of x\.O, 0 to 3, leaves -1 to 2/);
  });
});
