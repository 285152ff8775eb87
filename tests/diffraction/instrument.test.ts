import { describe, expect, it } from 'vitest';
import {
  ANODES,
  binCount,
  type Instrument,
  instrumentProblem,
  PAPER_INSTRUMENT,
  reflectionWindow,
} from '../../src/diffraction/instrument.ts';

const problem = (change: Partial<Instrument>): string | null =>
  instrumentProblem({ ...PAPER_INSTRUMENT, ...change });

describe('the instrument', () => {
  it("of the paper has 9000 bins of 0.01° and the paper's widths", () => {
    expect(binCount(PAPER_INSTRUMENT)).toBe(9000);
    expect(PAPER_INSTRUMENT).toMatchObject({
      wavelength: 1.5406,
      u: 0.1,
      v: 0.01,
      w: 0.1,
      eta: 0.1,
      margin: 0,
    });
    expect(problem({})).toBeNull();
  });

  it('keeps reflections of the margin on both sides, never below 0° nor up to 180°', () => {
    const window = (change: Partial<Instrument>) => reflectionWindow({ ...PAPER_INSTRUMENT, ...change });
    expect(window({})).toEqual({ lower: 0, upper: 90 });
    expect(window({ twoThetaMin: 20, margin: 5 })).toEqual({ lower: 15, upper: 95 });
    expect(window({ twoThetaMin: 3, margin: 5 })).toEqual({ lower: 0, upper: 95 });
    expect(window({ twoThetaMax: 170, margin: 10 })).toEqual({ lower: 0, upper: 179.9 });
  });

  it("counts all reflections unless told the paper's largest index", () => {
    expect(PAPER_INSTRUMENT.maxIndex).toBeUndefined();
    expect(problem({ maxIndex: 6 })).toBeNull();
  });

  it('accepts every anode of the menu', () => {
    expect(ANODES.map(({ wavelength }) => problem({ wavelength }))).toEqual(ANODES.map(() => null));
    const both = ANODES.map(({ wavelength, second }) => problem({ wavelength, secondWavelength: second }));
    expect(both).toEqual(ANODES.map(() => null));
    // the lines of a doublet lie 0.1–0.8 % apart, Kα₂ at the longer wavelength
    for (const { wavelength, second } of ANODES) {
      expect(second / wavelength).toBeGreaterThan(1.001);
      expect(second / wavelength).toBeLessThan(1.008);
    }
  });

  it.each<[Partial<Instrument>, string]>([
    [{ wavelength: 0 }, 'wavelength 0 Å is outside 0.1–10 Å'],
    [{ wavelength: Number.NaN }, 'wavelength NaN Å'],
    [{ twoThetaMin: -1 }, 'two-theta range -1°–90°'],
    [{ twoThetaMin: 89.5 }, 'at least 1° between'],
    [{ twoThetaMax: 171 }, 'two-theta range 0°–171°'],
    [{ step: 0.2 }, 'step 0.2° is outside 0.001°–0.1°'],
    [{ margin: -0.1 }, 'margin -0.1° is outside 0°–10°'],
    [{ margin: 11 }, 'margin 11° is outside'],
    [{ eta: 1.01 }, 'η = 1.01 is outside 0–1'],
    [{ secondWavelength: 0.01 }, 'second wavelength 0.01 Å is outside 0.1–10 Å'],
    [{ secondWavelength: 1.5, secondRatio: 0 }, 'intensity ratio 0 of the second line'],
    [{ secondWavelength: 1.5, secondRatio: 1.2 }, 'intensity ratio 1.2'],
    [{ maxIndex: 0 }, 'the largest index 0 is not a whole number from 1 on'],
    [{ maxIndex: 2.5 }, 'the largest index 2.5'],
    [{ w: 0 }, 'give a peak width below 0.02°'],
    // H² = tan²θ − tanθ + 0.2 is negative around tanθ = 1/2, though positive at both ends
    [{ u: 1, v: -1, w: 0.2 }, 'U = 1, V = -1, W = 0.2 give a peak width below 0.02° (H² = -0.0500 deg²)'],
    [{ u: -0.2 }, 'give a peak width below'],
  ])('%o is refused by name, value and unit', (change, message) => {
    expect(problem(change)).toContain(message);
  });
});
