import { afterAll, describe, expect, it } from 'vitest';
import { cellProblem } from '../../src/crystal/cell.ts';
import { PAPER_INSTRUMENT, reflectionWindow } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { seededRng } from '../../src/num/rng.ts';
import { patternModel } from '../../src/peakspace/pattern/patternModel.ts';
import { patternTree } from '../../src/peakspace/pattern/patternTree.ts';
import { cellOf, FIXTURES, sitesOf } from '../support/crystals.ts';
import { densePattern, denseSums, INSTRUMENTS, offBy, peaksOf, skewed, summed } from './patternCases.ts';

const worst: Record<string, number> = {};
const note = (what: string, error: number): number => {
  worst[what] = Math.max(worst[what] ?? 0, error);
  return error;
};
afterAll(() => console.log('largest errors', worst));

const SCALES = [6, 8, 11];

/** Peaks all over the window, some at its ends, with intensities between 0 and 1. */
function scattered(instrument: typeof PAPER_INSTRUMENT, count: number, seed: number) {
  const { lower, upper } = reflectionWindow(instrument);
  const rng = seededRng(seed);
  const positions = Array.from({ length: count }, () => lower + (upper - lower) * (1 - rng.uniform()));
  positions.push(upper, upper - 0.003, lower + 0.02, instrument.twoThetaMax, instrument.twoThetaMin + 0.004);
  return peaksOf(
    instrument,
    positions,
    positions.map(() => rng.uniform()),
  );
}

describe.each(Object.keys(FIXTURES))('the pattern of %s', id => {
  const sites = sitesOf(FIXTURES[id]!);
  const truth = cellOf(FIXTURES[id]!.structure.cell);

  it.each([0, 0.01, 0.04, 0.1])('is the dense one, cell off by %f', share => {
    for (let seed = 1; seed <= (share ? 3 : 1); seed++) {
      const cell = cellOf(Array.from(skewed(truth, share, seed)));
      if (cellProblem(cell)) continue;
      const dense = simulatePattern(scatteringModel(sites, PAPER_INSTRUMENT, cell), cell);
      for (const scale of SCALES) {
        const model = patternModel(sites, PAPER_INSTRUMENT, () => patternTree(PAPER_INSTRUMENT, scale))!;
        const { pattern } = model.forward(Float64Array.from(cell))!;
        expect(note('pattern, crystals', offBy(pattern, dense)), `scale ${scale}`).toBeLessThan(1e-8);
      }
    }
  });
});

describe.each(Object.entries(INSTRUMENTS))('with %s', (_, instrument) => {
  it.each(SCALES)('pattern and transpose are the dense ones, scale %i', scale => {
    const peaks = scattered(instrument, 80, 5);
    const room = summed(instrument, peaks, scale);
    const dense = densePattern(instrument, peaks);
    expect(note('pattern, instruments', offBy(room.pattern, dense))).toBeLessThan(5e-8);
    // the pattern less its neighbourhood, as a loss leaves it
    const shift = Math.max(1, Math.round((0.5 * peaks.width[0]!) / instrument.step));
    room.residual.set(dense.map((x, i) => x - dense[Math.max(0, i - shift)]!));
    const expected = denseSums(instrument, peaks, room.residual);
    const { value, slope } = room.back();
    expect(note('sums, instruments', offBy(value, expected.value))).toBeLessThan(5e-8);
    expect(note('slopes, instruments', offBy(slope, expected.slope))).toBeLessThan(5e-7);
  });
});

describe('pattern and transpose', () => {
  const noise = (room: { residual: Float64Array }, seed: number): void => {
    const rng = seededRng(seed);
    for (let i = 0; i < room.residual.length; i++) room.residual[i] = rng.normal();
  };

  it.each(SCALES)('are each the transpose of the other to rounding, scale %i', scale => {
    const peaks = scattered(PAPER_INSTRUMENT, 120, 7);
    const room = summed(PAPER_INSTRUMENT, peaks, scale);
    noise(room, 3);
    const { value } = room.back();
    const onBins = room.pattern.reduce((sum, x, i) => sum + x * room.residual[i]!, 0);
    const onPeaks = value.reduce((sum, a, k) => sum + peaks.intensity[k]! * a, 0);
    expect(Math.abs(onBins - onPeaks)).toBeLessThan(1e-11 * Math.abs(onBins));
  });

  it.each(SCALES)('positions: the slope is the difference quotient of the same sums, scale %i', scale => {
    const positions = Array.from({ length: 40 }, (_, k) => 3.17 + 2.13 * k);
    const room = summed(PAPER_INSTRUMENT, peaksOf(PAPER_INSTRUMENT, positions), scale);
    noise(room, 4);
    const { residual } = room;
    const { slope: slopes } = room.back();
    const h = 1e-4;
    const product = (k: number, move: number): number => {
      const peaks = peaksOf(PAPER_INSTRUMENT, [positions[k]! + move]);
      return summed(PAPER_INSTRUMENT, peaks, scale).pattern.reduce((sum, x, i) => sum + x * residual[i]!, 0);
    };
    for (let k = 0; k < positions.length; k += 7) {
      const wide = (product(k, h) - product(k, -h)) / (2 * h);
      const close = (product(k, h / 2) - product(k, -h / 2)) / h;
      expect(Math.abs((4 * close - wide) / 3 - slopes[k]!)).toBeLessThan(
        1e-6 * Math.max(...slopes.map(Math.abs)),
      );
    }
  });

  it('of a single peak anywhere, at the ends of the window and at leaf boundaries', () => {
    const { axis } = patternTree(PAPER_INSTRUMENT, 8);
    const boundary = axis.low + 37 * axis.leafWidth;
    for (const t of [1e-3, 0.004, 12.345, boundary, boundary - 1e-9, boundary + 1e-9, 89.9895, 89.999, 90])
      for (const scale of SCALES) {
        const peaks = peaksOf(PAPER_INSTRUMENT, [t], [3]);
        const { pattern } = summed(PAPER_INSTRUMENT, peaks, scale);
        expect(
          note('pattern, one peak', offBy(pattern, densePattern(PAPER_INSTRUMENT, peaks))),
          `${t}°`,
        ).toBeLessThan(5e-9);
      }
  });

  it('merge peaks of one position, and only those', () => {
    const positions = [30, 30 + 1e-12, 30 + 1e-8, 30.001, 61, 30 - 1e-12, 61];
    const intensities = [1, 2, 3, 4, 5, 6, 7];
    const peaks = peaksOf(PAPER_INSTRUMENT, positions, intensities);
    const room = summed(PAPER_INSTRUMENT, peaks, 6);
    const { place } = room;
    expect(place[0]).toBe(place[1]);
    expect(place[0]).toBe(place[5]);
    expect(place[4]).toBe(place[6]);
    expect(new Set(place).size).toBe(4);
    expect(room.intensity()[0]).toBe(9);
    expect(offBy(room.pattern, densePattern(PAPER_INSTRUMENT, peaks))).toBeLessThan(1e-8);
  });

  it('leave nothing behind from one call to the next', () => {
    const peaks = scattered(PAPER_INSTRUMENT, 60, 1);
    const room = summed(PAPER_INSTRUMENT, peaks, 7);
    // leaves without intensity, as a cell with fewer reflections has them
    const few = peaks.intensity.map((x, k) => (k < 20 ? x : 0));
    const fresh = room.forward(few).slice();
    room.forward();
    noise(room, 9);
    room.back();
    expect(room.forward(few)).toEqual(fresh);
  });
});
