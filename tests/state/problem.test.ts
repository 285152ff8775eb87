import { describe, expect, it } from 'vitest';
import { inverseSquareSpacing, reciprocalMetric } from '../../src/crystal/cell.ts';
import { blurred } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { densePatternAt, reflectionsAt, targetOf } from '../../src/state/explore/problem.ts';
import { distorted } from '../support/cells.ts';
import { expectClose } from '../support/expectClose.ts';
import { COARSE } from '../support/instruments.ts';
import { libraryStructure } from '../support/library.ts';

const structure = libraryStructure('MoS2');

describe('the target', () => {
  it('is the pattern of the true crystal with its reflections', () => {
    const { target, peaks } = targetOf(structure, COARSE);
    const own = simulatePattern(scatteringModel(structure.sites, COARSE, structure.cell), structure.cell);
    expectClose(target, own, { relative: 1e-11, absolute: 0 }, 'pattern');
    expect(peaks.hkl).toHaveLength(3 * peaks.twoTheta.length);
    // (0 0 2) at λ / (2 sin θ) = c/2
    const at = peaks.twoTheta.findIndex((_, k) => peaks.hkl.slice(3 * k, 3 * k + 3).join() === '0,0,2');
    const expected = (360 / Math.PI) * Math.asin(COARSE.wavelength / structure.cell[2]);
    expect(peaks.twoTheta[at]).toBeCloseTo(expected, 10);
  });
});

describe('the pattern at a cell', () => {
  it('follows cell, widths, wavelength and sites, in whatever order they are asked for', () => {
    const [moved] = structure.sites;
    const crystals = [structure, { sites: [moved!] }];
    const instruments = [COARSE, blurred(COARSE, 1.5), { ...COARSE, wavelength: 1.2 }];
    const cells = [structure.cell, distorted(structure.cell, 1, 0.02), structure.cell];
    for (const crystal of crystals)
      for (const instrument of instruments)
        for (const cell of cells) {
          const expected = simulatePattern(scatteringModel(crystal.sites, instrument, cell), cell);
          const pattern = densePatternAt(crystal, instrument, cell);
          expectClose(pattern, expected, { relative: 1e-10, absolute: 0 }, 'pattern');
        }
  });
});

describe('the reflections of a cell', () => {
  it('are all inside the window at their Bragg angles, however far the cell is', () => {
    for (const share of [0, 0.05, 0.3])
      for (let seed = 0; seed < 5; seed++) {
        const cell = distorted(structure.cell, seed, share * 0.5);
        const { hkl, twoTheta } = reflectionsAt(structure, COARSE, cell);
        const recip = reciprocalMetric(cell);
        twoTheta.forEach((found, k) => {
          const d = 1 / Math.sqrt(inverseSquareSpacing(recip, hkl[3 * k]!, hkl[3 * k + 1]!, hkl[3 * k + 2]!));
          expect(found).toBeCloseTo((360 / Math.PI) * Math.asin(COARSE.wavelength / (2 * d)), 8);
        });
        expect(Math.max(...twoTheta)).toBeLessThanOrEqual(60);
        expect(twoTheta).toHaveLength(scatteringModel(structure.sites, COARSE, cell).sums.count);
      }
  });
});
