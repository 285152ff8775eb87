import { describe, expect, it } from 'vitest';
import { type Cell, inverseSquareSpacing, reciprocalMetric } from '../../src/crystal/cell.ts';
import type { Site } from '../../src/crystal/structure.ts';
import { fwhm } from '../../src/diffraction/caglioti.ts';
import { formFactorOf, scatteringFactor } from '../../src/diffraction/formFactor.ts';
import { binCount, type Instrument, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { covers, peaksAt, scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { pseudoVoigt } from '../../src/diffraction/pseudoVoigt.ts';
import { largestStretch } from '../../src/diffraction/reflections.ts';
import { distorted } from '../support/cells.ts';
import { expectClose } from '../support/expectClose.ts';
import { COARSE } from '../support/instruments.ts';
import { libraryStructure } from '../support/library.ts';

/** The pattern as the conventions write it down: every (h k l) of a box, Friedel mates apart, no shortcut. */
function directPattern(sites: readonly Site[], cell: Cell, instrument: Instrument): Float64Array {
  const recip = reciprocalMetric(cell);
  const { wavelength, twoThetaMin, twoThetaMax, step, margin } = instrument;
  const out = new Float64Array(binCount(instrument));
  const [hs, ks, ls] = [0, 1, 2].map(i => Math.ceil((2 * cell[i]!) / wavelength)) as [number, number, number];
  for (let h = -hs; h <= hs; h++)
    for (let k = -ks; k <= ks; k++)
      for (let l = -ls; l <= ls; l++) {
        const s = 0.5 * Math.sqrt(inverseSquareSpacing(recip, h, k, l));
        if (s === 0 || s * wavelength >= 1) continue;
        const theta = Math.asin(s * wavelength);
        const twoTheta = (360 / Math.PI) * theta;
        if (twoTheta > twoThetaMax + margin || (twoThetaMin > 0 && twoTheta <= twoThetaMin - margin))
          continue;
        let [re, im] = [0, 0];
        for (const { element, fract, occupancy } of sites) {
          const f = occupancy * scatteringFactor(formFactorOf(element), s * s);
          const phase = 2 * Math.PI * (h * fract[0] + k * fract[1] + l * fract[2]);
          re += f * Math.cos(phase);
          im += f * Math.sin(phase);
        }
        const lp = (1 + Math.cos(2 * theta) ** 2) / (Math.sin(theta) ** 2 * Math.cos(theta));
        const width = fwhm(instrument, twoTheta);
        for (let i = 0; i < out.length; i++)
          out[i]! +=
            (re * re + im * im) *
            lp *
            pseudoVoigt(twoThetaMin + i * step - twoTheta, width, instrument.eta).value;
      }
  return out;
}

describe('the pattern is the sum of the conventions', () => {
  const settings: [string, Instrument][] = [
    ['as in the paper', COARSE],
    ['with a margin beyond the reach of a Gaussian', { ...COARSE, twoThetaMin: 25, margin: 8 }],
    [
      'with molybdenum radiation and a Gaussian profile',
      { ...COARSE, wavelength: 0.7093, twoThetaMax: 30, eta: 1 },
    ],
  ];
  it.each(settings)('%s, for a true and a triclinic cell', (_, instrument) => {
    for (const id of ['U2Ti', 'VNi2S3']) {
      const { sites, cell } = libraryStructure(id);
      for (const at of [cell, distorted(cell, 5, 0.08)]) {
        const pattern = simulatePattern(scatteringModel(sites, instrument, at), at);
        // the Gaussian is cut where it is below 1e-17 of its height
        const tolerance = { relative: 1e-9, absolute: 1e-15 * Math.max(...pattern) };
        expectClose(pattern, directPattern(sites, at, instrument), tolerance, id);
      }
    }
  });
});

describe('a reflection list drawn up at one cell', () => {
  const { sites, cell } = libraryStructure('BPO4');
  const model = scatteringModel(sites, COARSE, cell, 1.15);

  it('serves every cell within its stretch: the pattern is that of a list of its own', () => {
    for (let seed = 0; seed < 12; seed++) {
      const at = distorted(cell, seed, 0.06);
      expect(covers(model, at)).toBe(true);
      const own = simulatePattern(scatteringModel(sites, COARSE, at), at);
      expectClose(simulatePattern(model, at), own, { relative: 1e-11, absolute: 0 }, `seed ${seed}`);
    }
  });

  it('does not claim cells beyond it', () => {
    const far = cell.map((value, i) => (i < 3 ? 1.16 * value : value));
    expect(largestStretch(cell, far)).toBeCloseTo(1.16, 10);
    expect(covers(model, far)).toBe(false);
  });

  it('is refused for a cell that does not exist', () => {
    expect(() => scatteringModel(sites, COARSE, [4, 4, 4, 120, 120, 120])).toThrow('do not close');
  });
});

describe('the end of the window', () => {
  const { sites, cell } = libraryStructure('SrTiO3');
  // (2 2 2) sits at 2θ = 90° when 1/d = √2/λ
  const edge = (Math.sqrt(12) * PAPER_INSTRUMENT.wavelength) / Math.SQRT2;
  const cubic = (a: number): Cell => [a, a, a, 90, 90, 90];
  const jump = (instrument: Instrument): number => {
    const model = scatteringModel(sites, instrument, cell, 1.2);
    const [inside, outside] = [1.000001, 0.999999].map(f => simulatePattern(model, cubic(f * edge)));
    return Math.max(...inside!.map((value, i) => Math.abs(value - outside![i]!))) / Math.max(...inside!);
  };

  it('cuts a reflection that leaves it, tail and all; a margin keeps the tail', () => {
    expect(jump(PAPER_INSTRUMENT)).toBeGreaterThan(1e-2);
    expect(jump({ ...PAPER_INSTRUMENT, margin: 2 })).toBeLessThan(1e-3);
  });

  it('no peak lies beyond it', () => {
    const peaks = peaksAt(scatteringModel(sites, PAPER_INSTRUMENT, cell, 1.3), cell);
    expect(Math.max(...peaks.twoTheta.subarray(0, peaks.count))).toBeLessThanOrEqual(90);
  });
});
