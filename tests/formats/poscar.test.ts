import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Structure } from '../../src/crystal/structure.ts';
import { readCrystalFile } from '../../src/formats/crystalFile.ts';
import { readPoscar } from '../../src/formats/poscar.ts';
import { writePoscar } from '../../src/formats/writePoscar.ts';
import { expectClose } from '../support/expectClose.ts';
import { libraryStructure } from '../support/library.ts';

const VASP5 = `cubic BN
 3.57
 0.0 0.5 0.5
 0.5 0.0 0.5
 0.5 0.5 0.0
 B N
 1 1
Direct
 0.00 0.00 0.00
 0.25 0.25 0.25
`;
const read = (text: string): { value: Structure; warnings: readonly string[] } => {
  const result = readPoscar(text);
  if (!result.ok) throw new Error(`line ${result.line}: ${result.message}`);
  return result;
};
const failure = (text: string): { message: string; line: number | undefined } => {
  const result = readPoscar(text);
  if (result.ok) throw new Error('was read');
  return { message: result.message, line: result.line };
};

describe('POSCAR', () => {
  it('of VASP 5: scale, lattice, species, direct coordinates', () => {
    const { value } = read(VASP5);
    // Primitive cell of a face-centred lattice: a/√2 and 60°.
    expectClose(
      value.cell,
      [3.57 / Math.SQRT2, 3.57 / Math.SQRT2, 3.57 / Math.SQRT2, 60, 60, 60],
      { relative: 1e-12, absolute: 0 },
      'cell',
    );
    expect(value.sites.map(site => [site.element, ...site.fract])).toEqual([
      ['B', 0, 0, 0],
      ['N', 0.25, 0.25, 0.25],
    ]);
    expect(value.name).toBe('cubic BN');
  });

  it('of VASP 4 takes the species from the comment, else says what to do', () => {
    const { value, warnings } = read(VASP5.replace(' B N\n', '').replace('cubic BN', 'B N cubic'));
    expect(value.sites.map(site => site.element)).toEqual(['B', 'N']);
    expect(warnings.join()).toContain('B, N are taken from the comment');
    expect(failure(VASP5.replace(' B N\n', ''))).toEqual({
      message:
        'the file (VASP 4) names no species, and its comment does not either: write the element symbols into the first line',
      line: 6,
    });
  });

  it('a negative scale is the volume, three scales stretch the axes', () => {
    const { value } = read(VASP5.replace('3.57', '-22.5'));
    const [a] = value.cell;
    expect(a ** 3 / Math.SQRT2).toBeCloseTo(22.5, 9);
    const box = read('O\n2 3 4\n1 0 0\n0 1 0\n0 0 1\nO\n1\nCartesian\n0.5 0.5 0.5\n').value;
    expect(box.cell).toEqual([2, 3, 4, 90, 90, 90]);
    expectClose(box.sites[0]!.fract, [0.5, 0.5, 0.5], { relative: 1e-12, absolute: 0 }, 'scaled Cartesian');
  });

  it('Cartesian coordinates and selective dynamics', () => {
    const text = VASP5.replace(
      'Direct\n 0.00 0.00 0.00\n 0.25 0.25 0.25',
      'Selective dynamics\nCartesian\n 0 0 0 T T F\n 0.25 0.25 0.25 F F F',
    );
    expectClose(
      read(text).value.sites[1]!.fract,
      [0.25, 0.25, 0.25],
      { relative: 1e-12, absolute: 0 },
      'fract',
    );
  });

  it('velocities are not used, names of potentials give their element, Fortran exponents are read', () => {
    const text = `${VASP5.replace(' B N\n', ' Fe_pv N/abc\n').replace('0.25 0.25 0.25', '2.5D-01 0.25 0.25')}\n 0 0 0\n 0 0 0\n`;
    const { value, warnings } = read(text);
    expect(value.sites.map(site => site.element)).toEqual(['Fe', 'N']);
    expect(value.sites[1]!.fract[0]).toBe(0.25);
    expect(warnings).toContain('what follows the positions (velocities) is not used');
  });

  it.each([
    ['3.57', 'large', 'the scale "large" is not one number or three', 2],
    [' 0.5 0.0 0.5', ' 0.5 0.0', 'lattice vector 2 "0.5 0.0" is not three numbers', 4],
    [' 0.5 0.5 0.0', ' 0.0 0.5 0.5', 'lattice vectors: beta = 0° is not a cell angle', 5],
    [' 1 1', ' 1 one', 'the counts "1 one" are not whole numbers', 7],
    [' 1 1', ' 1', '2 species stand against 1 counts', 7],
    [' 1 1', ' 1 9', 'the file ends after 2 of 10 positions', 11],
    [' B N', ' B Xy', 'species "Xy" is not an element', 6],
    ['Direct', 'Somehow', 'the position of atom', 10],
    ['Direct', 'Odd', '"Odd" is neither Direct nor Cartesian', 8],
    ['0.25 0.25 0.25', '0.25 0.25 x', 'the position of atom 2 "0.25 0.25 x" is not three numbers', 10],
    [' 1 1', ' 99999 1', '100000 atoms are not between 1 and 20000', 7],
  ])('%s → %s is refused with line and reason', (from, to, message, line) => {
    const found = failure(VASP5.replace(from, to));
    if (to === 'Somehow') expect(found.message).toMatch(/neither Direct nor Cartesian|position of atom/);
    else {
      expect(found.message).toContain(message);
      expect(found.line).toBe(line);
    }
  });

  it('written, read back the same; partial occupancy is refused', () => {
    for (const id of ['MoS2', 'Ga2O3', 'U2Ti']) {
      const structure = libraryStructure(id);
      const written = writePoscar(structure);
      if (!written.ok) throw new Error(written.message);
      const back = readCrystalFile('POSCAR', strToU8(written.value));
      if (!back.ok) throw new Error(back.message);
      const { cell, sites } = back.value.blocks[0]!.structure;
      expectClose(cell, structure.cell, { relative: 1e-12, absolute: 0 }, 'cell');
      const key = (site: { element: string; fract: readonly number[] }): string =>
        `${site.element} ${site.fract.join()}`;
      expect(sites.map(key).sort()).toEqual(structure.sites.map(key).sort());
    }
    const half = {
      ...libraryStructure('MoS2'),
      sites: [{ label: 'X', element: 'O', fract: [0, 0, 0] as const, occupancy: 0.5 }],
    };
    expect(writePoscar(half)).toMatchObject({
      ok: false,
      message: 'POSCAR has no partial occupancy, and X has 0.5: take CIF or JSON',
    });
  });

  it('is told from other files by its content or its name', () => {
    const formatOf = (name: string, text: string): string => {
      const result = readCrystalFile(name, strToU8(text));
      return result.ok ? result.value.format : result.message;
    };
    expect(formatOf('dropped.txt', VASP5)).toBe('poscar');
    expect(formatOf('CONTCAR', VASP5)).toBe('poscar');
    expect(formatOf('notes.txt', 'dear diary\nnothing\n')).toBe(
      'notes.txt is neither CIF, POSCAR nor pymatgen JSON: its first line is "dear diary"',
    );
  });
});
