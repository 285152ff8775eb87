import { type Checks, isEither, isOneOf, isText, wrongField } from '../num/fields.ts';
import { reachesTruth } from '../optimise/outcome.ts';
import { linkOf, quote } from './core/permalink.ts';
import { type State, store } from './core/store.ts';
import type { PathRun } from './explore/descentRun.ts';
import type { PathMode } from './explore/exploreSettings.ts';
import { knownTruth, pathsOf } from './explore/selectors.ts';
import { openLink } from './linkSync.ts';

/**
 * Messages between Braggscape in a frame and the page around it (docs/embed.md). The page is told that the frame is ready;
 * anything else goes only to a page that has asked, and only to its origin.
 */

/** A message of the page around. `set` replaces all settings, `change` those that its link names; `get` asks. */
interface Asked {
  readonly braggscape: 'get' | 'set' | 'change';
  /** Comes back with the answer. */
  readonly id?: string | number;
  /** Settings as in a link, "v=1&s=Au2S"; of `set` and `change`. */
  readonly link?: string;
}

/** Longest link of a message, characters: longer than the longest that the page writes. */
const MOST_LINK = 200_000;

const FIELDS: Checks<Omit<Asked, 'braggscape'>> = {
  id: isEither(undefined, value => typeof value === 'number' || isText(200)(value)),
  link: isEither(undefined, isText(MOST_LINK)),
};
const isAsked = isOneOf(['get', 'set', 'change']);

/** End of a path, as the page around hears of it. */
export interface End {
  /** Number of the start, from 0. */
  readonly start: number;
  readonly mode: PathMode;
  readonly status: 'done' | 'cancelled' | 'failed';
  readonly steps: number;
  readonly loss: number;
  /** Angstrom and degrees. */
  readonly cell: readonly number[];
  /** Within 1 % and 1° of the true cell; null where that is not known. */
  readonly reached: boolean | null;
}

function endOf(state: State, { start, mode, status, count, cells, losses }: PathRun): End {
  const cell = [...cells.subarray(6 * (count - 1), 6 * count)];
  const truth = knownTruth(state);
  const reached = truth && reachesTruth(cell, truth);
  return {
    start,
    mode,
    status: status as End['status'],
    steps: count - 1,
    loss: losses[count - 1]!,
    cell,
    reached,
  };
}

/** Ends of all paths; null while one is under way or there is none. */
function endsOf(state: State): readonly End[] | null {
  const paths = pathsOf(state);
  if (paths.length === 0 || paths.some(({ status }) => status === 'computing')) return null;
  return paths.filter(({ count }) => count > 0).map(path => endOf(state, path));
}

/** What is on screen: its link, the loss and the cell of the current crystal, the ends of the descents. */
export function stateMessage(state: State): object {
  const { inputs, current } = state;
  return {
    braggscape: 'state',
    link: linkOf(inputs),
    page: inputs.page,
    crystal: state.structureId,
    current: current && { loss: current.loss, cell: [...current.cell] },
    ends: endsOf(state) ?? [],
  };
}

/** The settings that a `change` leaves, and the frame's own, which a page that sends a link of its own means to keep. */
function completed({ braggscape, link = '' }: Asked): string {
  const asked = new URLSearchParams(link.replace(/^.*#/, ''));
  const now = new URLSearchParams(linkOf(store.getState().inputs));
  const kept =
    braggscape === 'change' ? [...now] : [...now].filter(([key]) => key === 'embed' || key === 'hide');
  for (const [key, value] of kept) if (!asked.has(key)) asked.append(key, value);
  // A change need not say the version of what it changes.
  if (braggscape === 'change' && !asked.has('v')) asked.append('v', '1');
  return asked.toString();
}

/** The answer to a message; null to one that is not meant for Braggscape. */
export function answer(message: unknown): object | null {
  const asked = message as Asked | null;
  if (typeof asked !== 'object' || asked === null || typeof asked.braggscape !== 'string') return null;
  const id = asked.id === undefined ? {} : { id: asked.id };
  const refused = (sentence: string): object => ({ braggscape: 'refused', ...id, refused: [sentence] });
  if (!isAsked(asked.braggscape))
    return refused(`The message ${quote(asked.braggscape)} is not one of get, set, change.`);
  const wrong = wrongField(asked, FIELDS);
  if (wrong) return { ...refused(`The message's ${wrong} is no text, or too long.`), id: undefined };
  if (asked.braggscape === 'get') return { ...stateMessage(store.getState()), ...id };
  if (asked.link === undefined) return refused(`The message “${asked.braggscape}” has no link.`);
  const sentences = openLink(completed(asked));
  return { ...stateMessage(store.getState()), ...id, refused: sentences };
}

/** Answers the page around and tells it of ends. Called once, in a frame. Returns the way to stop. */
export function startFrameMessages(page: Window): () => void {
  let origin: string | null = null;
  const tell = (message: object): void => {
    // A page without an origin (a file, a sandboxed frame) can only be reached so.
    if (origin !== null) page.postMessage(message, origin === 'null' ? '*' : origin);
  };
  const listen = (event: MessageEvent<unknown>): void => {
    if (event.source !== page) return;
    const reply = answer(event.data);
    if (!reply) return;
    origin = event.origin;
    tell(reply);
  };
  addEventListener('message', listen);
  let told = '';
  const stop = store.subscribe((state, before) => {
    if (state.runs === before.runs && state.continued === before.continued) return;
    const ends = endsOf(state);
    const text = JSON.stringify(ends);
    if (!ends || ends.length === 0 || text === told) return;
    told = text;
    tell({ braggscape: 'ends', ends });
  });
  page.postMessage({ braggscape: 'ready' }, '*');
  return () => {
    stop();
    removeEventListener('message', listen);
  };
}
