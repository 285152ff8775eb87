import { describe, expect, it } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { cosine } from '../../src/losses/cosine.ts';
import { denseObjective } from '../../src/peakspace/denseObjective.ts';
import { objectiveFor } from '../../src/peakspace/objective.ts';
import { BY_BLOCKS, fastCosine, refinement } from '../../src/peakspace/overlap/fastCosine.ts';
import { blockTree, profileTree } from '../../src/peakspace/overlap/profileTree.ts';
import { targetTable } from '../../src/peakspace/overlap/targetTable.ts';
import { largeCell } from '../bench/largeCells.ts';
import { offBy, skewed } from './patternCases.ts';

const { sites, cell } = largeCell(60, 3);
const target = simulatePattern(scatteringModel(sites, PAPER_INSTRUMENT, cell), cell);

describe('the near field by blocks', () => {
  it('takes the place of pairs where there are many peaks', () => {
    expect([100, 600, 1000].map(refinement)).toEqual([0, 1, 2]);
    expect([1001, 30_000].map(refinement)).toEqual([BY_BLOCKS, BY_BLOCKS]);
  });

  it('gives losses and gradients of the dense reference, with and without gradient', () => {
    const dense = denseObjective(sites, PAPER_INSTRUMENT, cosine, target);
    const fast = objectiveFor(sites, PAPER_INSTRUMENT, cosine, target);
    for (let seed = 1; seed <= 3; seed++) {
      const at = skewed(cell, 0.02, seed);
      const [gradient, expected] = [new Float64Array(6), new Float64Array(6)];
      const value = dense(at, expected);
      expect(Math.abs(fast(at, gradient) - value)).toBeLessThan(1e-8);
      expect(Math.abs(fast(at, null) - value)).toBeLessThan(1e-8);
      expect(offBy(gradient, expected)).toBeLessThan(1e-6);
    }
  });

  it('agrees with pairs for few peaks and many', () => {
    const table = targetTable(PAPER_INSTRUMENT, target)!;
    const blocks = blockTree(PAPER_INSTRUMENT)!;
    const pairs = profileTree(PAPER_INSTRUMENT, 0);
    for (const scale of [0.3, 0.6, 1]) {
      const at = skewed(cell, 0.02, 5).map((x, i) => (i < 3 ? scale * x : x));
      const [byBlocks, byPairs] = [blocks, pairs].map(tree => {
        const gradient = new Float64Array(6);
        const value = fastCosine(sites, PAPER_INSTRUMENT, table, () => tree)!(at, gradient);
        return { value, gradient };
      });
      expect(Math.abs(byBlocks!.value - byPairs!.value)).toBeLessThan(1e-8);
      expect(offBy(byBlocks!.gradient, byPairs!.gradient)).toBeLessThan(1e-6);
    }
  });

  it('is not offered for peaks so narrow that its leaves would be too many', () => {
    expect(blockTree({ ...PAPER_INSTRUMENT, u: 0, v: 0, w: 0.001 })).toBeNull();
    expect(blockTree(PAPER_INSTRUMENT)!.axis.leaves).toBe(256);
  });
});
