import type { PageId } from '../state/core/pages.ts';
import { store } from '../state/core/store.ts';
import { redo, undo } from '../state/core/undo.ts';
import { dropAtProbe, moveProbe, openPage, setRanges, setView } from '../state/explore/actions.ts';
import { stepBy, togglePlay } from '../state/explore/playback.ts';

export interface Shortcut {
  /** As printed in the list. */
  readonly keys: readonly string[];
  readonly meaning: string;
  /** The only page on which it works; all pages when left out. */
  readonly page?: PageId;
  matches(event: KeyboardEvent): boolean;
  run(event: KeyboardEvent): void;
}

const plain =
  (...keys: readonly string[]) =>
  (event: KeyboardEvent): boolean =>
    keys.includes(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey;
const command =
  (key: string, shift: boolean) =>
  (event: KeyboardEvent): boolean =>
    (event.ctrlKey || event.metaKey) && event.shiftKey === shift && event.key.toLowerCase() === key;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
};
const resetView = (): void => {
  setRanges(null, null, true);
  setView({ zoom: null, colourRange: null });
};
const view = () => store.getState().inputs.view;

const EXPLORER: readonly Omit<Shortcut, 'page'>[] = [
  {
    keys: ['←', '→', '↑', '↓'],
    meaning: 'Move the probe by one point of the map; with Shift by ten',
    matches: plain(...Object.keys(ARROWS)),
    run: event => {
      const [x, y] = ARROWS[event.key] ?? [0, 0];
      const factor = event.shiftKey ? 10 : 1;
      moveProbe(x * factor, y * factor);
    },
  },
  {
    keys: ['Enter'],
    meaning: 'Start descents at the probe; with Shift beside those on screen',
    matches: plain('Enter'),
    run: event => dropAtProbe(event.shiftKey),
  },
  { keys: ['Space'], meaning: 'Play or pause the descents', matches: plain(' '), run: togglePlay },
  { keys: ['['], meaning: 'One step back', matches: plain('['), run: () => stepBy(-1) },
  { keys: [']'], meaning: 'One step on', matches: plain(']'), run: () => stepBy(1) },
  {
    keys: ['s'],
    meaning: 'Square-root intensities',
    matches: plain('s'),
    run: () => setView({ intensity: view().intensity === 'sqrt' ? 'linear' : 'sqrt' }),
  },
  {
    keys: ['n'],
    meaning: 'Logarithmic intensities',
    matches: plain('n'),
    run: () => setView({ intensity: view().intensity === 'log' ? 'linear' : 'log' }),
  },
  {
    keys: ['q'],
    meaning: 'Pattern over Q',
    matches: plain('q'),
    run: () => setView({ axis: view().axis === 'q' ? 'twoTheta' : 'q' }),
  },
  {
    keys: ['t'],
    meaning: 'Pattern over d',
    matches: plain('t'),
    run: () => setView({ axis: view().axis === 'd' ? 'twoTheta' : 'd' }),
  },
  { keys: ['r'], meaning: 'Reset map ranges, colours and pattern zoom', matches: plain('r'), run: resetView },
];

/** Every key of the app; the list that `?` opens is made of this table. */
export const SHORTCUTS: readonly Shortcut[] = [
  ...EXPLORER.map(entry => ({ ...entry, page: 'explore' as const })),
  { keys: ['g'], meaning: 'Open the gallery', matches: plain('g'), run: () => openPage('gallery') },
  { keys: ['Ctrl', 'Z'], meaning: 'Undo', matches: command('z', false), run: undo },
  { keys: ['Ctrl', 'Shift', 'Z'], meaning: 'Redo', matches: command('z', true), run: redo },
];

/** Elements where keys mean something else already. */
const busy = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest(
    'input, select, textarea, button, a, dialog, [popover], [role="slider"], [role="separator"]',
  ) !== null;

/** Listens on the page; `openList` shows the table. Returns the way to stop. */
export function startShortcuts(openList: () => void): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    // A field whose value is taken has nothing of its own to undo.
    const editing =
      event.target instanceof HTMLInputElement &&
      event.target.type === 'text' &&
      !((event.ctrlKey || event.metaKey) && event.target.dataset['settled'] !== undefined);
    if (event.key === '?' && !editing) {
      openList();
      event.preventDefault();
      return;
    }
    const { page } = store.getState().inputs;
    const shortcut = SHORTCUTS.find(
      entry => (entry.page === undefined || entry.page === page) && entry.matches(event),
    );
    const global = event.ctrlKey || event.metaKey;
    if (!shortcut || editing || (!global && busy(event.target))) return;
    event.preventDefault();
    shortcut.run(event);
  };
  addEventListener('keydown', onKeyDown);
  return () => removeEventListener('keydown', onKeyDown);
}
