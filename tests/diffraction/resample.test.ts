import { describe, expect, it } from 'vitest';
import { angleWith, matchPeaks } from '../../src/diffraction/matchPeaks.ts';
import { onOneAxis, resample } from '../../src/diffraction/resample.ts';

const points = (x: readonly number[], y: readonly number[]) => ({
  x: Float64Array.from(x),
  y: Float64Array.from(y),
});

describe('a pattern on other points', () => {
  it('lies on the straight lines between its own, and is zero outside them', () => {
    const found = resample(points([1, 2, 4], [10, 20, 0]), Float64Array.of(0.5, 1, 1.25, 2, 3, 4, 4.1));
    expect([...found]).toEqual([0, 10, 12.5, 20, 10, 0, 0]);
  });

  it('is left as it is where both have the same points', () => {
    const p = points([1, 2, 3], [1, 5, 1]);
    const q = points([1, 2, 3], [2, 2, 2]);
    expect(onOneAxis(p, q)).toEqual({ first: p.y, second: q.y, step: 1 });
  });

  it('is taken over the shared range at the finer spacing where they have not', () => {
    const both = onOneAxis(points([0, 1, 2, 3], [0, 1, 2, 3]), points([1, 1.5, 2, 2.5], [4, 4, 4, 4]));
    expect([[...(both?.first ?? [])], [...(both?.second ?? [])], both?.step]).toEqual([
      [1, 1.5, 2, 2.5],
      [4, 4, 4, 4],
      0.5,
    ]);
  });

  it('has nothing in common with one that ends where it begins', () => {
    expect(onOneAxis(points([0, 1], [1, 1]), points([1, 2], [1, 1]))).toBeNull();
  });
});

describe('peaks held against each other', () => {
  const peaks = (...angles: readonly number[]) => angles.map(twoTheta => ({ twoTheta, intensity: 1 }));

  it('match the nearest one within the tolerance, with the shift that separates them', () => {
    const found = matchPeaks(
      { peaks: peaks(20, 30, 40), wavelength: 1.5 },
      { peaks: peaks(20.1, 20.3, 39.8), wavelength: 1.5 },
      0.25,
    );
    expect(found[0]).toEqual({ index: 0, shift: expect.closeTo(0.1, 9) });
    expect(found[1]).toBeNull();
    expect(found[2]).toEqual({ index: 2, shift: expect.closeTo(-0.2, 9) });
  });

  it('are compared as spacings: silicon 111 with copper and with molybdenum radiation', () => {
    // d = 3.13560 Å (NIST SRM 640): 28.442° with 1.5406 Å and 12.989° with 0.7093 Å by Bragg's law
    expect(angleWith(12.9888, 0.7093, 1.5406)).toBeCloseTo(28.442, 2);
    const found = matchPeaks(
      { peaks: peaks(28.443), wavelength: 1.5406 },
      { peaks: peaks(12.9888), wavelength: 0.7093 },
      0.01,
    );
    expect(found[0]?.index).toBe(0);
  });

  it('leave out those that are too weak', () => {
    const weak = [{ twoTheta: 20, intensity: 0.001 }];
    expect(matchPeaks({ peaks: peaks(20), wavelength: 1 }, { peaks: weak, wavelength: 1 }, 1, 0.01)).toEqual([
      null,
    ]);
  });
});
