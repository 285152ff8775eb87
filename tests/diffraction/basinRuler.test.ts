import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { basinRuler, worstShift } from '../../src/diffraction/basinRuler.ts';
import { fwhm } from '../../src/diffraction/caglioti.ts';
import { binCount, blurred, instrumentProblem, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';

const CUBE: Cell = [4, 4, 4, 90, 90, 90];
const DEG = Math.PI / 180;
const bragg = (d: number): number => (2 * Math.asin(PAPER_INSTRUMENT.wavelength / (2 * d))) / DEG;
const rows = (reflections: readonly (readonly [number, number, number, number])[]) => ({
  hkl: Int32Array.from(reflections.flatMap(row => row.slice(0, 3))),
  twoTheta: Float64Array.from(reflections, ([h, k, l]) => bragg(4 / Math.hypot(h, k, l))),
  intensity: Float64Array.from(reflections, ([, , , intensity]) => intensity),
});

describe('the basin ruler', () => {
  it('measures the worst strong peak in its own width, by Bragg’s law', () => {
    const ruler = basinRuler(
      PAPER_INSTRUMENT,
      rows([
        [1, 0, 0, 100],
        [2, 0, 0, 50],
        [3, 1, 0, 9],
      ]),
    );
    // 310 is below a tenth of the strongest
    expect(ruler.twoTheta).toHaveLength(2);
    expect(worstShift(ruler, CUBE)).toBeCloseTo(0, 10);
    const wider = bragg(4.05 / 2) - bragg(2);
    const expected = Math.abs(wider) / fwhm(PAPER_INSTRUMENT, bragg(2));
    expect(worstShift(ruler, [4.05, 4, 4, 90, 90, 90])).toBeCloseTo(expected, 8);
  });

  it('does not look at peaks in bins that do not count, nor measure the others against them', () => {
    const { twoThetaMin, step } = PAPER_INSTRUMENT;
    const excluded = new Uint8Array(binCount(PAPER_INSTRUMENT));
    const first = Math.round((bragg(4) - twoThetaMin) / step);
    excluded.fill(1, first - 20, first + 20);
    const peaks = rows([
      [1, 0, 0, 100],
      [2, 0, 0, 5],
      [3, 0, 0, 1],
    ]);
    expect([...basinRuler(PAPER_INSTRUMENT, peaks, excluded).hkl]).toEqual([2, 0, 0, 3, 0, 0]);
    expect([...basinRuler(PAPER_INSTRUMENT, peaks).hkl]).toEqual([1, 0, 0]);
  });

  it('ends where Δd/d = FWHM/(2 tanθ) for small strains', () => {
    const ruler = basinRuler(PAPER_INSTRUMENT, rows([[2, 0, 0, 1]]));
    const angle = bragg(2);
    const strain = (fwhm(PAPER_INSTRUMENT, angle) * DEG) / (2 * Math.tan(0.5 * angle * DEG));
    expect(worstShift(ruler, [4 * (1 + strain), 4, 4, 90, 90, 90])).toBeCloseTo(1, 1);
    // the figures of the paper's profile: 0.82 % at 40°, 0.44 % at 80°
    for (const [at, percent] of [
      [40, 0.82],
      [80, 0.44],
    ] as const)
      expect((100 * fwhm(PAPER_INSTRUMENT, at) * DEG) / (2 * Math.tan(0.5 * at * DEG))).toBeCloseTo(
        percent,
        1,
      );
  });

  it('has no end for a reflection that loses its angle', () => {
    const ruler = basinRuler(PAPER_INSTRUMENT, rows([[3, 3, 0, 1]]));
    expect(worstShift(ruler, [2, 2, 4, 90, 90, 90])).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('a peak-width factor', () => {
  it('multiplies the width at every angle and leaves the instrument one', () => {
    for (const factor of [1, 2, 8]) {
      const wide = blurred(PAPER_INSTRUMENT, factor);
      expect(instrumentProblem(wide)).toBeNull();
      for (const angle of [5, 40, 89])
        expect(fwhm(wide, angle)).toBeCloseTo(factor * fwhm(PAPER_INSTRUMENT, angle), 12);
    }
    expect(blurred(PAPER_INSTRUMENT, 1)).toBe(PAPER_INSTRUMENT);
  });
});
