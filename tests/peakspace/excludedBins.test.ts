import { describe, expect, it } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { lossOfPattern } from '../../src/engine/engine.ts';
import { METHODS } from '../../src/engine/methods/evaluate.ts';
import { excluding } from '../../src/losses/excluding.ts';
import { LOSSES } from '../../src/losses/registry.ts';
import { coordinateObjective } from '../../src/peakspace/coordinates/coordinateObjective.ts';
import { denseObjective } from '../../src/peakspace/denseObjective.ts';
import { objectiveFor } from '../../src/peakspace/objective.ts';
import { libraryStructure } from '../support/library.ts';
import { offBy, skewed } from './patternCases.ts';

const { sites, cell } = libraryStructure('BPO4');
const target = simulatePattern(scatteringModel(sites, PAPER_INSTRUMENT, cell), cell);
/** Below 15°, and a marred stretch from 40° to 44°. */
const excluded = Uint8Array.from(target, (_, i) => (i < 1500 || (i >= 4000 && i < 4400) ? 1 : 0));
const marred = target.map((x, i) => (excluded[i] ? 1e6 : x));

describe.each(LOSSES.map(loss => [loss.id, loss] as const))('the %s loss without some bins', (id, loss) => {
  it('and its gradient are those of the dense reference without them', () => {
    const dense = denseObjective(sites, PAPER_INSTRUMENT, excluding(loss, excluded), marred);
    const fast = objectiveFor(sites, PAPER_INSTRUMENT, loss, marred, excluded);
    for (let seed = 1; seed <= 3; seed++) {
      const at = skewed(cell, 0.03, seed);
      const [gradient, expected] = [new Float64Array(6), new Float64Array(6)];
      const value = dense(at, expected);
      expect(Math.abs(fast(at, gradient) - value) / Math.max(1, Math.abs(value))).toBeLessThan(1e-7);
      expect(offBy(gradient, expected)).toBeLessThan(1e-6);
    }
  });

  it('does not see what was measured there, in a cell nor in coordinates', async () => {
    const problem = {
      kind: 'loss',
      sites,
      instrument: PAPER_INSTRUMENT,
      loss: id,
      target: marred,
      excluded,
    } as const;
    expect(lossOfPattern(problem, target)).toBeCloseTo(loss.best, 12);
    const quiet = { progress: () => {}, breathe: () => Promise.resolve() };
    const { loss: found } = await METHODS.evaluate(
      problem,
      { cells: Float64Array.from(cell), gradient: false },
      quiet,
    );
    expect(found[0]).toBeCloseTo(loss.best, 8);
    const byCoordinates = coordinateObjective(sites, cell, PAPER_INSTRUMENT, loss, marred, excluded);
    const x = Float64Array.from(sites.flatMap(site => site.fract));
    expect(byCoordinates(x, null)).toBeCloseTo(loss.best, 8);
  });
});
