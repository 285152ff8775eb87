import { describe, expect, it } from 'vitest';
import { reciprocalMetric } from '../../src/crystal/cell.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import {
  cosineSquare,
  marchDollase,
  marchDollaseByR,
  marchDollaseBySquare,
} from '../../src/diffraction/marchDollase.ts';
import { instrumentAs, peakShift } from '../../src/diffraction/measurement.ts';
import { type Conditions, peaksAt, scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { patternAtPoint } from '../../src/model/densePattern.ts';
import type { MovedParameter } from '../../src/model/parameter.ts';
import { measurementSlot, slotsOf } from '../../src/model/slots.ts';
import { libraryStructure } from '../support/library.ts';
import { textured } from '../support/textured.ts';

const { sites, cell } = libraryStructure('BPO4');
const model = scatteringModel(sites, PAPER_INSTRUMENT, cell);
const plain = peaksAt(model, cell);
const PLAIN: Conditions = {
  thermal: [0, 0, 0],
  measurement: { zero: 0, displacement: 0, march: 1 },
  axis: [0, 0, 1],
};
const seen = (change: Partial<Conditions['measurement']>, more: Partial<Conditions> = {}) =>
  peaksAt(model, cell, undefined, { ...PLAIN, ...more, measurement: { ...PLAIN.measurement, ...change } });

describe('the March–Dollase factor', () => {
  it('is the one worked out by hand', () => {
    // along the axis r^−3, across it r^(3/2); at cos² = 1/4 and r = 2: (11/8)^(−3/2)
    expect(marchDollase(0.5, 1)).toBeCloseTo(8, 12);
    expect(marchDollase(0.5, 0)).toBeCloseTo(0.35355339059, 10);
    expect(marchDollase(2, 0.25)).toBeCloseTo(0.6202203, 7);
    expect(marchDollaseByR(2, 1)).toBeCloseTo(-3 / 16, 12);
    expect(marchDollaseBySquare(1, 0.3)).toBeCloseTo(0, 12);
  });

  it('is 1 to the last bit without preferred orientation, and changes no bit of a pattern', () => {
    for (let i = 0; i <= 1000; i++) expect(marchDollase(1, i / 1000)).toBe(1);
    expect(marchDollase(1, 1 + 2e-16)).toBe(1);
    const same = seen({});
    for (const key of ['intensity', 'twoTheta', 'width', 'positionSlope', 'intensitySlope'] as const)
      expect(same[key]).toEqual(plain[key]);
  });

  it.each([0.3, 0.5, 0.8, 1, 1.7, 2.5])('has the mean 1 over all directions at r = %s', r => {
    // ∫ P d(cos α) from 0 to 1, Simpson
    const n = 20000;
    let sum = 0;
    for (let i = 0; i <= n; i++)
      sum += (i === 0 || i === n ? 1 : i % 2 ? 4 : 2) * marchDollase(r, (i / n) ** 2);
    expect(sum / (3 * n)).toBeCloseTo(1, 10);
  });

  it('has the slopes of finite differences', () => {
    for (const [r, square] of [
      [0.6, 0.2],
      [1.4, 0.9],
    ] as const) {
      const h = 1e-5;
      expect(marchDollaseByR(r, square)).toBeCloseTo(
        (marchDollase(r + h, square) - marchDollase(r - h, square)) / (2 * h),
        8,
      );
      expect(marchDollaseBySquare(r, square)).toBeCloseTo(
        (marchDollase(r, square + h) - marchDollase(r, square - h)) / (2 * h),
        8,
      );
    }
  });

  it('goes by the angle between reciprocal directions', () => {
    const cubic = reciprocalMetric([4, 4, 4, 90, 90, 90]);
    expect(cosineSquare(cubic, [1, 1, 1], [0, 0, 1])).toBeCloseTo(1 / 3, 14);
    expect(cosineSquare(cubic, [1, 1, 0], [1, -1, 0])).toBe(0);
    // a* of a hexagonal cell is 30° from a and 60° from b*
    const hexagonal = reciprocalMetric([3, 3, 5, 90, 90, 120]);
    expect(cosineSquare(hexagonal, [1, 0, 0], [0, 1, 0])).toBeCloseTo(0.25, 14);
    expect(cosineSquare(hexagonal, [-2, 0, -4], [1, 0, 2])).toBeCloseTo(1, 14);
  });

  it('is that of texture along c* written out on its own', () => {
    const slots = slotsOf(sites);
    const march: MovedParameter = {
      id: 'march',
      value: 1,
      moves: [{ slot: measurementSlot(slots, 'march'), factor: 1 }],
      period: null,
    };
    const structure = libraryStructure('BPO4');
    const { pattern } = patternAtPoint(sites, PAPER_INSTRUMENT, [march], [...cell, 0.7]);
    const expected = textured(structure, PAPER_INSTRUMENT, 0.7);
    const largest = Math.max(...expected);
    for (const [i, value] of pattern.entries())
      expect(Math.abs(value - expected[i]!) / largest).toBeLessThan(1e-13);
  });
});

describe('thermal motion', () => {
  it('takes exp(−2B sin²θ/λ²) off the intensities where all atoms share B', () => {
    const moving = seen({}, { thermal: [1.5, 1.5, 1.5] });
    for (let k = 0; k < plain.count; k++) {
      const s = Math.sin((plain.twoTheta[k]! * Math.PI) / 360) / PAPER_INSTRUMENT.wavelength;
      expect(moving.intensity[k]! / plain.intensity[k]!).toBeCloseTo(Math.exp(-2 * 1.5 * s * s), 12);
    }
  });
});

describe('shifts of a pattern', () => {
  it('by the zero of the circle are the same everywhere', () => {
    const shifted = seen({ zero: 0.25 });
    for (let k = 0; k < plain.count; k++)
      expect(shifted.twoTheta[k]! - plain.twoTheta[k]!).toBeCloseTo(0.25, 12);
    expect(shifted.intensity).toEqual(plain.intensity);
  });

  it('by the zero, of peaks of one width, move the pattern bin by bin', () => {
    const even = { ...PAPER_INSTRUMENT, u: 0, v: 0, w: 0.04 };
    const slots = slotsOf(sites);
    const zero: MovedParameter = {
      id: 'zero',
      value: 0,
      moves: [{ slot: measurementSlot(slots, 'zero'), factor: 1 }],
      period: null,
    };
    const before = simulatePattern(scatteringModel(sites, even, cell), cell);
    const { pattern } = patternAtPoint(sites, even, [zero], [...cell, 0.3]);
    const largest = Math.max(...before);
    for (let i = 30; i < pattern.length; i++)
      expect(Math.abs(pattern[i]! - before[i - 30]!) / largest).toBeLessThan(1e-11);
  });

  it('by a displaced sample fall as cos θ: as worked out by hand', () => {
    // a sample 0.1 mm too high on a circle of 185 mm: −2s/R = −0.0010811 rad = −0.061941°
    const displacement = ((-2 * 0.1) / 185) * (180 / Math.PI);
    expect(displacement).toBeCloseTo(-0.061941, 6);
    const sine = (degrees: number): number => Math.sin((degrees * Math.PI) / 180) ** 2;
    expect(peakShift({ zero: 0, displacement }, sine(0))).toBeCloseTo(-0.061941, 6);
    expect(peakShift({ zero: 0, displacement }, sine(30))).toBeCloseTo(-0.053643, 6);
    expect(peakShift({ zero: 0.01, displacement }, sine(60))).toBeCloseTo(0.01 - 0.030971, 6);
    const shifted = seen({ displacement });
    for (let k = 0; k < plain.count; k++) {
      const theta = (plain.twoTheta[k]! * Math.PI) / 360;
      expect(shifted.twoTheta[k]! - plain.twoTheta[k]!).toBeCloseTo(displacement * Math.cos(theta), 12);
    }
  });

  it('have the slopes of finite differences in the cell', () => {
    const h = 1e-5;
    const at = (a: number) =>
      peaksAt(scatteringModel(sites, PAPER_INSTRUMENT, cell, 1.01), [a, a, cell[2], 90, 90, 90], undefined, {
        ...PLAIN,
        thermal: [1, 0.5, 2],
        measurement: { zero: 0.1, displacement: -0.4, march: 1 },
      });
    const [low, mid, high] = [at(cell[0] - h), at(cell[0]), at(cell[0] + h)];
    for (let k = 0; k < mid.count; k++) {
      const u = (peaks: typeof mid): number => {
        const [x, y, z] = [0, 1, 2].map(i => model.sums.hkl[3 * peaks.index[k]! + i]!) as [
          number,
          number,
          number,
        ];
        const a = peaks === low ? cell[0] - h : cell[0] + h;
        return (PAPER_INSTRUMENT.wavelength ** 2 / 4) * ((x * x + y * y) / (a * a) + (z * z) / cell[2] ** 2);
      };
      const du = u(high) - u(low);
      if (Math.abs(du) < 1e-9) continue;
      const slope = (key: 'twoTheta' | 'intensity' | 'width'): number => (high[key][k]! - low[key][k]!) / du;
      expect(slope('twoTheta') / mid.positionSlope[k]!).toBeCloseTo(1, 6);
      expect(slope('width') / mid.widthSlope[k]!).toBeCloseTo(1, 5);
      expect(
        (slope('intensity') - mid.intensitySlope[k]!) / Math.max(...mid.intensitySlope.map(Math.abs)),
      ).toBeCloseTo(0, 6);
    }
  });
});

describe('the instrument as a measurement shows it', () => {
  it('is the same where nothing is changed, and has wider peaks of another shape', () => {
    expect(instrumentAs(PAPER_INSTRUMENT, { widthFactor: 1, eta: 0.1 })).toBe(PAPER_INSTRUMENT);
    const changed = instrumentAs(PAPER_INSTRUMENT, { widthFactor: 2, eta: 0.6 });
    expect(changed).toMatchObject({ u: 0.4, w: 0.4, eta: 0.6 });
  });
});
