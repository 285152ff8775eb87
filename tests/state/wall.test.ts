import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { abortError } from '../../src/engine/engine.ts';
import { LOSSES } from '../../src/losses/registry.ts';
import { setAnalysis } from '../../src/state/analysis/analysisSettings.ts';
import { wallJob } from '../../src/state/analysis/wallJob.ts';
import { placeOf } from '../../src/state/core/settings.ts';
import { store } from '../../src/state/core/store.ts';
import { changeSetting } from '../../src/state/core/undo.ts';
import { setSlice } from '../../src/state/explore/actions.ts';
import { settled } from '../support/deferred.ts';
import { fakeEngines } from '../support/fakeEngines.ts';
import { libraryProblem } from '../support/problems.ts';
import { resetStore } from '../support/states.ts';

const analysis = () => store.getState().analysis;
const shown = () => analysis().wall.map(({ loss }) => loss);
const setAlpha = (alpha: number) => changeSetting(placeOf(null, 'lossAlpha'), alpha);
const flat = { loss: new Float64Array(121) };
let evaluations: ReturnType<typeof fakeEngines>;
const newest = () => evaluations.calls.at(-1)!;

let stop: () => void;

beforeAll(() => {
  evaluations = fakeEngines();
  stop = wallJob.follow();
});
beforeEach(() => {
  resetStore({ problem: libraryProblem('U2Ti') });
  evaluations.calls.length = 0;
  setSlice({ resolution: 11 });
  setAnalysis({ view: 'wall' });
});
afterAll(() => {
  stop();
  resetStore();
  vi.restoreAllMocks();
});

describe('the wall of all losses', () => {
  it('is computed loss by loss and reports points of all maps together', async () => {
    const total = LOSSES.length * 121;
    for (const [at, { id }] of LOSSES.entries()) {
      expect(newest().args[0].loss).toBe(id);
      newest().args[2].onProgress?.(60, 121);
      expect(analysis().wallJob).toMatchObject({ status: 'computing', done: 121 * at + 60, total });
      newest().resolve(flat);
      await settled();
    }
    expect(shown()).toEqual(LOSSES.map(({ id }) => id));
    expect(analysis().wallJob).toMatchObject({ status: 'done', done: total, total });
  });

  it('of another slice begins anew; a map of the last that arrives late is not hung', async () => {
    newest().resolve(flat);
    await settled();
    const old = newest();
    setSlice({ x: 'b' });
    old.args[2].onProgress?.(60, 121);
    old.resolve(flat);
    await settled();
    expect(shown()).toEqual([]);
    expect(analysis().wallJob).toMatchObject({ status: 'computing', done: 0 });
    expect(newest().args[0].loss).toBe(LOSSES[0]!.id);
  });

  it('computes one map anew where the width of its loss moves, and shows its last until then', async () => {
    for (const _ of LOSSES) {
      newest().resolve(flat);
      await settled();
    }
    const before = evaluations.calls.length;
    setAlpha(3);
    expect(evaluations.calls.length).toBe(before + 1);
    expect(newest().args[0]).toMatchObject({ loss: 'gpwdf', lossWidths: { alpha: 3 } });
    expect(analysis().wallJob).toMatchObject({ status: 'computing', total: 121 });
    expect([...shown()].sort()).toEqual(LOSSES.map(({ id }) => id).sort());
    const lower = { loss: new Float64Array(121).fill(-1) };
    newest().resolve(lower);
    await settled();
    expect(evaluations.calls.length).toBe(before + 1);
    expect(analysis().wall.find(({ loss }) => loss === 'gpwdf')!.values).toBe(lower.loss);
    expect(analysis().wallJob.status).toBe('done');
  });

  it('cancelled in the middle keeps its maps; progress that arrives late does not start it again', async () => {
    newest().resolve(flat);
    await settled();
    wallJob.cancel();
    newest().args[2].onProgress?.(60, 121);
    expect(analysis().wallJob.status).toBe('cancelled');
    newest().reject(abortError());
    await settled();
    expect(shown()).toEqual([LOSSES[0]!.id]);
    expect(analysis().wallJob.status).toBe('cancelled');
  });

  it('that fails says why, and is computed when it is shown again', async () => {
    newest().reject(new Error('the worker broke down'));
    await settled();
    expect(analysis().wallJob).toMatchObject({ status: 'failed', message: 'the worker broke down' });
    setAnalysis({ view: 'map' });
    const before = evaluations.calls.length;
    setAnalysis({ view: 'wall' });
    expect(evaluations.calls.length).toBe(before + 1);
    expect(analysis().wallJob.status).toBe('computing');
  });

  it('begins anew where the peaks of the model change and a measured target stays', async () => {
    newest().resolve(flat);
    await settled();
    const { problem } = store.getState();
    const instrument = { ...problem!.instrument };
    const before = evaluations.calls.length;
    store.setState({ problem: { ...problem!, instrument } });
    expect(evaluations.calls.length).toBe(before);
    store.setState({ problem: { ...problem!, instrument: { ...instrument, w: 2 * instrument.w } } });
    expect(evaluations.calls.length).toBe(before + 1);
    expect(newest().args[0].loss).toBe(LOSSES[0]!.id);
    expect(shown()).toEqual([]);
  });

  it('is not computed again for another loss of the explorer, since it shows all of them', async () => {
    const { problem } = store.getState();
    const before = evaluations.calls.length;
    store.setState({ problem: { ...problem!, loss: 'entropy' } });
    expect(evaluations.calls.length).toBe(before);
  });
});
