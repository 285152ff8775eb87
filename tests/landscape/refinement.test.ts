import { describe, expect, it } from 'vitest';
import { refinementLevels } from '../../src/landscape/refinement.ts';
import { fc } from '../support/seeded.ts';

const size = fc.integer({ min: 2, max: 201 });

describe('a grid from coarse to fine', () => {
  it('computes every point exactly once', () => {
    fc.assert(
      fc.property(size, size, (nx, ny) => {
        const times = new Uint8Array(nx * ny);
        for (const level of refinementLevels(nx, ny)) for (const index of level.indices) times[index]!++;
        expect(times.every(count => count === 1)).toBe(true);
      }),
    );
  });

  it('knows at each level all points of that regular grid, both ends included, and ends complete', () => {
    fc.assert(
      fc.property(size, size, (nx, ny) => {
        const known = new Set<number>();
        const levels = refinementLevels(nx, ny);
        for (const { ix, iy, indices } of levels) {
          for (const index of indices) known.add(index);
          expect([ix[0], ix.at(-1), iy[0], iy.at(-1)]).toEqual([0, nx - 1, 0, ny - 1]);
          expect(known.size).toBe(ix.length * iy.length);
          for (const y of iy) for (const x of ix) if (!known.has(y * nx + x)) throw new Error('a hole');
        }
        expect(known.size).toBe(nx * ny);
      }),
      { numRuns: 30 },
    );
  });

  it('starts with at most 17 columns and rows and has equal steps but for the last', () => {
    fc.assert(
      fc.property(size, n => {
        const levels = refinementLevels(n, n);
        expect(levels[0]!.ix.length).toBeLessThanOrEqual(17);
        for (const { ix } of levels) {
          const steps = Array.from(ix.subarray(1), (value, i) => value - ix[i]!);
          expect(steps.slice(0, -1).every(step => step === steps[0])).toBe(true);
          expect(steps.at(-1)).toBeLessThanOrEqual(steps[0]!);
        }
      }),
    );
  });
});
