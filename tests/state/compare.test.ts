import { beforeEach, describe, expect, it } from 'vitest';
import { catalogueEntry } from '../../src/crystal/catalogue.ts';
import { fwhm } from '../../src/diffraction/caglioti.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import {
  addToCompare,
  changeEntry,
  moveEntry,
  openPair,
  removeEntry,
  setCompare,
} from '../../src/state/compare/compareActions.ts';
import { entryCell, entryInstrument, entryKey, entryNote } from '../../src/state/compare/compareEntry.ts';
import { COMPARE_SETS } from '../../src/state/compare/compareSets.ts';
import { COMPARE, entryOf } from '../../src/state/compare/compareSettings.ts';
import { linkOf, readLink } from '../../src/state/core/permalink.ts';
import { store } from '../../src/state/core/store.ts';
import { undo } from '../../src/state/core/undo.ts';
import { inputsNow, resetStore } from '../support/states.ts';

const sources = (): string[] => inputsNow().compare.entries.map(entry => entry.source);
const pair = () => inputsNow().compare.pair;

beforeEach(() => resetStore());

describe('the list of what is compared', () => {
  it('gives every new pattern the colour that is used least', () => {
    addToCompare([['NaCl'], ['KCl']]);
    expect(inputsNow().compare.entries.map(entry => entry.colour)).toEqual([0, 1, 2, 3, 4]);
  });

  it('refuses more than it has room for, and says so', () => {
    expect(addToCompare(Array.from({ length: COMPARE.entries.codec.most }, () => ['NaCl'] as const))).toBe(
      false,
    );
    expect(sources()).toEqual(['sc', 'bcc', 'fcc']);
    expect(store.getState().notices[0]?.text).toContain('At most 12 patterns');
  });

  it('keeps the pair on the patterns it was on when others leave or change places', () => {
    setCompare({ pair: [2, 1] });
    removeEntry(0);
    expect([sources(), pair()]).toEqual([
      ['bcc', 'fcc'],
      [1, 0],
    ]);
    moveEntry(0, 1);
    expect([sources(), pair()]).toEqual([
      ['fcc', 'bcc'],
      [0, 1],
    ]);
    removeEntry(1);
    expect(pair()).toEqual([0, 0]);
  });

  it('never pairs a pattern with itself while there is another', () => {
    setCompare({ pair: [1, 2] });
    removeEntry(2);
    expect(pair()).toEqual([1, 0]);
  });

  it('shows both of a pair that is opened, back to back, and undo takes it back', () => {
    changeEntry(2, { visible: false });
    openPair(2, 0);
    const { entries, arrangement } = inputsNow().compare;
    expect([pair(), arrangement, entries[2]?.visible]).toEqual([[2, 0], 'mirror', true]);
    undo();
    expect(inputsNow().compare.arrangement).toBe('offset');
  });
});

describe('an entry', () => {
  it('strains all lengths or one, by per cent, and leaves the angles', () => {
    const cell = [4, 5, 6, 90, 100, 90] as const;
    expect(entryCell(entryOf('NaCl', 0, { strain: 1 }), cell).map(v => Number(v.toFixed(9)))).toEqual([
      4.04, 5.05, 6.06, 90, 100, 90,
    ]);
    expect(entryCell(entryOf('NaCl', 0, { strain: -2, strained: 'c' }), cell)).toEqual([
      4, 5, 5.88, 90, 100, 90,
    ]);
  });

  it('with three times the width has peaks three times as broad at every angle', () => {
    const wide = entryInstrument(entryOf('NaCl', 0, { width: 3 }), PAPER_INSTRUMENT);
    for (const angle of [20, 45, 80])
      expect(fwhm(wide, angle)).toBeCloseTo(3 * fwhm(PAPER_INSTRUMENT, angle), 12);
  });

  it('is computed again only when the numbers of its pattern change', () => {
    const key = entryKey(entryOf('NaCl', 0), PAPER_INSTRUMENT);
    expect(entryKey(entryOf('NaCl', 5, { scale: 2, visible: false }), PAPER_INSTRUMENT)).toBe(key);
    expect(entryKey(entryOf('NaCl', 0, { wavelength: PAPER_INSTRUMENT.wavelength }), PAPER_INSTRUMENT)).toBe(
      key,
    );
    expect(entryKey(entryOf('NaCl', 0, { strain: 0.1 }), PAPER_INSTRUMENT)).not.toBe(key);
  });

  it('says what sets it apart from its source', () => {
    expect(entryNote(entryOf('NaCl', 0))).toBe('');
    expect(entryNote(entryOf('NaCl', 0, { strain: -1, strained: 'c', width: 2 }))).toBe(
      'c −\u202f1\u202f%, width × 2',
    );
  });
});

describe('a built-in set', () => {
  it.each(COMPARE_SETS)('$title: has crystals that exist, and a link that brings it back', ({ inputs }) => {
    for (const { source } of inputs.entries) expect(catalogueEntry(source)).toBeDefined();
    const whole = { ...inputsNow(), compare: inputs };
    expect(readLink(linkOf(whole))).toEqual({ inputs: whole, refused: [] });
  });
});

describe('the link of a comparison', () => {
  it('is short: only what differs from a plain crystal is said', () => {
    const entries = [entryOf('NaCl', 0), entryOf('NaCl', 1, { strain: 1, strained: 'c', visible: false })];
    expect(linkOf({ ...inputsNow(), compare: { ...inputsNow().compare, entries } })).toBe(
      'v=1&cmp=NaCl,NaCl~1~c~~~~1~0',
    );
  });

  it.each([
    ['cmp=unobtainium', 'has "unobtainium", which does not begin with the name of a crystal or pattern'],
    ['cmp=NaCl~50', 'has the strain "50", which is outside -20 to 20'],
    ['cmp=NaCl~1~c~1~1~1~1~1~1', 'has more than 8 parts'],
    ['pair=1', 'has 1 entries, not 2'],
  ])('%s is refused with the reason', (text, reason) => {
    const { inputs, refused } = readLink(`v=1&${text}`);
    expect(inputs.compare).toEqual(inputsNow().compare);
    expect(refused[0]).toContain(reason);
  });
});
