import { describe, expect, it } from 'vitest';
import { LIBRARY } from '../../src/crystal/library.ts';
import type { Json } from '../../src/formats/boundedJson.ts';
import { compactStructure, readCompactStructure, settled } from '../../src/formats/compactStructure.ts';
import { libraryStructure } from '../support/library.ts';
import { fc } from '../support/seeded.ts';

const good = compactStructure(libraryStructure('SrTiO3')) as readonly Json[];
const changed = (index: number, value: Json): Json => good.map((entry, i) => (i === index ? value : entry));

describe('a structure in compact JSON', () => {
  it.each(LIBRARY.map(entry => entry.id))('%s reads back as it was, to twelve digits', id => {
    const structure = libraryStructure(id);
    const read = readCompactStructure(JSON.parse(JSON.stringify(compactStructure(structure))) as Json);
    expect(read).toEqual({ ok: true, value: settled(structure), warnings: [] });
  });

  it('is settled after one way: a second changes nothing', () => {
    const once = settled(libraryStructure('MoS2'));
    expect(settled(once)).toEqual(once);
  });

  it.each<[string, Json, string]>([
    ['no list', { a: 1 }, 'is not a list'],
    ['another version', changed(0, 2), 'has version 2, not 1'],
    ['a name that is none', changed(1, 7), 'is not a text'],
    ['a cell of five', changed(3, [1, 2, 3, 90, 90]), 'is not six numbers'],
    ['a cell that does not close', changed(3, [4, 4, 4, 150, 150, 150]), 'do not close into a cell'],
    ['a length below zero', changed(3, [-4, 4, 4, 90, 90, 90]), 'is not a cell length'],
    ['group 231', changed(5, 231), 'is not 1 to 230'],
    ['an unknown family', changed(6, 'quasicrystalline'), 'crystal family'],
    ['no atoms', changed(8, []), 'does not have 1 to'],
    ['an unknown element', changed(8, [['Xx', 0, 0, 0]]), 'atom 1 of the structure is not an element'],
    ['two coordinates', changed(8, [['Ti', 0, 0]]), 'has no three coordinates'],
    ['occupancy 2', changed(8, [['Ti', 0, 0, 0, 2]]), 'has no occupancy of 0 to 1'],
  ])('with %s is refused with the reason', (_, json, reason) => {
    const read = readCompactStructure(json);
    expect(read.ok ? '' : read.message).toContain(reason);
  });

  it('of anything else is refused, never an error', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), json => {
        expect(readCompactStructure(json as Json).ok).toBe(false);
      }),
    );
  });
});
