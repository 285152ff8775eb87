import { afterEach, describe, expect, it, vi } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { LOSSES } from '../../src/losses/registry.ts';
import { committedKernelCode, compileKernel } from '../../src/peakspace/kernel/compileKernel.ts';
import { libraryStructure } from '../support/library.ts';

describe('the kernel', () => {
  it('is what its sources compile to', async () => {
    expect(await compileKernel(), 'run npm run kernel').toBe(committedKernelCode());
  });
});

describe('where WebAssembly cannot run', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it('the dense reference serves every loss over cells, and profile by profile over coordinates', async () => {
    vi.stubGlobal('WebAssembly', undefined);
    vi.resetModules();
    const { objectiveFor } = await import('../../src/peakspace/objective.ts');
    const { judge } = await import('../../src/peakspace/judge.ts');
    const { denseObjective } = await import('../../src/peakspace/denseObjective.ts');
    const { coordinateObjective } = await import('../../src/peakspace/coordinates/coordinateObjective.ts');
    const { sites, cell } = libraryStructure('U2Ti');
    const instrument = PAPER_INSTRUMENT;
    const target = simulatePattern(scatteringModel(sites, instrument, cell), cell);
    const beside = Float64Array.from(cell, (x, i) => (i < 3 ? 1.01 * x : x));
    const coordinates = Float64Array.from(sites.flatMap(site => site.fract));
    for (const loss of LOSSES) {
      expect(judge({ sites, instrument, loss, target, excluded: null }).way).toBe('dense');
      const dense = denseObjective(sites, instrument, loss, target)(beside, null);
      expect(objectiveFor(sites, instrument, loss, target)(beside, null)).toBe(dense);
      const moving = coordinateObjective(sites, cell, instrument, loss, target);
      expect(moving(coordinates, null)).toBeCloseTo(loss.best, 8);
    }
  });
});
