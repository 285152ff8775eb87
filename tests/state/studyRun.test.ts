import 'fake-indexeddb/auto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { abortError } from '../../src/engine/engine.ts';
import { store } from '../../src/state/core/store.ts';
import { tellUnkept } from '../../src/state/files/database.ts';
import { deleteStudy, loadStudy } from '../../src/state/study/studyDb.ts';
import { openStudy } from '../../src/state/study/studyFiles.ts';
import { cancelStudy, pauseStudy, startStudy } from '../../src/state/study/studyRun.ts';
import { study } from '../../src/state/study/studySlice.ts';
import { PAPER_CONDITIONS, type StudyPlan, trialsOf } from '../../src/study/plan.ts';
import type { Trial } from '../../src/study/trialKey.ts';
import { trialId } from '../../src/study/trialKey.ts';
import { madeRecord } from '../study/madeRecord.ts';
import { settled } from '../support/deferred.ts';
import { fakeTrials } from '../support/fakeEngines.ts';
import { stubLibraryFetch } from '../support/libraryFetch.ts';
import { resetStore } from '../support/states.ts';

const PLAN: StudyPlan = {
  conditions: PAPER_CONDITIONS,
  structures: ['U2Ti'],
  noise: 'lattice',
  levels: [0.1],
  series: [{ loss: 'cosine', mode: 'unconstrained', learningRate: 0.005 }],
  variants: 2,
  firstVariant: 0,
};
const TRIALS = trialsOf(PLAN);
const FRESH = study.get();
const run = () => study.get().run;
const own = () => study.get().own?.records.map(trialId) ?? [];
let runs: ReturnType<typeof fakeTrials>;
/** The run that the pool was asked for last. */
async function asked(n: number) {
  await vi.waitFor(() => expect(runs.calls).toHaveLength(n));
  const [, trials, signal, onRecord, onStart] = runs.calls.at(-1)!.args;
  return {
    trials,
    signal,
    start: onStart,
    record: (trial: Trial) => onRecord(madeRecord(trial)),
    ...runs.calls.at(-1)!,
  };
}

beforeAll(() => {
  stubLibraryFetch();
  runs = fakeTrials();
});
beforeEach(async () => {
  resetStore();
  study.set(FRESH);
  runs.calls.length = 0;
  await deleteStudy();
});
afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('a study under way', () => {
  it('runs every trial of its plan, keeps each record, and is finished', async () => {
    const over = startStudy(PLAN);
    const pool = await asked(1);
    expect(pool.trials).toEqual(TRIALS);
    expect(run()).toMatchObject({
      status: 'computing',
      done: 0,
      total: 6,
      doneDescents: 0,
      totalDescents: 2,
    });
    for (const trial of TRIALS) pool.record(trial);
    pool.resolve();
    await over;
    expect(run()).toMatchObject({ status: 'done', done: 6, doneDescents: 2, now: null });
    expect(own().sort()).toEqual(TRIALS.map(trialId).sort());
    expect((await loadStudy()).records).toHaveLength(6);
  });

  it('runs to its end where nothing can be kept, which is said once: it stopped at the first write', async () => {
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    const over = startStudy(PLAN);
    const pool = await asked(1);
    for (const trial of TRIALS) pool.record(trial);
    pool.resolve();
    await over;
    expect(run()).toMatchObject({ status: 'done', done: 6, message: null });
    tellUnkept('again');
    expect(store.getState().notices.map(({ text }) => text)).toEqual([
      'Recent work and results are not kept for another visit: the browser lets this page keep nothing. A project or study file keeps them.',
    ]);
    put.mockRestore();
  });

  it('paused during a trial keeps what came, also what comes late, and goes on with the rest', async () => {
    const first = startStudy(PLAN);
    const pool = await asked(1);
    pool.record(TRIALS[0]!);
    pool.start(TRIALS[2]!);
    pauseStudy();
    expect(run()).toMatchObject({ status: 'cancelled', now: null });
    expect(pool.signal.aborted).toBe(true);
    pool.record(TRIALS[1]!);
    expect(run()?.status).toBe('cancelled');
    pool.reject(abortError());
    await first;
    expect(run()).toMatchObject({ status: 'cancelled', done: 2, message: null });
    expect((await loadStudy()).records).toHaveLength(2);
    const again = startStudy(PLAN);
    const rest = await asked(2);
    expect(rest.trials).toEqual(TRIALS.slice(2));
    expect(run()).toMatchObject({ status: 'computing', done: 2, total: 6 });
    for (const trial of rest.trials) rest.record(trial);
    rest.resolve();
    await again;
    expect(run()).toMatchObject({ status: 'done', done: 6 });
    expect(own()).toHaveLength(6);
  });

  it('resumed before the paused run has ended is not paused again by that end', async () => {
    const first = startStudy(PLAN);
    const pool = await asked(1);
    pauseStudy();
    const again = startStudy(PLAN);
    const rest = await asked(2);
    pool.reject(abortError());
    await first;
    expect(run()?.status).toBe('computing');
    for (const trial of TRIALS) rest.record(trial);
    rest.resolve();
    await again;
    expect(run()?.status).toBe('done');
  });

  it('is paused, with what it has, when the page is loaded again; the same plan goes on', async () => {
    void startStudy(PLAN);
    const pool = await asked(1);
    for (const trial of TRIALS.slice(0, 3)) pool.record(trial);
    pauseStudy();
    pool.reject(abortError());
    await vi.waitFor(async () => expect((await loadStudy()).records).toHaveLength(3));
    study.set(FRESH);
    await openStudy();
    expect(study.get().ready).toBe(true);
    expect(run()).toMatchObject({ plan: PLAN, status: 'cancelled', done: 3, total: 6, doneDescents: 1 });
    void startStudy(run()!.plan);
    expect((await asked(2)).trials).toHaveLength(3);
    await cancelStudy();
  });

  it('given up during a trial stays given up: a late end brings no run back, and its results stay', async () => {
    const over = startStudy(PLAN);
    const pool = await asked(1);
    pool.record(TRIALS[0]!);
    await cancelStudy();
    pool.record(TRIALS[1]!);
    pool.reject(abortError());
    await over;
    expect(run()).toBeNull();
    expect(own()).toHaveLength(2);
    expect(await loadStudy()).toMatchObject({ plan: null, conditions: PAPER_CONDITIONS });
  });

  it('that fails says why, keeps what it has, and can be started again', async () => {
    const over = startStudy(PLAN);
    const pool = await asked(1);
    pool.record(TRIALS[0]!);
    pool.reject(new Error('no worker starts'));
    await over;
    expect(run()).toMatchObject({ status: 'failed', message: 'no worker starts', now: null });
    void startStudy(PLAN);
    const again = await asked(2);
    expect(run()).toMatchObject({ status: 'computing', message: null });
    expect(again.trials).toEqual(TRIALS.slice(1));
    await cancelStudy();
    again.reject(abortError());
    await settled();
  });

  it('gives way to another plan', async () => {
    const over = startStudy(PLAN);
    const pool = await asked(1);
    const other = { ...PLAN, levels: [0.05] };
    void startStudy(other);
    const newer = await asked(2);
    expect(pool.signal.aborted).toBe(true);
    pool.reject(abortError());
    await over;
    expect(run()).toMatchObject({ plan: other, status: 'computing' });
    await cancelStudy();
    newer.reject(abortError());
  });

  it('is refused with the reason where its conditions are not those of the results that are kept', async () => {
    study.set({ own: { conditions: PAPER_CONDITIONS, records: [madeRecord(TRIALS[0])] } });
    await startStudy({ ...PLAN, conditions: { ...PAPER_CONDITIONS, seed: 7 } });
    expect(runs.calls).toHaveLength(0);
    expect(run()).toBeNull();
    expect(store.getState().notices.find(({ id }) => id === 'study')?.text).toMatch(
      /^The study cannot run: /,
    );
  });
});
