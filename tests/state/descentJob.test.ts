import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WorkerEngine } from '../../src/engine/workerEngine.ts';
import { DEFAULT_INPUTS, type Inputs } from '../../src/state/core/inputs.ts';
import { store } from '../../src/state/core/store.ts';
import { dropStart, setDescent } from '../../src/state/explore/actions.ts';
import { followDescents, planOf, stopDescents } from '../../src/state/explore/descentJob.ts';
import { sliceOf } from '../../src/state/explore/selectors.ts';
import { libraryStructure } from '../support/library.ts';
import { memoryPool } from '../support/memoryWorker.ts';
import { libraryProblem } from '../support/problems.ts';
import { resetStore } from '../support/states.ts';

const { cell } = libraryStructure('U2Ti');
const slice = sliceOf(DEFAULT_INPUTS, cell, 'hexagonal');

describe('what a descent is asked to do', () => {
  it("is the paper's rule from the point of the slice", () => {
    const plan = planOf(DEFAULT_INPUTS, slice, 'hexagonal', { x: 5, y: 3 }, 'constrained');
    expect(plan).toEqual({
      start: [5, 4.828, 3, 90, 90, 120],
      mode: 'constrained',
      space: { kind: 'slice', x: 'a', y: 'c', base: cell, tied: false },
      reading: 'full',
      family: 'hexagonal',
      learningRate: 0.0005,
      maxIterations: 30_000,
      stopGain: 1e-4,
      stopWindow: 1000,
      momentum: 0,
      jitter: 0,
    });
  });

  it('in the full space all six take part', () => {
    const inputs: Inputs = { ...DEFAULT_INPUTS, descent: { ...DEFAULT_INPUTS.descent, space: 'full' } };
    expect(planOf(inputs, slice, 'hexagonal', { x: 5, y: 3 }, 'constrained').space).toEqual({ kind: 'full' });
  });

  it('begins with all six parameters of a start off the slice, and at its projection where two move', () => {
    const off = [5, 4.7, 3, 91, 89, 119] as const;
    const start = { x: 5, y: 3, cell: off };
    const inputs: Inputs = { ...DEFAULT_INPUTS, descent: { ...DEFAULT_INPUTS.descent, space: 'full' } };
    expect(planOf(inputs, slice, 'hexagonal', start, 'unconstrained').start).toEqual(off);
    expect(planOf(DEFAULT_INPUTS, slice, 'hexagonal', start, 'unconstrained').start).toEqual([
      5, 4.828, 3, 90, 90, 120,
    ]);
  });
});

describe('the descents on screen', () => {
  const engine = new WorkerEngine(memoryPool(2).pool);
  const runs = () => store.getState().runs;
  const until = (holds: () => boolean): Promise<void> =>
    vi.waitFor(() => expect(holds()).toBe(true), { timeout: 20_000, interval: 5 });
  beforeAll(() => {
    resetStore({ problem: libraryProblem('U2Ti') });
    setDescent({ maxIterations: 60 });
    followDescents(engine);
  });
  afterAll(() => engine.dispose());

  it('are one for each start and setting, and each ends with all its iterates', async () => {
    dropStart(4.9, 2.9, false);
    expect(runs().map(run => run.mode)).toEqual(['unconstrained', 'constrainedStart', 'constrained']);
    await until(() => runs().every(run => run.status === 'done'));
    for (const run of runs()) {
      expect(run).toMatchObject({ count: 61, end: { reason: 'maxIterations', steps: 60 } });
      expect(run.losses.at(-1)).toBeLessThan(run.losses[0]!);
      expect(run.cells).toHaveLength(6 * 61);
    }
  });

  it('are kept when another start joins them', async () => {
    const before = runs();
    dropStart(4.7, 2.8, true);
    expect(runs().slice(0, 3)).toEqual(before);
    expect(runs()[0]).toBe(before[0]);
    await until(() => runs().length === 6 && runs().every(run => run.status === 'done'));
    expect(runs().map(run => run.start)).toEqual([0, 0, 0, 1, 1, 1]);
  });

  it('begin again with another learning rate or another problem', async () => {
    const before = runs();
    setDescent({ learningRate: 0.001 });
    expect(runs().some(run => before.includes(run))).toBe(false);
    await until(() => runs().every(run => run.status === 'done'));
    store.setState({ problem: libraryProblem('U2Ti', 'entropy') });
    expect(runs().every(run => run.count === 0)).toBe(true);
    await until(() => runs().every(run => run.status === 'done'));
  });

  it('can be stopped where they are, and what is computed stays', async () => {
    setDescent({ maxIterations: 30_000, stopGain: 0, learningRate: 1e-6, modes: ['unconstrained'] });
    await until(() => runs().every(run => run.count > 0));
    stopDescents();
    await until(() => runs().every(run => run.status === 'cancelled'));
    const counts = runs().map(run => run.count);
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(runs().map(run => run.count)).toEqual(counts);
  });

  it('that fail say why', async () => {
    const problem = { ...libraryProblem('U2Ti'), loss: 'huber' as 'cosine' };
    store.setState({ problem });
    await until(() => runs().every(run => run.status === 'failed'));
    expect(runs()[0]?.message).toBe('no loss is called "huber"');
  });
});
