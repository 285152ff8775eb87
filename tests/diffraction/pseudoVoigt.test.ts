import { describe, expect, it } from 'vitest';
import { pseudoVoigt } from '../../src/diffraction/pseudoVoigt.ts';
import { expectClose } from '../support/expectClose.ts';
import { numericalGradient } from '../support/gradcheck.ts';
import { fc } from '../support/seeded.ts';

const width = fc.double({ min: 0.1, max: 1, noNaN: true });
const eta = fc.double({ min: 0, max: 1, noNaN: true });
const offset = fc.double({ min: -4, max: 4, noNaN: true });

describe('the pseudo-Voigt profile', () => {
  it('has height 1, falls to one half at half its width and is even', () => {
    fc.assert(
      fc.property(width, eta, offset, (h, mix, d) => {
        expect(pseudoVoigt(0, h, mix).value).toBeCloseTo(1, 14);
        for (const side of [1, -1]) expect(pseudoVoigt((side * h) / 2, h, mix).value).toBeCloseTo(0.5, 14);
        expect(pseudoVoigt(d, h, mix).value).toBe(pseudoVoigt(-d, h, mix).value);
        expect(pseudoVoigt(d, h, mix).byPosition).toBe(-pseudoVoigt(-d, h, mix).byPosition);
      }),
    );
  });

  it('has the area H (η √(π / 4 ln 2) + (1 − η) π/2): height 1, not area 1', () => {
    const [h, mix, reach, step] = [0.4, 0.3, 400, 0.01];
    let area = 0;
    for (let d = -reach; d <= reach; d += step) area += pseudoVoigt(d, h, mix).value * step;
    // the Lorentzian beyond the reach, on both sides
    area += (1 - mix) * h * (Math.PI / 2 - Math.atan((2 * reach) / h));
    const expected = h * (mix * Math.sqrt(Math.PI / (4 * Math.LN2)) + ((1 - mix) * Math.PI) / 2);
    expect(area / expected).toBeCloseTo(1, 6);
  });

  it('η is the share of the Gaussian', () => {
    expect(pseudoVoigt(0.3, 0.4, 1).value).toBeCloseTo(Math.exp((-4 * Math.LN2 * 0.09) / 0.16), 14);
    expect(pseudoVoigt(0.3, 0.4, 0).value).toBeCloseTo(1 / (1 + (4 * 0.09) / 0.16), 14);
  });

  it('has the partial derivatives of central differences in position and width', () => {
    fc.assert(
      fc.property(width, eta, offset, (h, mix, d) => {
        const { byPosition, byWidth } = pseudoVoigt(d, h, mix);
        // d = x − 2θ₀ falls as the peak moves up
        const value = (x: Float64Array): number => pseudoVoigt(d - x[0]!, x[1]!, mix).value;
        const numeric = numericalGradient(value, [0, h], 2e-3 * h);
        expectClose([byPosition, byWidth], numeric, { relative: 1e-6, absolute: 1e-8 / h }, 'partials');
      }),
    );
  });
});
