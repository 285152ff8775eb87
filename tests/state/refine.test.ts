import { afterAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { isAbort } from '../../src/engine/engine.ts';
import { WorkerEngine } from '../../src/engine/workerEngine.ts';
import { refinementLevels } from '../../src/landscape/refinement.ts';
import { type Slice, sliceAxis, slicePoints } from '../../src/landscape/slice.ts';
import { DEFAULT_INPUTS } from '../../src/state/core/inputs.ts';
import type { MapState } from '../../src/state/explore/exploreState.ts';
import { computeMap } from '../../src/state/explore/refine.ts';
import { sliceOf } from '../../src/state/explore/selectors.ts';
import { expectClose } from '../support/expectClose.ts';
import { libraryStructure } from '../support/library.ts';
import { memoryPool } from '../support/memoryWorker.ts';
import { libraryProblem } from '../support/problems.ts';

const problem = libraryProblem('U2Ti');
const slice: Slice = {
  ...sliceOf(DEFAULT_INPUTS, libraryStructure('U2Ti').cell, 'hexagonal'),
  nx: 41,
  ny: 33,
};
const engine = new WorkerEngine(memoryPool(2).pool);
afterAll(() => engine.dispose());

describe('a map from coarse to fine', () => {
  it('is at every level the losses of a regular grid, and at the last of all points', async () => {
    const maps: MapState[] = [];
    const done: number[] = [];
    await computeMap(problem, slice, async () => engine, new AbortController().signal, {
      progress: points => done.push(points),
      level: map => maps.push(map),
    });
    const { loss } = await engine.evaluate(problem, slicePoints(slice));
    const last = maps.at(-1)!;
    expect([last.xs, last.ys]).toEqual([sliceAxis(slice, 'x'), sliceAxis(slice, 'y')]);
    expectClose(last.values, loss, { relative: 1e-8, absolute: 1e-10 }, 'final map');
    expect(maps.map(map => map.final)).toEqual([...maps.slice(1).map(() => false), true]);
    expect(maps).toHaveLength(refinementLevels(41, 33).length);
    for (const map of maps) {
      // every point of a coarse grid is the point of the same name in the fine one
      map.ys.forEach((y, row) => {
        map.xs.forEach((x, column) => {
          const index = last.ys.indexOf(y) * 41 + last.xs.indexOf(x);
          expect(map.values[row * map.xs.length + column]).toBe(last.values[index]);
        });
      });
    }
    expect(done.at(-1)).toBe(41 * 33);
    expect(done.every((value, i) => i === 0 || value > done[i - 1]!)).toBe(true);
  });

  it('asks for the engine at every level', async () => {
    let asked = 0;
    const engineFor = async (): Promise<Engine> => {
      asked++;
      return engine;
    };
    const report = { progress: () => {}, level: () => {} };
    await computeMap(problem, slice, engineFor, new AbortController().signal, report);
    expect(asked).toBe(refinementLevels(41, 33).length);
  });

  it('cancelled after its first level reports no more', async () => {
    const stop = new AbortController();
    let levels = 0;
    const run = computeMap(problem, slice, async () => engine, stop.signal, {
      progress: () => {},
      level: () => {
        levels++;
        stop.abort();
      },
    });
    await expect(run).rejects.toSatisfy(isAbort);
    expect(levels).toBe(1);
  });
});
