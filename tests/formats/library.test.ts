import { describe, expect, it } from 'vitest';
import { LIBRARY } from '../../src/crystal/library.ts';
import { readCif } from '../../src/formats/cif.ts';
import { writeCif } from '../../src/formats/writeCif.ts';
import { crystalJson } from '../../src/hosting/builtInCrystals.ts';
import entries from '../fixtures/structures.json' with { type: 'json' };
import { expectClose } from '../support/expectClose.ts';
import { libraryStructure, libraryText } from '../support/library.ts';

describe.each(LIBRARY.map(entry => [entry.id, entry] as const))('%s.cif', (id, entry) => {
  const expected = entries.find(candidate => candidate.id === id)!;

  it('reads back to the structure that it was written from', () => {
    const result = readCif(libraryText(id));
    if (!result.ok) throw new Error(result.message);
    const { value, warnings } = result;
    expect(warnings).toEqual([]);
    expect(value.cell).toEqual(expected.cell);
    expect(value.sites.map(site => site.element)).toEqual(expected.sites.map(site => site.element));
    expect(value.sites.map(site => site.occupancy)).toEqual(expected.sites.map(site => site.occupancy));
    // The fixtures round thirds to ten decimals; the files do not.
    const fract = value.sites.flatMap(site => site.fract);
    const listed = expected.sites.flatMap(site => site.fract);
    expectClose(fract, listed, { relative: 1e-15, absolute: 1e-10 }, 'fractional coordinates');
    expect(value.spaceGroup).toEqual({ symbol: expected.space_group, number: expected.number });
    expect(value.formula).toBe(expected.formula);
    expect(value.source).toBe(expected.source);
  });

  it('is served to the page as it is read, to the last bit', () => {
    expect(JSON.parse(crystalJson(entry.file))).toEqual(libraryStructure(id));
  });

  it('agrees with its entry in the library', () => {
    const { family, formula, spaceGroup } = libraryStructure(id);
    expect({ family, formula, spaceGroup }).toEqual({
      family: entry.family,
      formula: entry.formula,
      spaceGroup: { symbol: entry.spaceGroup, number: entry.number },
    });
  });

  it('comes back the same when written and read again', () => {
    const structure = libraryStructure(id);
    expect(readCif(writeCif(structure))).toEqual({ ok: true, value: structure, warnings: [] });
  });
});
