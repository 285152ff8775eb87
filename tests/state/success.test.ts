import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { abortError } from '../../src/engine/engine.ts';
import { setAnalysis } from '../../src/state/analysis/analysisSettings.ts';
import { followSuccess, SUCCESS_STARTS, successJob } from '../../src/state/analysis/successJob.ts';
import { store } from '../../src/state/core/store.ts';
import { settled } from '../support/deferred.ts';
import { endsAt, fakeEnds, fakeEngines } from '../support/fakeEngines.ts';
import { libraryStructure } from '../support/library.ts';
import { libraryProblem } from '../support/problems.ts';
import { resetStore } from '../support/states.ts';

const truth = libraryStructure('U2Ti').cell;
const elsewhere = truth.map((value, i) => (i < 3 ? value * 1.1 : value));
const analysis = () => store.getState().analysis;
const rows = () => analysis().successes.map(({ strategy, reached }) => [strategy, reached]);
let ends: ReturnType<typeof fakeEnds>;
const newest = () => ends.calls.at(-1)!;

let stop: () => void;

beforeAll(() => {
  fakeEngines();
  ends = fakeEnds();
  stop = followSuccess();
});
beforeEach(() => {
  resetStore();
  store.setState({ problem: libraryProblem('U2Ti') });
  ends.calls.length = 0;
});
afterAll(() => {
  stop();
  resetStore();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('the count of descents that reach the truth', () => {
  it('goes through the plain descent and each chosen way, and keeps what was counted before', async () => {
    setAnalysis({ strategies: ['momentum'] });
    void successJob.start();
    expect(analysis().successJob).toMatchObject({ status: 'computing', done: 0, total: 2 * SUCCESS_STARTS });
    newest().args[3].onProgress?.(40, SUCCESS_STARTS);
    expect(analysis().successJob.done).toBe(40);
    newest().resolve(endsAt(truth, SUCCESS_STARTS));
    await settled();
    newest().resolve(endsAt(elsewhere, SUCCESS_STARTS));
    await settled();
    expect(rows()).toEqual([
      ['plain', SUCCESS_STARTS],
      ['momentum', 0],
    ]);
    expect(analysis().successJob.status).toBe('done');
    setAnalysis({ strategies: ['momentum', 'nesterov'] });
    void successJob.start();
    expect(ends.calls).toHaveLength(3);
    expect(newest().args[1].strategy.id).toBe('nesterov');
  });

  it('of another problem is taken away, and an end that arrives late does not bring it back', async () => {
    void successJob.start();
    const old = newest();
    store.setState({ problem: libraryProblem('U2Ti', 'entropy') });
    old.args[3].onProgress?.(50, SUCCESS_STARTS);
    old.resolve(endsAt(truth, SUCCESS_STARTS));
    await settled();
    expect(rows()).toEqual([]);
    expect(analysis().successJob.status).toBe('idle');
  });

  it('cancelled in the middle keeps finished rows; progress that arrives late does not start it again', async () => {
    setAnalysis({ strategies: ['momentum'] });
    void successJob.start();
    newest().resolve(endsAt(truth, SUCCESS_STARTS));
    await settled();
    successJob.cancel();
    newest().args[3].onProgress?.(60, SUCCESS_STARTS);
    expect(analysis().successJob.status).toBe('cancelled');
    newest().reject(abortError());
    await settled();
    expect(rows()).toEqual([['plain', SUCCESS_STARTS]]);
    expect(analysis().successJob.status).toBe('cancelled');
  });

  it('that fails says why, and counts only what is missing when tried again', async () => {
    setAnalysis({ strategies: ['momentum'] });
    void successJob.start();
    newest().resolve(endsAt(truth, SUCCESS_STARTS));
    await settled();
    newest().reject(new Error('the worker broke down'));
    await settled();
    expect(analysis().successJob).toMatchObject({ status: 'failed', message: 'the worker broke down' });
    void successJob.start();
    expect(newest().args[1].strategy.id).toBe('momentum');
    newest().resolve(endsAt(truth, SUCCESS_STARTS));
    await settled();
    expect(rows().map(([id]) => id)).toEqual(['plain', 'momentum']);
    expect(analysis().successJob).toMatchObject({ status: 'done', total: SUCCESS_STARTS });
  });

  it('asked for twice runs once: the first count gives way to the second', async () => {
    void successJob.start();
    const first = newest();
    void successJob.start();
    first.resolve(endsAt(elsewhere, SUCCESS_STARTS));
    await settled();
    expect(rows()).toEqual([]);
    newest().resolve(endsAt(truth, SUCCESS_STARTS));
    await settled();
    expect(rows()).toEqual([['plain', SUCCESS_STARTS]]);
  });
});
