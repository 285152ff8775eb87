import { describe, expect, it } from 'vitest';
import { fwhm, fwhmSlope } from '../../src/diffraction/caglioti.ts';
import table from '../../src/diffraction/data/form-factors.json' with { type: 'json' };
import { formFactorOf, scatteringFactor, scatteringFactorSlope } from '../../src/diffraction/formFactor.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { lorentzPolarisation, lorentzPolarisationSlope } from '../../src/diffraction/lorentzPolarisation.ts';
import { expectClose } from '../support/expectClose.ts';
import { numericalGradient } from '../support/gradcheck.ts';

const slopeOf = (value: (x: number) => number, at: number, step: number): number =>
  numericalGradient(x => value(x[0]!), [at], step)[0]!;

describe('the atomic scattering factor', () => {
  const elements = Object.keys(table.values);

  it('is the number of electrons in the forward direction and falls from there', () => {
    for (const element of elements) {
      const factor = formFactorOf(element);
      expect(scatteringFactor(factor, 0), element).toBe(factor.z);
      const values = [0, 0.05, 0.1, 0.2, 0.3].map(q => scatteringFactor(factor, q));
      expect(
        values.every((value, i) => i === 0 || value < values[i - 1]!),
        element,
      ).toBe(true);
    }
  });

  it('agrees with the International Tables for oxygen and silicon within 2 %', () => {
    // f at s = sinθ/λ, International Tables for X-ray Crystallography IV, table 2.2A
    const tabulated = { O: { 0.1: 7.25, 0.2: 5.634, 0.3: 4.094, 0.4: 3.01 }, Si: { 0.2: 9.67, 0.4: 7.2 } };
    for (const [element, values] of Object.entries(tabulated))
      for (const [s, f] of Object.entries(values))
        expect(
          Math.abs(scatteringFactor(formFactorOf(element), Number(s) ** 2) / f - 1),
          `${element} at ${s}`,
        ).toBeLessThan(0.02);
  });

  it('has the slope of central differences for every element of the table', () => {
    for (const element of elements) {
      const factor = formFactorOf(element);
      for (const q of [0.01, 0.08, 0.21, 0.9]) {
        const numeric = slopeOf(x => scatteringFactor(factor, x), q, 2e-4);
        const what = `df/dq of ${element} at ${q}`;
        expectClose([scatteringFactorSlope(factor, q)], [numeric], { relative: 1e-6, absolute: 1e-6 }, what);
      }
    }
  });
});

describe('the Lorentz-polarisation factor', () => {
  it('is (1 + cos² 2θ) / (sin²θ cosθ)', () => {
    for (const twoTheta of [0.5, 10, 45, 90, 120, 170]) {
      const theta = (twoTheta * Math.PI) / 360;
      const expected = (1 + Math.cos(2 * theta) ** 2) / (Math.sin(theta) ** 2 * Math.cos(theta));
      expect(lorentzPolarisation(Math.sin(theta) ** 2) / expected).toBeCloseTo(1, 12);
    }
    // At 2θ = 90° by hand: 1 / (1/2 · 1/√2)
    expect(lorentzPolarisation(0.5)).toBeCloseTo(2 * Math.SQRT2, 12);
  });

  it('has the slope of central differences in sin²θ', () => {
    for (const u of [0.001, 0.02, 0.3, 0.5, 0.8, 0.98]) {
      const numeric = slopeOf(lorentzPolarisation, u, 1e-3 * Math.min(u, 1 - u));
      expectClose(
        [lorentzPolarisationSlope(u)],
        [numeric],
        { relative: 1e-7, absolute: 1e-7 },
        `slope at ${u}`,
      );
    }
  });
});

describe('the Caglioti width', () => {
  it("is √W at zero and √(U + V + W) at 2θ = 90°, with the paper's U, V, W", () => {
    expect(fwhm(PAPER_INSTRUMENT, 0)).toBeCloseTo(Math.sqrt(0.1), 12);
    expect(fwhm(PAPER_INSTRUMENT, 90)).toBeCloseTo(Math.sqrt(0.21), 12);
  });

  it('has the slope of central differences, with a negative V as well', () => {
    for (const instrument of [PAPER_INSTRUMENT, { ...PAPER_INSTRUMENT, u: 0.05, v: -0.04, w: 0.02 }])
      for (const t of [2, 30, 75, 140]) {
        const numeric = slopeOf(x => fwhm(instrument, x), t, 0.05);
        expectClose(
          [fwhmSlope(instrument, t)],
          [numeric],
          { relative: 1e-8, absolute: 1e-12 },
          `slope at ${t}°`,
        );
      }
  });
});
