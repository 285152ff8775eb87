import { describe, expect, it } from 'vitest';
import { falseMinima } from '../../src/landscape/falseMinima.ts';
import type { Minimum } from '../../src/landscape/minima.ts';
import type { Slice } from '../../src/landscape/slice.ts';

const slice: Slice = {
  x: 'a',
  y: 'c',
  base: [5, 5, 3, 90, 90, 120],
  xRange: [4.5, 5.5],
  yRange: [2.7, 3.3],
  nx: 101,
  ny: 61,
  tied: false,
  family: 'hexagonal',
};
const at = (x: number, y: number, value: number): Minimum => ({ x, y, value, prominence: 0.1, index: 0 });

describe('false minima', () => {
  it('are all but the one at the true cell, numbered from the lowest', () => {
    const found = falseMinima([at(5.004, 3.003, -1), at(4.7, 2.9, -0.8), at(5.3, 3, -0.7)], slice);
    expect(found.map(({ number, index, minimum }) => [number, index, minimum.value])).toEqual([
      [1, 1, -0.8],
      [2, 2, -0.7],
    ]);
  });
  it('include one beside the truth along one axis only', () => {
    expect(falseMinima([at(5, 3.031, -0.9)], slice)).toHaveLength(1);
    expect(falseMinima([at(5.031, 3, -0.9)], slice)).toHaveLength(1);
    expect(falseMinima([at(5.019, 2.981, -0.9)], slice)).toHaveLength(0);
  });
  it('are all of them where the true cell lies outside the ranges', () => {
    expect(falseMinima([at(4.7, 2.9, -0.8)], { ...slice, xRange: [4.5, 4.8] })).toHaveLength(1);
  });
});
