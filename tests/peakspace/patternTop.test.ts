import { describe, expect, it } from 'vitest';
import { fwhm } from '../../src/diffraction/caglioti.ts';
import { type Instrument, PAPER_INSTRUMENT, reflectionWindow } from '../../src/diffraction/instrument.ts';
import { peakBin } from '../../src/losses/mse.ts';
import { seededRng } from '../../src/num/rng.ts';
import { addBinSlopes } from '../../src/peakspace/overlap/patternBin.ts';
import { findTop, patternTop } from '../../src/peakspace/overlap/patternTop.ts';
import { axisCells } from '../../src/peakspace/tree/axisCells.ts';
import { densePattern, INSTRUMENTS, peaksOf } from './patternCases.ts';

/** The largest bin by search among leaves halved so often, and by the pattern. */
function both(
  instrument: Instrument,
  positions: readonly number[],
  intensities: readonly number[] = positions.map(() => 1),
  refine = 0,
) {
  const peaks = peaksOf(instrument, positions, intensities);
  const axis = axisCells(instrument, refine);
  const ascending = [...positions.keys()].sort((p, q) => positions[p]! - positions[q]!);
  const ordered = peaksOf(
    instrument,
    ascending.map(k => positions[k]!),
    ascending.map(k => intensities[k]!),
  );
  const start = Int32Array.from({ length: axis.leaves + 1 }, (_, c) =>
    c === axis.leaves ? peaks.count : positions.filter(t => t < axis.low + c * axis.leafWidth).length,
  );
  const order = { ...ordered, start, peak: ascending };
  const top = patternTop(instrument, axis);
  findTop(top, order);
  const pattern = densePattern(instrument, peaks);
  const bin = peakBin(pattern);
  return { top, order, pattern, bin, value: pattern[bin]! };
}

function expectSame(found: ReturnType<typeof both>): void {
  expect(found.top.bin).toBe(found.bin);
  expect(Math.abs(found.top.value / found.value - 1)).toBeLessThan(1e-9);
}

/** Peaks all over the window, their strengths over two decades. */
function scattered(instrument: Instrument, count: number, seed: number): [number[], number[]] {
  const { lower, upper } = reflectionWindow(instrument);
  const rng = seededRng(seed);
  const positions = Array.from({ length: count }, () => lower + (upper - lower) * (1 - rng.uniform()));
  return [positions, positions.map(() => 10 ** (2 * rng.uniform()))];
}

describe.each(Object.entries({ paper: PAPER_INSTRUMENT, ...INSTRUMENTS }))('with %s', (_, instrument) => {
  it('finds the largest bin of scattered peaks', () => {
    for (const count of [1, 2, 5, 40, 300])
      for (let seed = 1; seed <= 3; seed++)
        for (const refine of [0, 2])
          expectSame(both(instrument, ...scattered(instrument, count, seed), refine));
  });

  it('finds it in a cluster, between peaks as well', () => {
    const { lower, upper } = reflectionWindow(instrument);
    let between = 0;
    for (let seed = 1; seed <= 12; seed++) {
      const rng = seededRng(seed);
      const centre = lower + (upper - lower) * (0.2 + 0.6 * rng.uniform());
      const spread = (0.2 + rng.uniform()) * fwhm(instrument, centre);
      const positions = Array.from({ length: 2 + (seed % 5) }, () => centre + spread * (rng.uniform() - 0.5));
      const [others, heights] = scattered(instrument, 30, seed);
      const found = both(
        instrument,
        [...positions, ...others],
        [...positions.map(() => 100), ...heights.map(x => 0.5 * x)],
      );
      expectSame(found);
      const x = instrument.twoThetaMin + found.bin * instrument.step;
      if (positions.every(t => Math.abs(x - t) > 0.75 * instrument.step)) between++;
    }
    // on coarse grids every bin is next to a peak
    if (instrument.step < 0.02 * fwhm(instrument, upper)) expect(between).toBeGreaterThan(0);
  });
});

describe('the largest bin', () => {
  const narrow: Instrument = { ...PAPER_INSTRUMENT, twoThetaMin: 20, twoThetaMax: 80, margin: 5 };

  it('is one inside the window where the strongest peaks are outside', () => {
    for (const t of [15.2, 19.9, 19.998, 80.003, 80.3, 84.9]) {
      const tails = both(narrow, [t, 45], [100, 0.01]);
      expectSame(tails);
      expect(tails.bin).toBe(t < 45 ? 0 : 5999);
      expectSame(both(narrow, [t, t, 33, 61], [100, 20, 3, 30]));
    }
  });

  it('is the first of equal ones', () => {
    // symmetric about a middle between two bins, and two peaks that mirror each other about a bin
    const flat: Instrument = { ...PAPER_INSTRUMENT, u: 0, v: 0, step: 0.0625, twoThetaMax: 64, w: 0.25 };
    for (const positions of [[32 + 1 / 32], [30, 34], [32 - 1 / 32, 32 + 1 / 32, 32 + 1 / 32]]) {
      const found = both(flat, positions);
      const ties = found.pattern.filter(x => x === found.value).length;
      if (positions.length < 3) expect(ties).toBe(2);
      expect(found.top.bin).toBe(found.bin);
    }
  });

  it('is found among thousands of peaks, in narrow leaves', () => {
    for (let seed = 1; seed <= 3; seed++)
      for (const refine of [0, 2])
        expectSame(both(PAPER_INSTRUMENT, ...scattered(PAPER_INSTRUMENT, 3000, seed), refine));
  });

  it('has the slopes of its own differences', () => {
    const positions = [40, 40.21, 40.3, 41.9, 60];
    const intensities = [1, 0.8, 0.9, 0.3, 0.4];
    const { top, order } = both(PAPER_INSTRUMENT, positions, intensities);
    const byIntensity = new Float64Array(5).fill(7);
    const byPosition = new Float64Array(5).fill(7);
    addBinSlopes(PAPER_INSTRUMENT, order, 5, top.bin, 2, byIntensity, byPosition);
    const at = (t: readonly number[], w: readonly number[]): number =>
      densePattern(PAPER_INSTRUMENT, peaksOf(PAPER_INSTRUMENT, t, w))[top.bin]!;
    const h = 1e-4;
    const moved = (values: readonly number[], k: number, by: number): number[] =>
      values.map((x, i) => (i === k ? x + by : x));
    for (let i = 0; i < 5; i++) {
      const k = order.peak[i]!;
      const slope = (change: (by: number) => number): number => (change(h) - change(-h)) / (2 * h);
      expect(byIntensity[i]).toBeCloseTo(7 + 2 * slope(by => at(positions, moved(intensities, k, by))), 8);
      expect(byPosition[i]).toBeCloseTo(
        7 + (2 * slope(by => at(moved(positions, k, by), intensities))) / intensities[k]!,
        5,
      );
    }
  });
});
