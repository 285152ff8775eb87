import { notify } from '../core/notices.ts';
import { store } from '../core/store.ts';
import { changeSettings } from '../core/undo.ts';
import { COLOURS, COMPARE, type CompareEntry, type CompareInputs, entryOf } from './compareSettings.ts';

/** Actions of the page that compares. */

const compare = (): CompareInputs => store.getState().inputs.compare;

export const setCompare = (change: Partial<CompareInputs>, undoable?: boolean): void =>
  void changeSettings('compare', change, undoable);

/** The least used colour. */
function freeColour(entries: readonly CompareEntry[]): number {
  const uses = Array.from({ length: COLOURS }, (_, i) =>
    entries.reduce((sum, entry) => sum + (entry.colour === i ? 1 : 0), 0),
  );
  return uses.indexOf(Math.min(...uses));
}

/** Adds patterns to the comparison; false, with a notice, where there is no room. */
export function addToCompare(
  sources: readonly (readonly [source: string, change?: Partial<CompareEntry>])[],
): boolean {
  let { entries } = compare();
  if (entries.length + sources.length > COMPARE.entries.codec.most) {
    notify({
      id: 'compare',
      tone: 'warning',
      text: `At most ${COMPARE.entries.codec.most} patterns are compared. Remove some first.`,
    });
    return false;
  }
  for (const [source, change] of sources)
    entries = [...entries, entryOf(source, freeColour(entries), change)];
  setCompare({ entries });
  return true;
}

export function changeEntry(index: number, change: Partial<CompareEntry>): void {
  setCompare({
    entries: compare().entries.map((entry, i) => (i === index ? { ...entry, ...change } : entry)),
  });
}

/** The pair follows those that stay. */
export function removeEntry(index: number): void {
  const { entries, pair } = compare();
  const left = entries.filter((_, i) => i !== index);
  const moved = pair.map(i => Math.max(0, i > index ? i - 1 : Math.min(i, left.length - 1)));
  setCompare({ entries: left, pair: distinctPair([moved[0]!, moved[1]!], left.length) });
}

/** Exchanges an entry with its neighbour. */
export function moveEntry(index: number, by: 1 | -1): void {
  const { entries, pair } = compare();
  const to = index + by;
  if (to < 0 || to >= entries.length) return;
  const next = [...entries];
  [next[index], next[to]] = [next[to]!, next[index]!];
  const follow = (i: number): number => (i === index ? to : i === to ? index : i);
  setCompare({ entries: next, pair: [follow(pair[0]), follow(pair[1])] });
}

function distinctPair([first, second]: readonly [number, number], n: number): readonly [number, number] {
  if (first !== second || n < 2) return [first, second];
  return [first, first === 0 ? 1 : 0];
}

/** Shows two of them against each other: the only two that are visible, mirrored. */
export function openPair(first: number, second: number): void {
  const { entries } = compare();
  setCompare({
    pair: [first, second],
    arrangement: 'mirror',
    difference: true,
    entries: entries.map((entry, i) => (i === first || i === second ? { ...entry, visible: true } : entry)),
  });
}
