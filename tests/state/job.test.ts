import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { abortError } from '../../src/engine/engine.ts';
import { type Job, type JobOptions, job, type RunContext } from '../../src/state/core/job.ts';
import { forecast, IDLE, type Progress } from '../../src/state/core/progress.ts';
import { registerSlice, store } from '../../src/state/core/store.ts';
import { deferred, settled } from '../support/deferred.ts';
import { resetStore } from '../support/states.ts';

declare module '../../src/state/core/store.ts' {
  interface Slices {
    readonly trial: { readonly wanted: number | null; readonly result: number; readonly progress: Progress };
    readonly other: { readonly list: readonly number[] };
  }
}

const FRESH = { wanted: null, result: 0, progress: IDLE };
const trial = registerSlice('trial', FRESH);
const other = registerSlice('other', { list: [1] });
const work = deferred<[args: number, task: RunContext], number>();
const status = () => trial.get().progress.status;
const newest = () => work.calls.at(-1)!;
const report = (done: number): void => newest().args[1].report({ done });
let stop = (): void => {};

/** A job on the wanted number, whose work waits for the test; `wanted: null` is nothing to compute. */
function made(change: Partial<JobOptions<number, readonly unknown[], Progress>> = {}): Job {
  const made = job<number, readonly unknown[]>({
    select: state => [state.trial.wanted],
    args: state => state.trial.wanted,
    run: async (args, task) => {
      task.report({ total: 10 });
      const result = await work.method(args, task);
      if (!task.signal.aborted) trial.set({ result });
    },
    into: progress => trial.set({ progress }),
    ...change,
  });
  stop = made.follow();
  return made;
}

beforeEach(() => {
  resetStore();
  trial.set(FRESH);
  work.calls.length = 0;
});
afterEach(() => stop());

describe('a job', () => {
  it('runs when what it depends on changes, reports how far it is, and is done', async () => {
    made();
    expect([work.calls.length, status()]).toEqual([0, 'idle']);
    trial.set({ wanted: 1 });
    expect(trial.get().progress).toMatchObject({ status: 'computing', done: 0, total: 10 });
    report(4);
    expect(trial.get().progress.done).toBe(4);
    newest().resolve(11);
    await settled();
    expect(trial.get()).toMatchObject({ result: 11, progress: { status: 'done', done: 10, total: 10 } });
    expect(trial.get().progress.elapsed).not.toBeNull();
    store.setState({ notices: [] });
    expect(work.calls).toHaveLength(1);
  });

  it('lets the newest win: what the last one reports or finds late is ignored', async () => {
    made();
    trial.set({ wanted: 1 });
    const old = newest();
    trial.set({ wanted: 2 });
    expect(old.args[1].signal.aborted).toBe(true);
    old.args[1].report({ done: 9 });
    old.resolve(11);
    await settled();
    expect(trial.get()).toMatchObject({ result: 0, progress: { status: 'computing', done: 0 } });
    newest().resolve(22);
    await settled();
    expect(trial.get()).toMatchObject({ result: 22, progress: { status: 'done' } });
  });

  it('ends with its reason to run', async () => {
    let rested = 0;
    made({ rest: () => rested++ });
    trial.set({ wanted: 1 });
    trial.set({ wanted: null });
    expect(newest().args[1].signal.aborted).toBe(true);
    expect([status(), rested]).toEqual(['idle', 2]);
    newest().resolve(11);
    await settled();
    expect(trial.get()).toMatchObject({ result: 0, progress: IDLE });
  });

  it('that waits for calm starts once the last of many changes has stood, and till then shows nothing old', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let rested = 0;
    const { cancel } = made({ calm: 100, rest: () => rested++ });
    vi.advanceTimersByTime(100);
    rested = 0;
    trial.set({ wanted: 1 });
    vi.advanceTimersByTime(99);
    trial.set({ wanted: 2 });
    vi.advanceTimersByTime(99);
    expect([work.calls.length, rested]).toEqual([0, 2]);
    vi.advanceTimersByTime(1);
    expect(work.calls.map(({ args }) => args[0])).toEqual([2]);
    // what is found for the state before must not come after it was taken away
    trial.set({ wanted: 3 });
    expect(newest().args[1].signal.aborted).toBe(true);
    cancel();
    vi.advanceTimersByTime(100);
    expect(work.calls).toHaveLength(1);
  });

  it('forecasts by the pace since the first that was done, without the start-up before', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    made();
    trial.set({ wanted: 1 });
    vi.advanceTimersByTime(30_000);
    report(2);
    expect(trial.get().progress.remaining).toBeNull();
    vi.advanceTimersByTime(1000);
    report(6);
    expect(trial.get().progress.remaining).toBeCloseTo(1000, 0);
  });

  it('cancelled stays cancelled, and keeps how far it came', async () => {
    const { cancel } = made();
    trial.set({ wanted: 1 });
    report(4);
    cancel();
    expect(trial.get().progress).toMatchObject({ status: 'cancelled', done: 4, remaining: null });
    newest().args[1].report({ done: 6 });
    newest().reject(abortError());
    await settled();
    expect(trial.get().progress).toMatchObject({ status: 'cancelled', done: 4 });
    cancel();
    expect(status()).toBe('cancelled');
  });

  it('cancelled when it is done stays done', async () => {
    const { cancel } = made();
    trial.set({ wanted: 1 });
    newest().resolve(11);
    await settled();
    cancel();
    expect(status()).toBe('done');
  });

  it('that fails says why, and runs again when it is started again', async () => {
    const said: string[] = [];
    const { start } = made({ failed: message => said.push(message) });
    trial.set({ wanted: 1 });
    newest().reject(new Error('no worker starts'));
    await settled();
    expect(trial.get().progress).toMatchObject({ status: 'failed', message: 'no worker starts' });
    expect(said).toEqual(['no worker starts']);
    void start();
    expect(trial.get().progress).toMatchObject({ status: 'computing', message: null });
    newest().resolve(11);
    await settled();
    expect(status()).toBe('done');
  });

  it('that cannot even begin has failed too', () => {
    const broken = (): number => {
      throw new Error('no such crystal');
    };
    made({ args: ({ trial: { wanted } }) => (wanted === null ? null : broken()) });
    trial.set({ wanted: 1 });
    expect(trial.get().progress).toMatchObject({ status: 'failed', message: 'no such crystal' });
  });

  it('that is no longer followed is stopped and not started', async () => {
    made();
    trial.set({ wanted: 1 });
    stop();
    expect(newest().args[1].signal.aborted).toBe(true);
    trial.set({ wanted: 2 });
    expect(work.calls).toHaveLength(1);
  });
});

describe('a job that lets every run end', () => {
  it('shows each result and computes only the newest request next', async () => {
    made({ coalesce: true });
    for (const wanted of [1, 2, 3]) trial.set({ wanted });
    expect(work.calls.map(({ args }) => args[0])).toEqual([1]);
    expect(newest().args[1].signal.aborted).toBe(false);
    newest().resolve(11);
    await settled();
    expect(trial.get()).toMatchObject({ result: 11, progress: { status: 'computing' } });
    expect(work.calls.map(({ args }) => args[0])).toEqual([1, 3]);
    newest().resolve(33);
    await settled();
    expect(trial.get()).toMatchObject({ result: 33, progress: { status: 'done' } });
  });

  it('lets only short runs end where it is told what is long', async () => {
    vi.useFakeTimers();
    made({ coalesce: 500 });
    trial.set({ wanted: 1 });
    vi.advanceTimersByTime(400);
    trial.set({ wanted: 2 });
    expect(newest().args[1].signal.aborted).toBe(false);
    vi.advanceTimersByTime(200);
    trial.set({ wanted: 3 });
    expect(newest().args[1].signal.aborted).toBe(true);
    newest().reject(abortError());
    vi.useRealTimers();
    await settled();
    expect(work.calls.map(({ args }) => args[0])).toEqual([1, 3]);
  });

  it('keeps the reason of a failure until the next is done', async () => {
    made({ coalesce: true });
    trial.set({ wanted: 1 });
    newest().reject(new Error('no worker starts'));
    await settled();
    trial.set({ wanted: 2 });
    expect(trial.get().progress).toMatchObject({ status: 'computing', message: 'no worker starts' });
    newest().resolve(22);
    await settled();
    expect(trial.get().progress).toMatchObject({ status: 'done', message: null });
  });

  it('goes on after a failure with what was asked for meanwhile, and drops it when cancelled', async () => {
    const { cancel } = made({ coalesce: true });
    trial.set({ wanted: 1 });
    trial.set({ wanted: 2 });
    newest().reject(new Error('no worker starts'));
    await settled();
    expect(work.calls.map(({ args }) => args[0])).toEqual([1, 2]);
    trial.set({ wanted: 3 });
    cancel();
    newest().resolve(22);
    await settled();
    expect(work.calls).toHaveLength(2);
    expect(trial.get()).toMatchObject({ result: 0, progress: { status: 'cancelled' } });
  });
});

describe('a slice', () => {
  it('is replaced by a write, and those of other pages stay the same objects', () => {
    const before = store.getState();
    trial.set(({ result }) => ({ result: result + 1 }));
    expect(store.getState().trial).not.toBe(before.trial);
    expect(store.getState().other).toBe(before.other);
    expect(store.getState().inputs).toBe(before.inputs);
    expect(other.get().list).toBe(before.other.list);
  });
});

describe('the forecast', () => {
  it('is the rest at the pace until now, and none before that means anything', () => {
    expect(forecast(25, 100, 2000)).toBe(6000);
    expect(forecast(25, 100, 400)).toBeNull();
    expect(forecast(0, 100, 2000)).toBeNull();
  });
});
