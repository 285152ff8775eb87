import { describe, expect, it } from 'vitest';
import { DEFAULT_INPUTS } from '../../src/state/core/inputs.ts';
import { linkOf, readLink } from '../../src/state/core/permalink.ts';
import { SETTINGS } from '../../src/state/core/settings.ts';
import corpus from '../fixtures/links.json' with { type: 'json' };
import { changedLeaves } from '../support/changedLeaves.ts';

interface Entry {
  readonly link: string;
  /** Settings that differ from the defaults. */
  readonly changed: Readonly<Record<string, unknown>>;
  readonly refused?: readonly string[];
  /** The link of what was read; absent where it is `link`. */
  readonly again?: string;
}

const LINKS = corpus.links as unknown as readonly Entry[];
/** As JSON holds it: what is absent is not there. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** A refusal without the list of choices, which grows. */
const unlisted = (sentences: readonly string[]): string[] =>
  sentences.map(sentence => sentence.replace(/(is not one of ).*/, '$1…'));

describe('every link made before', () => {
  it('opens to the same inputs, is refused with the same sentences and is written again as it was', () => {
    const wrong = LINKS.flatMap(({ link, changed, refused: before = [], again = link }) => {
      const refused = unlisted(before);
      const read = readLink(link);
      const now = {
        changed: plain(changedLeaves(read.inputs, DEFAULT_INPUTS)),
        refused: unlisted(read.refused),
        again: linkOf(read.inputs),
      };
      return JSON.stringify(now) === JSON.stringify({ changed, refused, again })
        ? []
        : [{ link, now, before: { changed, refused, again } }];
    });
    expect(wrong).toEqual([]);
  });

  it('leaves out what had the same default', () => {
    expect(plain(DEFAULT_INPUTS)).toEqual(corpus.defaults);
  });

  it('sets every setting to something else than its default', () => {
    const changed = LINKS.flatMap(entry => (entry.refused ? [] : Object.keys(entry.changed)));
    expect(new Set(changed).size).toBe(SETTINGS.length);
  });
});
