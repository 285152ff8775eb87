import { describe, expect, it } from 'vitest';
import { bricks } from '../../src/views/landscape/bricks.ts';

const FIELD = {
  xs: Float64Array.of(1, 2, 4),
  ys: Float64Array.of(10, 20),
  values: Float64Array.of(0, 1, Number.NaN, 0.5, 0, 1),
};
const DARK = [0x44, 0x01, 0x54, 255];
const BRIGHT = [0xfd, 0xe7, 0x25, 255];
const MIDDLE = [0x21, 0x91, 0x8c, 255];
const NOTHING = [0, 0, 0, 0];

describe('a field in bricks', () => {
  const pixels = bricks(
    FIELD,
    { width: 8, height: 4, xRange: [0, 8], yRange: [0, 40] },
    [0, 1],
    'viridis',
    false,
  );
  const row = (py: number): number[][] =>
    Array.from({ length: 8 }, (_, px) =>
      Array.from(pixels.subarray(4 * (8 * py + px), 4 * (8 * py + px) + 4)),
    );

  it('reaches halfway to the next point, and as far beyond the last; the first row is the highest', () => {
    // edges at x 0.5, 1.5, 3, 5 and y 5, 15, 25; middles of pixels at x 0.5, 1.5, … and y 35, 25, 15, 5
    expect(row(0)).toEqual(Array.from({ length: 8 }, () => NOTHING));
    expect(row(1)).toEqual([MIDDLE, DARK, DARK, BRIGHT, BRIGHT, NOTHING, NOTHING, NOTHING]);
    expect(row(2)).toEqual(row(1));
  });

  it('leaves gaps where there is no value', () => {
    expect(row(3)).toEqual([DARK, BRIGHT, BRIGHT, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING]);
  });

  it('takes values outside the colour range for its ends', () => {
    const clipped = bricks(
      FIELD,
      { width: 3, height: 2, xRange: [0.5, 5], yRange: [5, 25] },
      [0.2, 0.4],
      'viridis',
      false,
    );
    expect(Array.from(clipped.subarray(0, 4))).toEqual(BRIGHT);
  });

  it('is moved towards white and black by its slopes', () => {
    const slope = {
      xs: Float64Array.of(0, 1, 2),
      ys: Float64Array.of(0, 1),
      values: Float64Array.of(0, 0.5, 1, 0, 0.5, 1),
    };
    const frame = { width: 3, height: 2, xRange: [-0.5, 2.5], yRange: [-0.5, 1.5] } as const;
    const plain = bricks(slope, frame, [0, 1], 'viridis', false);
    const shaded = bricks(slope, frame, [0, 1], 'viridis', true);
    // 0.16 of the way to white at a hillshade of 0.16: 0.0256 of it to 148
    const at = (pixels: Uint8ClampedArray): number[] => Array.from(pixels.subarray(4, 7));
    const expected = at(plain).map(value => value + 0.16 * 0.16 * (127.5 * 1.16 - value));
    for (const [k, value] of at(shaded).entries()) expect(Math.abs(value - expected[k]!)).toBeLessThan(1);
    expect(at(shaded)).not.toEqual(at(plain));
  });
});
