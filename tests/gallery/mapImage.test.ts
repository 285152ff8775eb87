import { describe, expect, it } from 'vitest';
import { mapImage } from '../../src/views/gallery/mapImage.ts';

const field = (values: readonly number[]) => ({
  xs: Float64Array.of(0, 1),
  ys: Float64Array.of(0, 1),
  values: Float64Array.from(values),
});
const pixel = (
  { pixels, width }: { pixels: Uint8ClampedArray; width: number },
  x: number,
  y: number,
): number[] => Array.from(pixels.subarray(4 * (y * width + x), 4 * (y * width + x) + 4));

describe('the field of a small map as pixels', () => {
  it('has the first colour at the low end, the last at the high end, and row 0 at the top', () => {
    // Low at the bottom, high at the top: pixel centres lie a quarter and three quarters of the way.
    const image = mapImage(field([0, 0, 1, 1]), 2, 2, [0.25, 0.75], 'viridis', null);
    expect(pixel(image, 0, 0)).toEqual([0xfd, 0xe7, 0x25, 255]);
    expect(pixel(image, 1, 1)).toEqual([0x44, 0x01, 0x54, 255]);
  });

  it('is bilinear between points', () => {
    // The middle of one pixel over the whole square is the mean of the corners, 0.5: the sixth of eleven colours.
    const image = mapImage(field([0, 1, 0, 1]), 1, 1, [0, 1], 'viridis', null);
    expect(pixel(image, 0, 0)).toEqual([0x21, 0x91, 0x8c, 255]);
  });

  it('leaves a gap where the field has none', () => {
    const image = mapImage(field([Number.NaN, 1, 0, 1]), 1, 1, [0, 1]);
    expect(pixel(image, 0, 0)).toEqual([0, 0, 0, 0]);
  });

  it('draws an isoline where neighbouring pixels lie on different sides of a level', () => {
    const plain = mapImage(field([0, 1, 0, 1]), 4, 1, [0, 1], 'viridis', null);
    const lined = mapImage(field([0, 1, 0, 1]), 4, 1, [0, 1], 'viridis', 0.5);
    // Values 0.125, 0.375, 0.625, 0.875: the level 0.5 lies behind the second pixel alone.
    expect([0, 1, 2, 3].map(x => pixel(plain, x, 0).join() !== pixel(lined, x, 0).join())).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });
});
