import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_INPUTS } from '../../src/state/core/inputs.ts';
import { IDLE } from '../../src/state/core/progress.ts';
import { store } from '../../src/state/core/store.ts';
import type { MapState } from '../../src/state/explore/exploreState.ts';
import { firstMap } from '../../src/state/explore/firstMap.ts';

beforeEach(() => {
  vi.useFakeTimers();
  store.setState({ inputs: DEFAULT_INPUTS, job: IDLE, map: null, failure: null });
});
afterEach(() => vi.useRealTimers());

/** True where the wait is over, once all that is due has happened. */
async function over(wait: Promise<void>): Promise<boolean> {
  let done = false;
  void wait.then(() => {
    done = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  return done;
}

describe('the wait for the first map', () => {
  it('ends when the map is done, has failed or was cancelled', async () => {
    for (const status of ['done', 'failed', 'cancelled'] as const) {
      store.setState({ job: { ...IDLE, status: 'computing' } });
      const wait = firstMap(1000);
      expect(await over(wait)).toBe(false);
      store.setState({ job: { ...IDLE, status } });
      expect(await over(wait), status).toBe(true);
    }
  });

  it('ends a while after the first coarse picture of a long map', async () => {
    store.setState({ job: { ...IDLE, status: 'computing' } });
    const wait = firstMap(1000);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await over(wait), 'nothing to see yet').toBe(false);
    store.setState({ map: {} as MapState });
    await vi.advanceTimersByTimeAsync(900);
    expect(await over(wait)).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(await over(wait)).toBe(true);
  });

  it('is none where no map is on its way', async () => {
    store.setState({ failure: 'no structure' });
    expect(await over(firstMap(1000))).toBe(true);
    store.setState({ failure: null, inputs: { ...DEFAULT_INPUTS, page: 'compare' } });
    expect(await over(firstMap(1000))).toBe(true);
  });
});
