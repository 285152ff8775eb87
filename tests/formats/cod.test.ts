import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { elementData } from '../../src/crystal/elements.ts';
import { readCrystalFile } from '../../src/formats/crystalFile.ts';

interface Reading {
  readonly atoms: number;
  readonly charge: number;
}
interface Row {
  readonly file: string;
  readonly blocks: readonly (Reading & {
    readonly name: string;
    readonly cell: readonly number[];
    readonly operators: Reading | null;
  })[];
}
const folder = join(import.meta.dirname, '../fixtures/cif');
const rows = readFileSync(join(folder, 'gemmi.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as Row);

/** Files of which gemmi's numbers are not what the file means, and why. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'cod-1010490.cif': 'gemmi counts a dummy hydrogen that the file gives no place',
  'cod-1010563.cif': 'no atom has coordinates',
  'cod-2101182.cif': 'gemmi does not know the symbol "R 3 c {rhombohedral axes}" and reads P 1',
  'cod-7008984.cif': 'the listed operators lack the centring, gemmi follows the symbol as we do',
  'cod-9008122.cif': 'gemmi finds no element in the label "Wat5"',
};

describe('files of the Crystallography Open Database', () => {
  it.each(rows.filter(row => !OTHERWISE[row.file]).map(row => [row.file, row] as const))(
    '%s agrees with gemmi',
    (file, row) => {
      const result = readCrystalFile(file, new Uint8Array(readFileSync(join(folder, file))));
      if (!result.ok) throw new Error(result.message);
      const { structure } = result.value.blocks[0]!;
      const block = row.blocks[0]!;
      const reading = block.operators ?? block;
      expect(structure.cell).toEqual(block.cell);
      expect(structure.sites).toHaveLength(reading.atoms);
      const charge = structure.sites.reduce(
        (sum, { element, occupancy }) => sum + occupancy * elementData(element).z,
        0,
      );
      expect(charge).toBeCloseTo(reading.charge, 6);
    },
  );

  const structureOf = (file: string) => {
    const result = readCrystalFile(file, new Uint8Array(readFileSync(join(folder, file))));
    if (!result.ok) throw new Error(result.message);
    return result.value.blocks[0]!;
  };

  it('ammonia of 1930 is read without its hydrogen atoms, which have no place', () => {
    const { structure, assumptions } = structureOf('cod-1010490.cif');
    expect(structure.sites.map(site => site.element)).toEqual(['N', 'N', 'N', 'N']);
    expect(assumptions).toContain('points that are no atoms are left out: H1');
  });

  it('aluminium chloride without coordinates is refused for that reason', () => {
    const result = readCrystalFile(
      'cod-1010563.cif',
      new Uint8Array(readFileSync(join(folder, 'cod-1010563.cif'))),
    );
    expect(result).toMatchObject({ ok: false, message: 'no atom of the list has coordinates', line: 43 });
  });

  it('lithium niobate, named in rhombohedral axes and given in hexagonal ones, has 30 atoms', () => {
    expect(structureOf('cod-2101182.cif').structure.sites).toHaveLength(30);
  });

  it('a list of operators without its centring is completed by the symbol, as gemmi does', () => {
    const { structure, assumptions } = structureOf('cod-7008984.cif');
    expect(structure.sites).toHaveLength(rows.find(row => row.file === 'cod-7008984.cif')!.blocks[0]!.atoms);
    expect(assumptions.join('\n')).toContain('the symbol is followed');
  });

  it('hemimorphite has the oxygen atoms of its water', () => {
    const { structure, assumptions } = structureOf('cod-9008122.cif');
    expect(structure.sites.filter(site => site.element === 'O')).toHaveLength(20);
    expect(assumptions.join('\n')).toContain('"Wat5" is read as the oxygen atom of water');
  });
});
