import { describe, expect, it } from 'vitest';
import { appended, type DescentRun, shownStep } from '../../src/state/explore/descentRun.ts';
import { fc } from '../support/seeded.ts';
import { runOf } from '../support/states.ts';

const chunkOf = (first: number, n: number): { cells: Float64Array; losses: Float64Array } => ({
  cells: Float64Array.from({ length: 6 * n }, (_, i) => 6 * first + i),
  losses: Float64Array.from({ length: n }, (_, k) => first + k),
});

describe('the iterates of a descent', () => {
  it('are those of all its chunks in order; what was handed out before stays as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 30 }), sizes => {
        let run: DescentRun = runOf(0, 'constrained', 0);
        const earlier: DescentRun[] = [];
        for (const n of sizes) {
          earlier.push(run);
          const { cells, losses } = chunkOf(run.count, n);
          run = appended(run, cells, losses);
        }
        for (const seen of [...earlier, run]) {
          expect(seen.losses).toHaveLength(seen.count);
          expect(seen.cells).toHaveLength(6 * seen.count);
          const expected = chunkOf(0, seen.count);
          expect(seen.losses).toEqual(expected.losses);
          expect(seen.cells).toEqual(expected.cells);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('grow without copying at every chunk', () => {
    let run = runOf(0, 'constrained', 0);
    const buffers = new Set<ArrayBufferLike>();
    for (let k = 0; k < 3000; k++) {
      const { cells, losses } = chunkOf(k, 1);
      run = appended(run, cells, losses);
      buffers.add(run.cells.buffer);
    }
    expect(buffers.size).toBeLessThan(8);
  });

  it('are shown up to the last one', () => {
    const run = runOf(0, 'constrained', 5);
    expect([0, 3, 4, 99, -1].map(step => shownStep(run, step))).toEqual([0, 3, 4, 4, 0]);
    expect(shownStep(runOf(0, 'constrained', 0), 7)).toBe(0);
  });
});
