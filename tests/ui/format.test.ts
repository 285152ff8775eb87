import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatDuration,
  formatNumber,
  formatPercent,
  formatPlain,
  formatRate,
  formatSigned,
  typedNumber,
} from '../../src/ui/format.ts';
import { niceTicks } from '../../src/ui/ticks.ts';

describe('numbers as people read them', () => {
  it('have real minus signs, thin spaces and no negative zero', () => {
    expect(formatNumber(-0.7449, 3)).toBe('\u22120.745');
    expect(formatNumber(-0.0001, 3)).toBe('0.000');
    expect(formatNumber(1619, 0)).toBe('1\u202f619');
    expect(formatNumber(Number.NaN)).toBe('–');
    expect(formatSigned(2.94)).toBe('+2.9');
    expect(formatSigned(-0.01)).toBe('0');
    expect(formatPercent(0.05)).toBe('5.0\u202f%');
    expect(formatPlain(0.0005)).toBe('0.0005');
    expect(formatDuration(1234)).toBe('1.2\u202fs');
    expect(formatDuration(125_000)).toBe('2\u202fmin 5\u202fs');
  });
  it('are read back however they are typed', () => {
    expect(typedNumber('1,5406')).toBe(1.5406);
    expect(typedNumber(' \u22120.5 ')).toBe(-0.5);
    expect(typedNumber('30\u202f000')).toBe(30_000);
    expect(typedNumber('')).toBeNaN();
    expect(typedNumber('1.2.3')).toBeNaN();
    fc.assert(
      fc.property(fc.double({ min: -1e5, max: 1e5, noNaN: true }), value => {
        expect(typedNumber(formatPlain(value))).toBeCloseTo(
          value,
          -Math.log10(Math.max(1e-9, Math.abs(value))) + 5,
        );
      }),
    );
  });
});

describe('ticks', () => {
  it('are round, inside the range and about as many as asked for', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e3, max: 1e3, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.integer({ min: 2, max: 12 }),
        (low, span, count) => {
          const { values } = niceTicks(low, low + span, count);
          expect(values.length).toBeLessThanOrEqual(count + 1);
          for (const value of values) {
            expect(value).toBeGreaterThanOrEqual(low - span * 1e-6);
            expect(value).toBeLessThanOrEqual(low + span * (1 + 1e-6));
          }
        },
      ),
    );
    expect(niceTicks(4.345, 5.311, 5)).toEqual({ values: [4.4, 4.6, 4.8, 5, 5.2], decimals: 1 });
    expect(niceTicks(1, 1, 5).values).toEqual([]);
  });
});

it('a rate has two digits, and a power of ten where it is small', () => {
  expect([0.111, 0.02, 2.5e-3, 3.24e-6, 9.99e-5].map(formatRate)).toEqual([
    '0.11',
    '0.02',
    '0.0025',
    '3.2\u202f·\u202f10⁻⁶',
    '1.0\u202f·\u202f10⁻⁴',
  ]);
});
