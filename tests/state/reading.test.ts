import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { abortError, isAbort } from '../../src/engine/engine.ts';
import { store } from '../../src/state/core/store.ts';
import { reading } from '../../src/state/files/reading.ts';

/** A thread that ends when it is cancelled, and not before. */
const endless = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(abortError())));

const notice = () => store.getState().notices.find(({ id }) => id === 'reading');

describe('a file that is read for long', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is told of after a moment, and cancelled by the user', async () => {
    const done = reading('a.cif (60 MB)', endless).catch((error: unknown) => error);
    vi.advanceTimersByTime(300);
    expect(notice()).toBeUndefined();
    vi.advanceTimersByTime(200);
    expect(notice()).toMatchObject({ text: 'Reading a.cif (60 MB).', actions: [{ label: 'Cancel' }] });
    notice()!.actions![0]!.run();
    expect(isAbort(await done)).toBe(true);
    expect(notice()).toBeUndefined();
  });

  it('is given up at the deadline, with a sentence', async () => {
    const done = reading('a.cif', endless).catch((error: unknown) => error);
    vi.advanceTimersByTime(60_000);
    expect(await done).toEqual(new Error('it takes longer than 60 s to read and is given up'));
    expect(notice()).toBeUndefined();
  });

  it('is not told of when it is there at once', async () => {
    expect(await reading('a.cif', async () => 7)).toBe(7);
    vi.advanceTimersByTime(70_000);
    expect(notice()).toBeUndefined();
  });
});
