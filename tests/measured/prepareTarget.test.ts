import { describe, expect, it } from 'vitest';
import { binCount, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { type MeasuredScan, scanOf } from '../../src/formats/measuredScan.ts';
import { prepareTarget } from '../../src/measured/prepareTarget.ts';
import {
  DEFAULT_MEASURED_SETTINGS,
  gridFor,
  measuredProblem,
  scanStep,
} from '../../src/measured/settings.ts';
import { expectClose } from '../support/expectClose.ts';

const scan = (x: ArrayLike<number>, y: (at: number) => number, sigma = false): MeasuredScan =>
  scanOf({
    title: 'made',
    twoTheta: x,
    intensity: Array.from(x, y),
    sigma: sigma ? Array.from(x, at => Math.sqrt(y(at))) : null,
    intensityUnit: 'counts',
    wavelength: null,
    assumptions: [],
  });
const even = (from: number, step: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from + step * i);
const peak = (at: number): number => 1000 * Math.exp(-(((at - 30.123) / 0.08) ** 2));
const PLAIN = { ...DEFAULT_MEASURED_SETTINGS, background: { kind: 'none' } } as const;

describe('a measured pattern on the grid', () => {
  it('on its own grid keeps every point, and nothing is normalised', () => {
    const made = scan(even(20, 0.02, 1001), at => 7 + 3 * at);
    const instrument = gridFor(made, PLAIN, PAPER_INSTRUMENT);
    expect(instrument).toMatchObject({ step: 0.02, twoThetaMin: 20, twoThetaMax: 40 });
    const { pattern, mask } = prepareTarget(made, PLAIN, instrument);
    expect(mask.every(value => value === 1)).toBe(true);
    // The first bin is half outside the scan: the mean over the half inside lies a quarter of a step higher.
    expect(pattern[0]).toBeCloseTo(7 + 3 * 20.005, 9);
    for (let i = 1; i < 1000; i++) expect(pattern[i]).toBeCloseTo(7 + 3 * (20 + 0.02 * i), 9);
  });

  it('keeps the height, place and area of a peak on a finer grid', () => {
    const made = scan(even(25, 0.02, 501), peak);
    const instrument = { ...PAPER_INSTRUMENT, twoThetaMin: 25, twoThetaMax: 35, step: 0.005 };
    const { pattern } = prepareTarget(made, PLAIN, instrument);
    const top = pattern.indexOf(Math.max(...pattern));
    expect(Math.abs(25 + 0.005 * top - 30.123)).toBeLessThan(0.011);
    expect(pattern[top]! / 1000).toBeGreaterThan(0.975);
    expect(pattern.reduce((sum, value) => sum + value, 0) * 0.005).toBeCloseTo(
      1000 * 0.08 * Math.sqrt(Math.PI),
      2,
    );
  });

  it('keeps the area of a peak on a coarser grid, and says that points are averaged', () => {
    const made = scan(even(25, 0.005, 2001), peak);
    const { pattern, warnings } = prepareTarget(made, PLAIN, {
      ...PAPER_INSTRUMENT,
      twoThetaMin: 25,
      twoThetaMax: 35,
      step: 0.1,
    });
    expect(pattern.reduce((sum, value) => sum + value, 0) * 0.1).toBeCloseTo(
      1000 * 0.08 * Math.sqrt(Math.PI),
      2,
    );
    expect(warnings.join()).toContain('the grid of 0.1° is coarser than the scan');
  });

  it('shifts by the zero point, cuts the range and leaves regions out', () => {
    const made = scan(even(20, 0.02, 1001), at => at);
    const settings = { ...PLAIN, zeroShift: 0.5, range: [25, 35], excluded: [[30, 31]] } as const;
    const { pattern, mask } = prepareTarget(made, settings, { ...PAPER_INSTRUMENT, step: 0.02 });
    const bin = (at: number): number => Math.round(at / 0.02);
    expect([mask[bin(24.9)], mask[bin(26)], mask[bin(30.5)], mask[bin(32)], mask[bin(35.1)]]).toEqual([
      0, 1, 0, 1, 0,
    ]);
    expect(pattern[bin(26)]).toBeCloseTo(26.5, 9);
    expect(pattern[bin(30.5)]).toBe(0);
  });

  it('does not count bins that were not measured: outside the scan and in gaps', () => {
    const made = scan([...even(20, 0.02, 100), ...even(40, 0.02, 100)], () => 5);
    const { mask, counted } = prepareTarget(made, PLAIN, { ...PAPER_INSTRUMENT, step: 0.02 });
    expect([
      mask[0],
      mask[Math.round(21 / 0.02)],
      mask[Math.round(30 / 0.02)],
      mask[Math.round(41 / 0.02)],
    ]).toEqual([0, 1, 0, 1]);
    expect(counted).toBe(mask.reduce((sum, value) => sum + value, 0));
  });

  it('takes the background off and brings uncertainties along', () => {
    const made = scan(even(25, 0.02, 501), at => 400 + peak(at), true);
    const instrument = gridFor(made, DEFAULT_MEASURED_SETTINGS, PAPER_INSTRUMENT);
    const { pattern, sigma } = prepareTarget(made, DEFAULT_MEASURED_SETTINGS, instrument);
    expect(Math.abs(pattern[50]!)).toBeLessThan(1);
    expect(Math.max(...pattern)).toBeGreaterThan(900);
    expectClose([sigma![50]!], [20], { relative: 0, absolute: 0.1 }, 'sigma');
  });

  it('follows points at unequal steps', () => {
    const places = [10, 10.01, 10.05, 10.06, 10.2, 10.21, 10.4, 10.45, 10.6, 10.8, 11.1];
    const made = scan(places, at => 2 * at);
    expect(scanStep(made)).toBeCloseTo(0.14, 9);
    const { pattern, mask } = prepareTarget(made, PLAIN, {
      ...PAPER_INSTRUMENT,
      twoThetaMin: 10,
      twoThetaMax: 11.1,
      step: 0.01,
    });
    expect(binCount({ ...PAPER_INSTRUMENT, twoThetaMin: 10, twoThetaMax: 11.1, step: 0.01 })).toBe(110);
    for (let i = 1; i < 109; i++) if (mask[i]) expect(pattern[i]).toBeCloseTo(2 * (10 + 0.01 * i), 9);
  });

  it('names a setting that cannot be used', () => {
    expect(measuredProblem(DEFAULT_MEASURED_SETTINGS)).toBeNull();
    expect(measuredProblem({ ...PLAIN, zeroShift: 9 })).toBe('zero shift 9° is outside −5°–5°');
    expect(measuredProblem({ ...PLAIN, background: { kind: 'snip', halfWidth: 0 } })).toContain(
      'SNIP half width 0°',
    );
    expect(measuredProblem({ ...PLAIN, background: { kind: 'chebyshev', degree: 2.5 } })).toContain(
      'Chebyshev degree 2.5',
    );
    expect(measuredProblem({ ...PLAIN, excluded: [[5, 4]] })).toBe('the region 5°–4° is empty');
  });
});
