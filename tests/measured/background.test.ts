import { describe, expect, it } from 'vitest';
import { chebyshevBackground } from '../../src/measured/chebyshevBackground.ts';
import { snipBackground } from '../../src/measured/snip.ts';
import snip from '../fixtures/snip.json' with { type: 'json' };
import { expectClose } from '../support/expectClose.ts';

const x = Float64Array.from({ length: 2001 }, (_, i) => 10 + 0.02 * i);
const smooth = x.map(value => 200 + 300 * Math.exp(-(value - 10) / 12));
const peaks = x.map(value =>
  [18, 27, 33.3, 41].reduce((sum, at) => sum + 5000 / (1 + ((value - at) / 0.06) ** 2), 0),
);
const y = smooth.map((value, i) => value + peaks[i]!);

describe('SNIP', () => {
  it('gives the numbers of an independent program', () => {
    expectClose(
      snipBackground(snip.y, snip.window),
      snip.background,
      { relative: 1e-9, absolute: 1e-9 },
      'SNIP',
    );
  });

  it('finds a smooth background under sharp peaks to a few per cent', () => {
    const found = snipBackground(y, 60);
    for (let i = 100; i < 1900; i += 50) expect(Math.abs(found[i]! / smooth[i]! - 1)).toBeLessThan(0.06);
  });

  it('leaves a pattern without peaks alone, and never lies above the points', () => {
    const line = x.map(value => 100 + value);
    expectClose(snipBackground(line, 40), line, { relative: 2e-3, absolute: 0 }, 'line');
    expect(snipBackground(y, 60).every((value, i) => value <= y[i]! + 1e-9)).toBe(true);
  });

  it('with a window of more than 400 points works on averages and stays close', () => {
    const wide = snipBackground(smooth, 900);
    for (let i = 0; i < 2001; i += 100) expect(Math.abs(wide[i]! / smooth[i]! - 1)).toBeLessThan(0.05);
  });

  it('takes negative points as 0 and a single point as it is', () => {
    expectClose(
      snipBackground([-5, -5, -5, -5], 1),
      new Float64Array(4),
      { relative: 0, absolute: 1e-12 },
      'negative',
    );
    expect(snipBackground([7], 3)[0]).toBeCloseTo(7, 9);
  });
});

describe('the Chebyshev background', () => {
  it('is the polynomial itself where there is nothing else', () => {
    const cubic = x.map(value => 3 + 0.2 * value - 0.01 * value ** 2 + 1e-4 * value ** 3);
    expectClose(chebyshevBackground(x, cubic, 3), cubic, { relative: 1e-9, absolute: 0 }, 'cubic');
  });

  it('passes under peaks', () => {
    const found = chebyshevBackground(x, y, 8);
    for (let i = 0; i <= 2000; i += 50) expect(Math.abs(found[i]! / smooth[i]! - 1)).toBeLessThan(0.06);
  });

  it('does not see what is left out', () => {
    const spoilt = y.map((value, i) => (x[i]! > 30 && x[i]! < 36 ? value + 4000 : value));
    const counts = x.map(value => (value > 30 && value < 36 ? 0 : 1));
    const found = chebyshevBackground(x, spoilt, 8, counts);
    for (let i = 0; i <= 2000; i += 50) expect(Math.abs(found[i]! / smooth[i]! - 1)).toBeLessThan(0.08);
  });

  it('with more coefficients than points still gives numbers', () => {
    expect(chebyshevBackground([1, 2, 3], [5, 6, 7], 20).every(Number.isFinite)).toBe(true);
  });
});
