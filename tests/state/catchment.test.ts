import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { abortError } from '../../src/engine/engine.ts';
import { setAnalysis } from '../../src/state/analysis/analysisSettings.ts';
import { catchmentJob } from '../../src/state/analysis/catchmentJob.ts';
import { store } from '../../src/state/core/store.ts';
import { setInputs } from '../../src/state/core/undo.ts';
import { settled } from '../support/deferred.ts';
import { endsAt, fakeEnds, fakeEngines } from '../support/fakeEngines.ts';
import { libraryStructure } from '../support/library.ts';
import { libraryProblem } from '../support/problems.ts';
import { inputsNow, resetStore } from '../support/states.ts';

const truth = libraryStructure('U2Ti').cell;
const analysis = () => store.getState().analysis;
const known = () => analysis().catchment?.known.reduce((sum, one) => sum + one, 0);
let ends: ReturnType<typeof fakeEnds>;
const newest = () => ends.calls.at(-1)!;
const part = (call: ReturnType<typeof newest>, first: number, n: number): void =>
  call.args[3].onPart!(first, endsAt(truth, n));

let stop: () => void;

beforeAll(() => {
  fakeEngines();
  ends = fakeEnds();
  stop = catchmentJob.follow();
});
beforeEach(async () => {
  resetStore({ problem: libraryProblem('U2Ti') });
  ends.calls.length = 0;
  setAnalysis({ catchmentSide: 5, catchment: 'unconstrained' });
  await settled();
});
afterAll(() => {
  stop();
  resetStore();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('the catchment map', () => {
  it('fills part by part, each time with new arrays, and is done when all descents have ended', async () => {
    expect(analysis().catchmentJob).toMatchObject({ status: 'computing', done: 0, total: 25 });
    expect(analysis().catchmentHow).toBe('The test computes.');
    const before = analysis().catchment!;
    part(newest(), 0, 8);
    expect(known()).toBe(8);
    expect(before.known.every(one => one === 0)).toBe(true);
    expect(analysis().catchmentJob).toMatchObject({ status: 'computing', done: 8 });
    part(newest(), 8, 17);
    newest().resolve(endsAt(truth, 25));
    await settled();
    expect(analysis().catchmentJob).toMatchObject({ status: 'done', done: 25, total: 25 });
    expect(known()).toBe(25);
  });

  it('of another problem takes over: parts and end of the last that arrive late change nothing', async () => {
    const old = newest();
    store.setState({ problem: libraryProblem('U2Ti', 'entropy') });
    await settled();
    expect(old.args[3].signal?.aborted).toBe(true);
    expect(newest()).not.toBe(old);
    part(old, 0, 8);
    old.resolve(endsAt(truth, 25));
    await settled();
    expect(known()).toBe(0);
    expect(analysis().catchmentJob).toMatchObject({ status: 'computing', done: 0 });
    part(newest(), 0, 3);
    expect(known()).toBe(3);
  });

  it('cancelled in the middle keeps what is known, whatever arrives afterwards', async () => {
    part(newest(), 0, 8);
    catchmentJob.cancel();
    expect(analysis().catchmentJob.status).toBe('cancelled');
    part(newest(), 8, 8);
    newest().reject(abortError());
    await settled();
    expect(known()).toBe(8);
    expect(analysis().catchmentJob.status).toBe('cancelled');
  });

  it('that fails says why, and is computed when it is asked for again', async () => {
    newest().reject(new Error('the worker broke down'));
    await settled();
    expect(analysis().catchmentJob).toMatchObject({ status: 'failed', message: 'the worker broke down' });
    setAnalysis({ catchment: 'off' });
    expect(analysis()).toMatchObject({ catchment: null, catchmentHow: null });
    expect(analysis().catchmentJob.status).toBe('idle');
    setAnalysis({ catchment: 'constrained' });
    await settled();
    expect(newest().args[1].strategy.mode).toBe('constrained');
    newest().resolve(endsAt(truth, 25));
    await settled();
    expect(analysis().catchmentJob.status).toBe('done');
  });

  it('switched off before the engine is chosen asks it nothing', async () => {
    setAnalysis({ catchment: 'off' });
    await settled();
    const asked = ends.calls.length;
    setAnalysis({ catchment: 'unconstrained' });
    setAnalysis({ catchment: 'off' });
    await settled();
    expect(ends.calls.length).toBe(asked);
    expect(analysis().catchment).toBeNull();
  });

  it('stops with the page it is on and begins anew when that is shown again', async () => {
    const old = newest();
    setInputs({ ...inputsNow(), page: 'compare' }, false);
    expect(old.args[3].signal?.aborted).toBe(true);
    old.reject(abortError());
    await settled();
    expect(ends.calls.at(-1)).toBe(old);
    setInputs({ ...inputsNow(), page: 'explore' }, false);
    await settled();
    expect(newest()).not.toBe(old);
  });
});
