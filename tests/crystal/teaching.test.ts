import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CATALOGUE, entryName } from '../../src/crystal/catalogue.ts';
import { TEACHING } from '../../src/crystal/teaching.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { hklOf } from '../../src/diffraction/mergePeaks.ts';
import { METHODS } from '../../src/engine/methods/compare.ts';
import { readCif } from '../../src/formats/cif.ts';

const read = (file: string) => {
  const result = readCif(readFileSync(join(import.meta.dirname, '../../public/structures', file), 'utf8'));
  if (!result.ok) throw new Error(result.message);
  return result.value;
};

/** Atoms in the cell, and density in g/cm³ by pymatgen 2022.11 (SpacegroupAnalyzer finds the groups of the table). */
const PYMATGEN: Readonly<Record<string, readonly [atoms: number, density: number]>> = {
  sc: [1, 1.649],
  bcc: [2, 3.298],
  fcc: [4, 6.595],
  NaCl: [8, 2.163],
  KCl: [8, 1.987],
  rutile: [6, 4.273],
  anatase: [12, 3.893],
  cyclotomic: [4, 0.94],
};
const MASSES: Readonly<Record<string, number>> = {
  Cu: 63.546,
  Na: 22.98977,
  K: 39.0983,
  Cl: 35.453,
  Ti: 47.867,
  O: 15.9994,
};

describe('the crystals that are there to be compared', () => {
  it.each(TEACHING)('$name is read as the table says it is', entry => {
    const { sites, cell, spaceGroup, family } = read(entry.file);
    expect([spaceGroup.symbol, spaceGroup.number, family]).toEqual([
      entry.spaceGroup,
      entry.number,
      entry.family,
    ]);
    const [atoms, density] = PYMATGEN[entry.id]!;
    expect(sites).toHaveLength(atoms);
    const mass = sites.reduce((sum, site) => sum + MASSES[site.element]! * site.occupancy, 0);
    expect((1.66054 * mass) / (cell[0] * cell[1] * cell[2])).toBeCloseTo(density, 2);
  });

  it('no two built-in crystals share an identity or a name', () => {
    expect(new Set(CATALOGUE.map(entry => entry.id)).size).toBe(CATALOGUE.length);
    expect(new Set(CATALOGUE.map(entryName)).size).toBe(CATALOGUE.length);
  });

  it.each([
    ['sc', () => true],
    ['bcc', (h: number, k: number, l: number) => (h + k + l) % 2 === 0],
    ['fcc', (h: number, k: number, l: number) => (h - k) % 2 === 0 && (k - l) % 2 === 0],
  ] as const)('%s shows exactly the reflections of its centring', async (id, present) => {
    const { sites, cell } = read(`teaching/${id}.cif`);
    const { table } = await METHODS.simulate(null, { sites, cell, instrument: PAPER_INSTRUMENT });
    const seen = new Set(Array.from(table.twoTheta.keys(), row => hklOf(table, row).map(Math.abs).join(' ')));
    // 2θ ≤ 90° at 1.5406 Å and a = 4 Å: h² + k² + l² ≤ 13.48
    for (let h = 0; h < 4; h++)
      for (let k = 0; k < 4; k++)
        for (let l = 0; l < 4; l++) {
          const square = h * h + k * k + l * l;
          if (square > 0 && square <= 13)
            expect([h, k, l, seen.has(`${h} ${k} ${l}`)]).toEqual([h, k, l, present(h, k, l)]);
        }
  });
});
