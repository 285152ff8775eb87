import { describe, expect, it } from 'vitest';
import { CELL_KEYS, type Cell, cellIndex } from '../../src/crystal/cell.ts';
import {
  defaultRange,
  drivers,
  type Slice,
  sliceAxis,
  sliceCell,
  slicePoints,
  sliceProblem,
} from '../../src/landscape/slice.ts';

const CUBIC: Slice = {
  x: 'a',
  y: 'gamma',
  base: [5, 5, 5, 90, 90, 90],
  xRange: [4.5, 5.5],
  yRange: [81, 99],
  nx: 11,
  ny: 7,
  tied: false,
  family: 'cubic',
};
const keysDriven = (slice: Slice): string =>
  CELL_KEYS.map((key, i) => (drivers(slice)[i] ? `${key}=${drivers(slice)[i]}` : ''))
    .filter(Boolean)
    .join(' ');

describe('a slice', () => {
  it('runs from end to end of its ranges in equal steps', () => {
    const xs = sliceAxis(CUBIC, 'x');
    expect(xs).toHaveLength(11);
    expect([xs[0], xs[5], xs[10]]).toEqual([4.5, 5, 5.5]);
    expect(Array.from(sliceAxis(CUBIC, 'y'))).toEqual([81, 84, 87, 90, 93, 96, 99]);
  });

  it('moves its two parameters and leaves the other four at the true cell', () => {
    expect(sliceCell(CUBIC, 4.7, 95)).toEqual([4.7, 5, 5, 90, 90, 95]);
  });

  it('lists its cells row by row, iy · nx + ix, and any choice of them', () => {
    const all = slicePoints(CUBIC);
    expect(all).toHaveLength(6 * 77);
    const [xs, ys] = [sliceAxis(CUBIC, 'x'), sliceAxis(CUBIC, 'y')];
    for (const index of [0, 10, 11, 37, 76]) {
      const expected = sliceCell(CUBIC, xs[index % 11]!, ys[Math.floor(index / 11)]!);
      expect(Array.from(all.subarray(6 * index, 6 * index + 6))).toEqual(expected);
      expect(Array.from(slicePoints(CUBIC, [76, index]).subarray(6))).toEqual(expected);
    }
  });

  it.each<[string, Partial<Slice>, string]>([
    ['cubic a, γ: b and c follow a', {}, 'a=x b=x c=x gamma=y'],
    ['cubic a, b: c follows the first', { y: 'b' }, 'a=x b=y c=x'],
    ['cubic b, a: c follows the first', { x: 'b', y: 'a' }, 'a=y b=x c=x'],
    ['hexagonal a, c: b follows a', { y: 'c', family: 'hexagonal' }, 'a=x b=x c=y'],
    ['hexagonal b, c: a follows b', { x: 'b', y: 'c', family: 'hexagonal' }, 'a=x b=x c=y'],
    ['monoclinic a, β: nothing follows', { y: 'beta', family: 'monoclinic' }, 'a=x beta=y'],
  ])('when tied, %s', (_, change, expected) => {
    const slice = { ...CUBIC, ...change };
    expect(keysDriven({ ...slice, tied: true })).toBe(expected);
    expect(drivers(slice).filter(Boolean)).toHaveLength(2);
  });
});

describe('the ranges', () => {
  it('are ±10 % of the parameter by default', () => {
    const base: Cell = [4.828, 4.828, 2.847, 90, 90, 120];
    expect(defaultRange('a', base)).toEqual([4.3452, 5.3108]);
    expect(defaultRange('gamma', base)).toEqual([108, 132]);
  });

  it('of an angle stay inside 1° to 179°', () => {
    expect(defaultRange('beta', [4, 4, 4, 90, 170, 90])).toEqual([153, 179]);
    expect(sliceProblem({ ...CUBIC, y: 'gamma', yRange: [1, 179] })).toBeNull();
  });

  it.each<[Partial<Slice>, string]>([
    [{ y: 'a' }, 'two different parameters, not a twice'],
    [{ xRange: [5, 5] }, 'the range of a runs from 5\u202fÅ to 5\u202fÅ'],
    [{ yRange: [99, 81] }, 'the range of gamma runs from 99° to 81°'],
    [{ xRange: [0.1, 5] }, 'leaves 0.5\u202fÅ to 1000\u202fÅ'],
    [{ yRange: [90, 180] }, 'leaves 1° to 179°'],
    [{ xRange: [Number.NaN, 5] }, 'the range of a runs from NaN'],
    [{ base: [5, 5, -5, 90, 90, 90] }, 'c = -5 Å is not a cell length'],
  ])('%o are refused with parameter, value and unit', (change, message) => {
    expect(sliceProblem({ ...CUBIC, ...change })).toContain(message);
  });

  it('index the cell by name', () => {
    expect(CELL_KEYS.map(cellIndex)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
