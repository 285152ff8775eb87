import { describe, expect, it } from 'vitest';
import { binCount, type Instrument, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { addProfile, profileSums } from '../../src/diffraction/profileBins.ts';
import { pseudoVoigt } from '../../src/diffraction/pseudoVoigt.ts';
import { seededRng } from '../../src/num/rng.ts';
import { expectClose } from '../support/expectClose.ts';
import { fc } from '../support/seeded.ts';

/** Positions reach 12° beyond both ends of the window, further than any margin that an instrument may have. */
const anyPeak = fc.record({
  twoThetaMin: fc.constantFrom(0, 15),
  eta: fc.constantFrom(0, 0.1, 0.6, 1),
  t: fc.double({ min: -12, max: 52, noNaN: true }),
  width: fc.double({ min: 0.1, max: 1.5, noNaN: true }),
});
const instrumentOf = (twoThetaMin: number, eta: number): Instrument => ({
  ...PAPER_INSTRUMENT,
  twoThetaMin,
  twoThetaMax: 40,
  step: 0.05,
  eta,
});

describe('one peak on the grid', () => {
  it('is intensity times the pseudo-Voigt profile in every bin, wherever the peak lies', () => {
    fc.assert(
      fc.property(anyPeak, ({ twoThetaMin, eta, t, width }) => {
        const instrument = instrumentOf(twoThetaMin, eta);
        const out = new Float64Array(binCount(instrument)).fill(1);
        addProfile(instrument, t, width, 7, out);
        const expected = out.map((_, i) => 1 + 7 * pseudoVoigt(twoThetaMin + 0.05 * i - t, width, eta).value);
        expectClose(out, expected, { relative: 1e-12, absolute: 1e-13 }, 'profile');
      }),
    );
  });

  it('is summed against a residual together with its derivatives', () => {
    const rng = seededRng(3);
    fc.assert(
      fc.property(anyPeak, ({ twoThetaMin, eta, t, width }) => {
        const instrument = instrumentOf(twoThetaMin, eta);
        const residual = Float64Array.from({ length: binCount(instrument) }, () => rng.normal());
        const sums = { value: 0, byPosition: 0, byWidth: 0 };
        profileSums(instrument, t, width, residual, sums);
        const expected = { value: 0, byPosition: 0, byWidth: 0 };
        residual.forEach((r, i) => {
          const at = pseudoVoigt(twoThetaMin + 0.05 * i - t, width, eta);
          expected.value += r * at.value;
          expected.byPosition += r * at.byPosition;
          expected.byWidth += r * at.byWidth;
        });
        for (const key of ['value', 'byPosition', 'byWidth'] as const)
          expectClose([sums[key]], [expected[key]], { relative: 1e-10, absolute: 1e-11 / width ** 2 }, key);
        expect(sums.value).not.toBeNaN();
      }),
    );
  });
});
