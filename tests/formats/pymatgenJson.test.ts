import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { LIBRARY } from '../../src/crystal/library.ts';
import { boundedJson } from '../../src/formats/boundedJson.ts';
import { type CrystalFile, readCrystalFile } from '../../src/formats/crystalFile.ts';
import { writePymatgenJson } from '../../src/formats/writePymatgenJson.ts';
import { expectClose } from '../support/expectClose.ts';
import { libraryStructure } from '../support/library.ts';

/** In the form of Structure.as_dict() of pymatgen 2022.11: hexagonal 3 × 5 Å, Al0.6Si0.3 with oxidation states, deuterium, oxygen. */
const DICT = {
  '@module': 'pymatgen.core.structure',
  '@class': 'Structure',
  charge: 0,
  lattice: {
    matrix: [
      [1.5, -2.598076211353316, 0.0],
      [1.5, 2.598076211353316, 0.0],
      [0.0, 0.0, 5.0],
    ],
    pbc: [true, true, true],
    a: 2.9999999999999996,
    b: 2.9999999999999996,
    c: 5.0,
    alpha: 90.0,
    beta: 90.0,
    gamma: 120.00000000000001,
    volume: 38.97114317029974,
  },
  sites: [
    {
      species: [
        { element: 'Al', oxidation_state: 3.0, occu: 0.6 },
        { element: 'Si', oxidation_state: 4.0, occu: 0.3 },
      ],
      abc: [0.0, 0.0, 0.0],
      xyz: [0.0, 0.0, 0.0],
      label: 'Al3+:0.600, Si4+:0.300',
      properties: {},
    },
    {
      species: [{ element: 'D', occu: 1 }],
      abc: [0.3333333333333333, 0.6666666666666666, 0.25],
      xyz: [1.5, 0.8660254037844385, 1.25],
      label: 'D',
      properties: {},
    },
    {
      species: [{ element: 'O', oxidation_state: -2.0, occu: 1 }],
      abc: [0.1, 0.2, 0.3],
      xyz: [0.45, 0.26, 1.5],
      label: 'O2-',
      properties: {},
    },
  ],
};

const readText = (text: string): CrystalFile => {
  const result = readCrystalFile('a.json', strToU8(text));
  if (!result.ok) throw new Error(result.message);
  return result.value;
};
const failure = (value: unknown): { message: string } => {
  const result = readCrystalFile(
    'a.json',
    strToU8(typeof value === 'string' ? value : JSON.stringify(value)),
  );
  if (result.ok) throw new Error('was read');
  return { message: result.message };
};
const changed = (path: readonly (string | number)[], value: unknown): unknown => {
  const copy = structuredClone(DICT) as Record<string, unknown>;
  let at = copy as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string | number, unknown>;
  at[path.at(-1)!] = value;
  return copy;
};

describe('pymatgen JSON', () => {
  it('gives lattice, species, occupancies and positions', () => {
    const { format, blocks } = readText(JSON.stringify(DICT));
    expect(format).toBe('pymatgen-json');
    const { structure, assumptions } = blocks[0]!;
    expectClose(structure.cell, [3, 3, 5, 90, 90, 120], { relative: 1e-12, absolute: 0 }, 'cell');
    expect(structure.sites.map(site => [site.element, site.occupancy])).toEqual([
      ['Al', 0.6],
      ['Si', 0.3],
      ['H', 1],
      ['O', 1],
    ]);
    expect(structure.sites[1]!.fract).toEqual([0, 0, 0]);
    expect(structure.family).toBe('hexagonal');
    expect(assumptions.join()).toContain('deuterium');
  });

  it('takes the lattice from its six parameters where there is no matrix', () => {
    const { structure } = readText(JSON.stringify(changed(['lattice', 'matrix'], undefined))).blocks[0]!;
    expectClose(structure.cell, [3, 3, 5, 90, 90, 120], { relative: 1e-12, absolute: 0 }, 'cell');
  });

  it('is found in lists, entries and documents of the Materials Project', () => {
    expect(readText(JSON.stringify([DICT, DICT])).blocks).toHaveLength(2);
    expect(readText(JSON.stringify({ entry_id: 'mp-1', structure: DICT })).blocks[0]!.label).toBe('mp-1');
    expect(
      readText(JSON.stringify({ data: [{ material_id: 'mp-149', structure: DICT }] })).blocks[0]!.label,
    ).toBe('mp-149');
  });

  it.each([
    [['@class'], 'Molecule', '"@class" is Molecule, not Structure: it has no cell'],
    [['lattice', 'matrix'], [[1, 2, 3]], '"lattice.matrix" is not three rows of three numbers'],
    [['lattice', 'matrix', 0, 0], '1.5', '"lattice.matrix" is not three rows of three numbers'],
    [['lattice'], {}, '"lattice" has neither a matrix nor a, b, c, alpha, beta, gamma'],
    [['lattice', 'matrix', 2], [1.5, -2.598076211353316, 0], '"lattice": beta = 0° is not a cell angle'],
    [['sites'], [], '"sites" is not a list of atoms'],
    [['sites', 1, 'abc'], [0, 0], '"sites[1].abc" is not three numbers'],
    [['sites', 1, 'abc', 0], null, '"sites[1].abc" is not three numbers'],
    [['sites', 2, 'species'], 'O', '"sites[2].species" is not a list of species'],
    [['sites', 2, 'species', 0, 'element'], 'Qx', '"sites[2].species[0].element": "Qx" is not an element'],
    [['sites', 2, 'species', 0, 'element'], 8, '"sites[2].species[0].element" is missing'],
    [['sites', 2, 'species', 0, 'occu'], 2, '"sites[2].species[0].occu" is not an occupancy from 0 to 1'],
  ] as const)('%j = %j is refused with the field', (path, value, message) => {
    expect(failure(changed(path, value)).message).toContain(message);
  });

  it('other JSON, and text that is none, is refused', () => {
    expect(failure({ hello: 'world' }).message).toBe(
      'the JSON holds no pymatgen structure (an object with "lattice" and "sites")',
    );
    expect(failure('[1, 2').message).toContain('the JSON cannot be read');
  });

  it('written, reads back the same', () => {
    for (const { id } of LIBRARY) {
      const structure = libraryStructure(id);
      const { structure: back } = readText(writePymatgenJson(structure)).blocks[0]!;
      expectClose(back.cell, structure.cell, { relative: 1e-12, absolute: 0 }, id);
      const key = (site: { element: string; occupancy: number; fract: readonly number[] }): string =>
        `${site.element} ${site.occupancy} ${site.fract.join()}`;
      expect(back.sites.map(key).sort()).toEqual(structure.sites.map(key).sort());
    }
  });
});

describe('JSON from a user', () => {
  it('is bounded in depth before it is parsed', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(boundedJson(deep)).toEqual({
      ok: false,
      message: 'the JSON is nested more than 60 deep',
      line: 1,
    });
    expect(boundedJson(`{"a": "${'['.repeat(1000)}\\""}`)).toMatchObject({ ok: true });
  });

  it('may hold no name that reaches a prototype', () => {
    for (const name of ['__proto__', 'constructor', 'prototype'])
      expect(boundedJson(`{"a": [{"${name}": {"polluted": 1}}]}`)).toMatchObject({
        ok: false,
        message: `the JSON has a field called "${name}", which is not allowed`,
      });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
