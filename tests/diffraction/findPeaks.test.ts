import { describe, expect, it } from 'vitest';
import { findPeaks } from '../../src/diffraction/findPeaks.ts';
import { reflectionsCsv } from '../../src/diffraction/reflectionsCsv.ts';
import { fittedScale } from '../../src/state/files/measuredTarget.ts';

const grid = Float64Array.from({ length: 2001 }, (_, i) => 20 + 0.01 * i);
const peak =
  (at: number, height: number, width: number) =>
  (x: number): number =>
    height / (1 + (4 * (x - at) ** 2) / width ** 2);

describe('maxima of a measured pattern', () => {
  it('stand where the peaks are, between the points too', () => {
    const found = findPeaks(
      grid,
      grid.map(x => 5 + peak(24.003, 100, 0.2)(x) + peak(31.507, 40, 0.2)(x)),
    );
    expect(found.map(({ twoTheta }) => Number(twoTheta.toFixed(3)))).toEqual([24.003, 31.507]);
    expect(found[1]!.intensity / found[0]!.intensity).toBeCloseTo(0.4, 2);
  });

  it('are two where a valley parts them, and one where it does not', () => {
    const pair = (apart: number): number =>
      findPeaks(
        grid,
        grid.map(x => peak(30, 100, 0.2)(x) + peak(30 + apart, 100, 0.2)(x)),
      ).length;
    expect(pair(0.4)).toBe(2);
    expect(pair(0.08)).toBe(1);
  });

  it('are none in noise, on a slope or in too few points', () => {
    const noise = grid.map((_, i) => 100 + Math.sin(12.9898 * i) * 43.758 * Math.cos(78.233 * i));
    expect(findPeaks(grid, noise)).toEqual([]);
    expect(findPeaks(grid, grid)).toEqual([]);
    expect(findPeaks(Float64Array.of(1, 2), Float64Array.of(3, 4))).toEqual([]);
  });
});

describe('the scale of a simulated pattern', () => {
  it('is the least-squares one over the bins that count', () => {
    const measured = Float64Array.of(2, 4, 100);
    const simulated = Float64Array.of(1, 2, 1);
    expect(fittedScale(measured, simulated, Uint8Array.of(0, 0, 1))).toBe(2);
    // (2·1 + 4·2 + 100·1) / (1 + 4 + 1)
    expect(fittedScale(measured, simulated, new Uint8Array(3))).toBeCloseTo(110 / 6, 12);
    expect(fittedScale(measured, new Float64Array(3), new Uint8Array(3))).toBe(0);
  });
});

describe('reflections as a table', () => {
  it('have spacings by Bragg’s law and per cent of the strongest', () => {
    const table = {
      hkl: Int32Array.of(1, 1, 1, 2, 0, -2),
      twoTheta: Float64Array.of(60, 90),
      intensity: Float64Array.of(5, 20),
    };
    // λ / (2 sin 30°) = λ
    expect(
      reflectionsCsv([{ label: 'a, b', table, wavelength: 1.5 }])
        .trim()
        .split('\n'),
    ).toEqual([
      'pattern,h,k,l,two_theta_deg,d_angstrom,intensity_percent_of_strongest',
      '"a, b",1,1,1,60.00000,1.500000,25.0000',
      '"a, b",2,0,-2,90.00000,1.060660,100.000',
    ]);
  });
});
