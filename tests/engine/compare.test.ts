import { describe, expect, it } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { METHODS } from '../../src/engine/methods/compare.ts';
import { LOSSES } from '../../src/losses/registry.ts';
import { libraryStructure } from '../support/library.ts';

const context = { progress: () => {}, breathe: async () => {} };
const instrument = { ...PAPER_INSTRUMENT, twoThetaMax: 50, step: 0.05 };
const { sites, cell } = libraryStructure('SrTiO3');

describe('the worker of the comparison', () => {
  it('simulates the pattern of the reference model, with the reflections behind it', async () => {
    const { values, table } = await METHODS.simulate(null, { sites, cell, instrument });
    expect(values).toEqual(simulatePattern(scatteringModel(sites, instrument, cell), cell));
    // 100, 110, 111, 200 and 210 of a = 3.905 Å lie below 50°, one of each Friedel pair: 3 + 6 + 4 + 3; 210 is at 52°
    expect(table.twoTheta).toHaveLength(16);
  });

  it('refuses a cell that does not exist', async () => {
    const flat = [1, 1, 1, 150, 150, 150] as const;
    await expect(METHODS.simulate(null, { sites, cell: flat, instrument })).rejects.toThrow(
      'do not close into a cell',
    );
  });

  it('gives every loss of every pair, the best value on the diagonal, and NaN where ranges do not meet', async () => {
    const curve = (from: number, ...y: readonly number[]) => ({
      x: Float64Array.from(y, (_, i) => from + i),
      y: Float64Array.from(y),
    });
    const curves = [curve(0, 1, 2, 0), curve(0, 0, 2, 1), curve(9, 1, 1)];
    const { values } = await METHODS.similarities(null, { curves, widths: { width: 2, alpha: 2 } }, context);
    for (const { id, best } of LOSSES) {
      expect(values[id][0]).toBeCloseTo(best, 12);
      expect(values[id][4]).toBeCloseTo(best, 12);
      expect(values[id][2]).toBeNaN();
      expect(values[id][6]).toBeNaN();
    }
    // (1, 2, 0) · (0, 2, 1) / 5
    expect(values.cosine[1]).toBeCloseTo(-0.8, 12);
    // (½)² + 0 + (½)²
    expect(values.mse[1]).toBeCloseTo(0.5, 12);
  });
});
