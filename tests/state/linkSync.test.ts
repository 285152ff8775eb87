import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { store } from '../../src/state/core/store.ts';
import { chooseAxis, openPage, setHover, setSlice, setView } from '../../src/state/explore/actions.ts';
import { shareAddress, startLinkSync } from '../../src/state/linkSync.ts';
import { inputsNow, resetStore } from '../support/states.ts';

/** Address and history of a tab, as far as the page uses them. */
const tab = {
  entries: ['/app/'],
  writes: [] as string[],
  back: () => {},
};
const address = (): string => tab.entries.at(-1)!;
const place = {
  get pathname() {
    return '/app/';
  },
  get search() {
    return '';
  },
  get hash() {
    return address().includes('#') ? address().slice(address().indexOf('#')) : '';
  },
  get href() {
    return `http://localhost${address()}`;
  },
};
const put = (kind: 'push' | 'replace') => (_state: unknown, _title: string, to: string) => {
  if (kind === 'replace') tab.entries.pop();
  tab.entries.push(to);
  tab.writes.push(kind);
};

let stop: () => void;

beforeAll(() => {
  vi.stubGlobal('location', place);
  vi.stubGlobal('history', { pushState: put('push'), replaceState: put('replace') });
  vi.stubGlobal('removeEventListener', () => {});
  vi.stubGlobal('addEventListener', (type: string, listen: () => void) => {
    if (type === 'popstate')
      tab.back = () => {
        tab.entries.pop();
        listen();
      };
  });
  vi.useFakeTimers();
  tab.entries = ['/app/#v=1&s=Au2S&n=41'];
  resetStore();
  stop = startLinkSync();
});
beforeEach(() => {
  vi.advanceTimersByTime(1000);
  tab.writes = [];
});
afterEach(() => vi.advanceTimersByTime(1000));
afterAll(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the address', () => {
  it('is read first', () => {
    expect(inputsNow()).toMatchObject({ structureId: 'Au2S', slice: { resolution: 41 } });
  });

  it('follows a quick row of changes with one write, of the last', () => {
    for (const resolution of [51, 61, 71]) setSlice({ resolution });
    expect(tab.writes).toEqual([]);
    vi.advanceTimersByTime(500);
    expect(tab.writes).toEqual(['replace']);
    expect(address()).toBe('/app/#v=1&s=Au2S&n=71');
    expect(shareAddress()).toBe('http://localhost/app/#v=1&s=Au2S&n=71');
  });

  it('gets an entry in the history for another picture, and none for what it does not carry', () => {
    chooseAxis('x', 'b');
    vi.advanceTimersByTime(500);
    setHover({ x: 1, y: 2 });
    vi.advanceTimersByTime(500);
    expect(tab.writes).toEqual(['push']);
    setView({ heat: false });
    setView({ heat: true });
    vi.advanceTimersByTime(500);
    expect(tab.writes).toEqual(['push']);
  });

  it('gone back to wins over a change that was not written yet', () => {
    openPage('compare');
    vi.advanceTimersByTime(500);
    setSlice({ resolution: 11 });
    tab.back();
    expect(inputsNow()).toMatchObject({ page: 'explore', slice: { resolution: 71 } });
    const written = [...tab.entries];
    vi.advanceTimersByTime(2000);
    expect(tab.entries).toEqual(written);
    expect(tab.writes).toEqual(['push']);
  });

  it('with a value that is refused gives a warning, which goes when a good one is read', () => {
    tab.entries.push('/app/#v=1&n=9999', '/app/');
    tab.back();
    expect(store.getState().notices.find(({ id }) => id === 'link')).toMatchObject({ tone: 'warning' });
    expect(inputsNow().slice.resolution).toBe(201);
    tab.back();
    expect(store.getState().notices.find(({ id }) => id === 'link')).toBeUndefined();
  });

  it('of thousands of keys that are none names a few and counts the rest: the notice was 90,000 px high', () => {
    const keys = Array.from({ length: 7500 }, (_, i) => `k${i}=1`);
    tab.entries.push(`/app/#v=1&${keys.join('&')}`, '/app/');
    tab.back();
    const [notice] = store.getState().notices;
    expect(notice?.text).toMatch(
      /^“k0” .* “k3” in the link is not a setting of Braggscape\. The same goes for 7496 more\./,
    );
    expect(notice!.text.length).toBeLessThan(300);
  });

  it('at a step of a descent stops the player there', () => {
    store.setState(({ play }) => ({ play: { ...play, playing: true } }));
    tab.entries.push('/app/#v=1&at=5~3&focus=step~0~constrained~12', '/app/');
    tab.back();
    expect(store.getState().notices).toEqual([]);
    expect(store.getState().play).toMatchObject({
      playing: false,
      step: 12,
      follow: 'constrained',
      start: 0,
    });
  });
});
