import { describe, expect, it } from 'vitest';
import { type Maximum, maximumOf } from '../../src/engine/webgl/exactMaximum.ts';

describe('the maximum of a pattern from float32 candidates', () => {
  /** Asks by the GPU's peaks, and by float64 ones where that is not enough; counts the latter. */
  const find = (candidates: Maximum[], uploaded: Record<number, number>, exact: Record<number, number>) => {
    let asked = 0;
    const found = maximumOf(
      candidates,
      1000,
      bin => uploaded[bin] ?? 0,
      bin => {
        asked++;
        return exact[bin] ?? 0;
      },
    );
    return { ...found, asked };
  };

  it('has the value by the peaks as they were uploaded', () => {
    const candidates = [
      { value: 3.0000001, bin: 40 },
      { value: 2.5, bin: 200 },
    ];
    expect(find(candidates, { 39: 2.9, 40: 2.9999999, 41: 2.8 }, {})).toEqual({
      bin: 40,
      value: 2.9999999,
      asked: 0,
    });
  });

  // The slope of the loss jumps from one bin to the other, whatever their difference.
  it('is at the bin that float64 says where two are too close to call', () => {
    const neighbours = { 40: 3, 41: 3.000001 };
    expect(find([{ value: 3, bin: 41 }], neighbours, { 40: 9.1, 41: 9 })).toEqual({
      bin: 40,
      value: 3,
      asked: 2,
    });
    const apart = [
      { value: 3, bin: 700 },
      { value: 2.999999, bin: 40 },
    ];
    expect(find(apart, { 40: 2.999999, 700: 3 }, { 40: 9.1, 700: 9 }).bin).toBe(40);
  });

  it('is at the first of equal ones, and inside the pattern', () => {
    const candidates = [
      { value: 3, bin: 999 },
      { value: 3, bin: 0 },
    ];
    expect(find(candidates, { 0: 3, 999: 3 }, { 0: 9, 999: 9 })).toEqual({ bin: 0, value: 3, asked: 2 });
  });
});
