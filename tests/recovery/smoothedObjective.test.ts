import { describe, expect, it } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { type Instrument, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { lossOf } from '../../src/losses/registry.ts';
import { denseObjective } from '../../src/peakspace/denseObjective.ts';
import { smoothedObjective } from '../../src/recovery/smoothedObjective.ts';
import { numericalGradient } from '../support/gradcheck.ts';
import { libraryStructure } from '../support/library.ts';

const CRYSTALS = ['U2Ti', 'Ga2O3', 'SrTiO3'];
/** A distorted copy, away from symmetry and from crossings of the window's end. */
const distorted = (cell: Cell): Float64Array =>
  Float64Array.from(cell, (value, i) => (i < 3 ? value * (1 + 0.011 * (i + 1)) : value + 0.7 * (i - 3.4)));

const patternOf = (id: string, instrument: Instrument): Float64Array => {
  const { sites, cell } = libraryStructure(id);
  return simulatePattern(scatteringModel(sites, instrument, cell), cell);
};

describe('a loss under a kernel', () => {
  for (const id of CRYSTALS)
    for (const loss of ['cosine', 'mse', 'entropy'] as const)
      for (const fwhm of [12, 2, 0.5])
        it(`of ${id} (${loss}) at ${fwhm}° has the gradient of finite differences`, () => {
          const { sites, cell } = libraryStructure(id);
          const target = { pattern: patternOf(id, PAPER_INSTRUMENT), excluded: null };
          const objective = smoothedObjective(sites, PAPER_INSTRUMENT, target, loss, fwhm);
          const at = distorted(cell);
          const gradient = new Float64Array(6);
          objective(at, gradient);
          const expected = numericalGradient(
            x => objective(x, null),
            at,
            i => (i < 3 ? 2e-4 : 3e-3),
          );
          const largest = Math.max(...expected.map(Math.abs));
          for (let i = 0; i < 6; i++)
            expect(Math.abs(gradient[i]! - expected[i]!) / largest).toBeLessThan(2e-5);
        });

  for (const id of CRYSTALS)
    for (const loss of ['cosine', 'mse', 'entropy'] as const)
      it(`of ${id} (${loss}) without a kernel is the loss of the dense reference`, () => {
        const { sites, cell } = libraryStructure(id);
        const pattern = patternOf(id, PAPER_INSTRUMENT);
        const target = { pattern, excluded: null };
        const objective = smoothedObjective(sites, PAPER_INSTRUMENT, target, loss, 0, { background: false });
        const dense = denseObjective(sites, PAPER_INSTRUMENT, lossOf(loss), pattern);
        const [own, reference] = [new Float64Array(6), new Float64Array(6)];
        const at = distorted(cell);
        const value = dense(at, reference);
        expect(objective(at, own)).toBeCloseTo(value, 9);
        const largest = Math.max(...reference.map(Math.abs));
        for (let i = 0; i < 6; i++) expect(Math.abs(own[i]! - reference[i]!) / largest).toBeLessThan(1e-8);
      });
});
