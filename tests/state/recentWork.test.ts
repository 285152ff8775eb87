import 'fake-indexeddb/auto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseStructure, openPage, setSlice } from '../../src/state/explore/actions.ts';
import { deleteEntry, recentWork, saveEntry } from '../../src/state/files/database.ts';
import { startRecent } from '../../src/state/project/recentJob.ts';
import { resetStore } from '../support/states.ts';

const works = async () => {
  const found = await recentWork();
  if (typeof found === 'string') throw new Error(found);
  return found;
};
const until = (holds: () => Promise<unknown>): Promise<void> =>
  vi.waitFor(async () => expect(await holds()).toBe(true));
const quiet = async (ms: number): Promise<void> => void (await vi.advanceTimersByTimeAsync(ms));

let stop: () => void;

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_000_000 });
  resetStore();
  stop = startRecent();
});
beforeEach(async () => {
  resetStore();
  await quiet(5000);
  for (const { id } of await works()) await deleteEntry('recent', id);
});
afterAll(() => {
  stop();
  vi.useRealTimers();
});

describe('recent work', () => {
  it('is kept once it has stood still, and not while it changes', async () => {
    setSlice({ resolution: 41 });
    await quiet(2000);
    setSlice({ resolution: 51 });
    await quiet(2000);
    expect(await works()).toEqual([]);
    await quiet(1000);
    await until(async () => (await works()).length === 1);
    expect((await works())[0]).toMatchObject({ title: 'U2Ti over a and c, cosine', link: 'v=1&n=51' });
  });

  it('is one entry a crystal and page, rewritten while the user goes on with it', async () => {
    setSlice({ resolution: 41 });
    await quiet(3000);
    await until(async () => (await works()).length === 1);
    setSlice({ resolution: 31 });
    await quiet(3000);
    await until(async () => (await works())[0]?.link === 'v=1&n=31');
    chooseStructure('Au2S');
    await quiet(3000);
    openPage('gallery');
    await quiet(3000);
    await until(async () => (await works()).length === 3);
    expect((await works()).map(({ title }) => title)).toEqual([
      'Gallery: Au2S',
      'Au2S over a and c, cosine',
      'U2Ti over a and c, cosine',
    ]);
  });

  it('is not what the page begins with, not even when a change was taken back in time', async () => {
    setSlice({ resolution: 41 });
    await quiet(1000);
    setSlice({ resolution: 201 });
    await quiet(5000);
    expect(await works()).toEqual([]);
  });

  it('is kept on pages without https too, where browsers have no randomUUID', async () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
    startRecent()();
    vi.unstubAllGlobals();
  });

  it('is pruned to the newest twenty', async () => {
    for (let i = 0; i < 25; i++) await saveEntry('recent', { id: `old ${i}`, when: i, title: '', link: '' });
    setSlice({ resolution: 41 });
    await quiet(3000);
    await until(async () => (await works()).length === 20);
    const ids = (await works()).map(({ id }) => id);
    expect(ids[0]).toMatch(/explore U2Ti$/);
    expect(ids.at(-1)).toBe('old 6');
  });
});
