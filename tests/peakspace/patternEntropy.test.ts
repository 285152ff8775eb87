import { describe, expect, it } from 'vitest';
import { entropy } from '../../src/losses/entropy.ts';
import { seededRng } from '../../src/num/rng.ts';
import { kernelEntropy } from '../../src/peakspace/pattern/kernelEntropy.ts';
import { offBy } from './patternCases.ts';

/** Odd: the last pair of lanes is half empty. */
const BINS = 4001;
const draw = (seed: number, of: (uniform: number, normal: number) => number): Float64Array => {
  const rng = seededRng(seed);
  return Float64Array.from({ length: BINS }, () => of(rng.uniform(), rng.normal()));
};

const TARGETS: Readonly<Record<string, Float64Array>> = {
  'of one magnitude': draw(1, u => 0.5 + u),
  'of many magnitudes': draw(2, (_, n) => Math.exp(4 * n)),
  'with empty bins': draw(3, u => (u < 0.3 ? 0 : u)),
};
const TRIALS: Readonly<Record<string, Float64Array>> = {
  'of one magnitude': draw(11, u => 200 * (0.5 + u)),
  'of many magnitudes': draw(12, (_, n) => Math.exp(-4 * n)),
  'with empty bins': draw(13, u => (u < 0.3 ? 0 : u)),
};

const against = (x: Float64Array) => kernelEntropy(x)!;

describe('entropy in WebAssembly', () => {
  for (const [target, x] of Object.entries(TARGETS))
    for (const [trial, y] of Object.entries(TRIALS))
      it(`target ${target}, trial ${trial}: value and gradient of the formula`, () => {
        const exact = new Float64Array(BINS);
        const loss = entropy.gradient(x, y, exact);
        const fast = against(x);
        const gradient = new Float64Array(BINS);
        expect(Math.abs(fast.gradient(y, gradient) - loss)).toBeLessThan(1e-11);
        expect(Math.abs(fast.value(y) - loss)).toBeLessThan(1e-11);
        expect(offBy(gradient, exact)).toBeLessThan(5e-10);
      });

  it('is −1 with no gradient against itself', () => {
    const x = TARGETS['of many magnitudes']!;
    const gradient = new Float64Array(BINS);
    const scaled = x.map(v => 3 * v);
    expect(against(x).gradient(scaled, gradient)).toBeCloseTo(-1, 12);
    const scale = scaled.reduce((sum, v) => sum + v, 0);
    for (const g of gradient) expect(Math.abs(g * scale)).toBeLessThan(1e-10);
  });

  it('keeps its digits for small differences', () => {
    const x = TARGETS['of one magnitude']!;
    const wave = x.map((v, i) => v * (1 + 1e-5 * Math.sin(i)));
    const exact = new Float64Array(BINS);
    const gradient = new Float64Array(BINS);
    const loss = entropy.gradient(x, wave, exact);
    expect(Math.abs(against(x).gradient(wave, gradient) - loss)).toBeLessThan(1e-14);
    expect(offBy(gradient, exact)).toBeLessThan(1e-5);
  });

  it('takes bins a little below zero, as interpolation may leave them, for empty', () => {
    const x = TARGETS['of one magnitude']!;
    const empty = TRIALS['with empty bins']!;
    const below = empty.map(v => (v === 0 ? -1e-12 : v));
    expect(Math.abs(against(x).value(below) - entropy.value(x, empty))).toBeLessThan(1e-9);
  });

  it('is NaN where the trial has one, not less than it is', () => {
    const x = TARGETS['of one magnitude']!;
    expect(against(x).value(x.with(7, Number.NaN))).toBeNaN();
  });
});
