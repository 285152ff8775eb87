import { afterAll, describe, expect, it } from 'vitest';
import { LIBRARY } from '../../src/crystal/library.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { PAPER_LOSSES } from '../../src/losses/registry.ts';
import { denseObjective } from '../../src/peakspace/denseObjective.ts';
import { objectiveFor } from '../../src/peakspace/objective.ts';
import { type Errors, errorsOf, referenceOf } from '../support/conformance.ts';
import { libraryStructure } from '../support/library.ts';

/** A sample of what `npm run bench -- accuracy` does with 200 cells. */
const CELLS = 10;
const all: { what: string; errors: Errors }[] = [];
afterAll(() => {
  const worst = (key: 'loss' | 'gradient'): number =>
    Math.max(...all.flatMap(({ errors }) => Object.values(errors).map(entry => entry[key])));
  console.log(`float64 against dense: loss ${worst('loss')}, gradient ${worst('gradient')}`);
});

describe.each(LIBRARY.map(({ id }) => id))('%s at cells of every kind', id => {
  it.each(PAPER_LOSSES.map(loss => [loss.id, loss] as const))(
    'has the %s losses and gradients of the dense reference',
    (_, loss) => {
      const structure = libraryStructure(id);
      const reference = referenceOf(structure, loss, CELLS, 1);
      expect(new Set(reference.cells.map(({ trait }) => trait)).size).toBe(4);
      const objective = objectiveFor(structure.sites, PAPER_INSTRUMENT, loss, reference.target);
      const errors = errorsOf(reference, (i, gradient) => objective(reference.cells[i]!.cell, gradient));
      all.push({ what: `${id} ${loss.id}`, errors });
      for (const [trait, { loss: off, gradient }] of Object.entries(errors)) {
        expect(off, trait).toBeLessThan(1e-7);
        expect(gradient, trait).toBeLessThan(1e-6);
      }
    },
  );
});

describe('MSE close to zero, where terms of some hundreds cancel', () => {
  it.each(['VNi2S3', 'Ga2O3'])('keeps 1e-7 for %s, and is one function with what is further away', id => {
    const { sites, cell } = libraryStructure(id);
    const mse = PAPER_LOSSES.find(loss => loss.id === 'mse')!;
    const target = simulatePattern(scatteringModel(sites, PAPER_INSTRUMENT, cell), cell);
    const objective = objectiveFor(sites, PAPER_INSTRUMENT, mse, target);
    const dense = denseObjective(sites, PAPER_INSTRUMENT, mse, target);
    const losses: number[] = [];
    for (let share = 0; share <= 0.004; share += 0.00025) {
      const at = Float64Array.from(cell, (x, i) => x * (1 + (i < 3 ? share * (1 + 0.3 * i) : 0)));
      const [gradient, expected] = [new Float64Array(6), new Float64Array(6)];
      const loss = dense(at, expected);
      losses.push(loss);
      expect(Math.abs(objective(at, gradient) - loss) / Math.max(1, loss), `off by ${share}`).toBeLessThan(
        1e-7,
      );
      // at the truth itself there is no slope to be a share of
      if (share === 0) continue;
      const largest = Math.max(...expected.map(Math.abs));
      for (const [i, slope] of expected.entries())
        expect(Math.abs(gradient[i]! - slope) / largest, `slope ${i}, off by ${share}`).toBeLessThan(1e-6);
    }
    // on both sides of where the pattern takes over
    expect(Math.min(...losses)).toBeLessThan(1);
    expect(Math.max(...losses)).toBeGreaterThan(20);
  });
});

describe('the comparison', () => {
  it('sees a planted error, and one that is no number', () => {
    const structure = libraryStructure('SrTiO3');
    const reference = referenceOf(structure, PAPER_LOSSES[0]!, 3, 1);
    const planted = (value: number, slope: number): Errors =>
      errorsOf(reference, (i, gradient) => {
        gradient.set(reference.gradients[i]!);
        if (i === 1) gradient[4]! += slope;
        return reference.losses[i]! + (i === 1 ? value : 0);
      });
    expect(planted(0, 0).random).toEqual({ loss: 0, gradient: 0 });
    expect(planted(1e-5, 0).random!.loss).toBeCloseTo(1e-5, 8);
    expect(planted(0, 1e-3).random!.gradient).toBeGreaterThan(1e-6);
    expect(planted(Number.NaN, 0).random!.loss).toBeNaN();
  });
});
