import { describe, expect, it } from 'vitest';
import type { Structure } from '../../src/crystal/structure.ts';
import { readCif } from '../../src/formats/cif.ts';

const CELL = `_cell_length_a 5.64(2)
_cell_length_b 5.64
_cell_length_c 5.64
_cell_angle_alpha 90.
_cell_angle_beta 90
_cell_angle_gamma 90.00(3)
`;
const ATOMS = `loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
Na1 Na1+ 0 0 0
Cl1 Cl1- .5 5e-1 0.5(1)
`;

function read(text: string): { value: Structure; warnings: readonly string[] } {
  const result = readCif(text);
  if (!result.ok) throw new Error(`line ${result.line}: ${result.message}`);
  return result;
}

describe('reading CIF', () => {
  it('takes uncertainties in brackets off and reads every way to write a number', () => {
    const { value } = read(`data_x\n${CELL}${ATOMS}`);
    expect(value.cell).toEqual([5.64, 5.64, 5.64, 90, 90, 90]);
    expect(value.sites.map(site => site.fract)).toEqual([
      [0, 0, 0],
      [0.5, 0.5, 0.5],
    ]);
  });

  it('takes the element from the type symbol without its charge, else from the label and says so', () => {
    expect(read(`data_x\n${CELL}${ATOMS}`).value.sites.map(site => site.element)).toEqual(['Na', 'Cl']);
    const bare = ATOMS.replace('_atom_site_type_symbol\n', '').replace('Na1+ ', '').replace('Cl1- ', '');
    const { value, warnings } = read(`data_x\n${CELL}${bare}`);
    expect(value.sites.map(site => site.element)).toEqual(['Na', 'Cl']);
    expect(warnings).toContain('no _atom_site_type_symbol: elements are taken from the labels');
  });

  it('applies the listed operators, each atom of an orbit once', () => {
    const { value } = read(`data_x
_space_group_IT_number 221
${CELL}loop_
_symmetry_equiv_pos_as_xyz
'x, y, z'
'y, z, x'
'z, x, y'
'-x, -y, -z'
'-y, -z, -x'
'-z, -x, -y'
loop_
_atom_site_label
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
Sr 0.5 0.5 0.5
O1 0.1 0 0`);
    expect(value.sites.map(site => site.label)).toEqual(['Sr', ...[1, 2, 3, 4, 5, 6].map(n => `O1_${n}`)]);
    expect(value.family).toBe('cubic');
    expect(value.formula).toBe('SrO6');
  });

  it('reads comments, quotes, semicolon text, capitals in tags and any line ending', () => {
    const text = `# a comment
DATA_demo
_Chemical_Name_Common 'rock salt # no comment'
_publ_section_comment
;
line one
line "two" loop_
;
_chemical_formula_sum "Na Cl"
_journal_name_full 'it''s a trap'
${CELL.toUpperCase()}${ATOMS}`;
    const expected = read(text);
    expect(expected.value.name).toBe('rock salt # no comment');
    expect(expected.value.source).toBe('line one line "two" loop_');
    expect(expected.value.formula).toBe('NaCl');
    for (const ending of ['\r\n', '\r']) expect(read(text.replaceAll('\n', ending))).toEqual(expected);
  });

  it('an apostrophe inside a quoted word does not end it', () => {
    const { value } = read(`data_x\n_chemical_name_common 'Pauling's rule'\n${CELL}${ATOMS}`);
    expect(value.name).toBe("Pauling's rule");
  });

  it('values may follow on the line that closes semicolon text', () => {
    const { value } = read(
      `data_x\n_publ_section_comment\n;\nhere\n; _chemical_name_common salt\n${CELL}${ATOMS}`,
    );
    expect([value.source, value.name]).toEqual(['here', 'salt']);
  });

  it('"?" and "." are unknown and take the default; in quotes they are text', () => {
    const { value } = read(
      `data_x\n_chemical_formula_sum ?\n_chemical_name_common '?'\n${CELL}_space_group_IT_number .\n${ATOMS}`,
    );
    expect(value.formula).toBe('NaCl');
    expect(value.name).toBe('?');
    expect(value.spaceGroup.number).toBeNull();
  });

  it('an angle that is not given is a right angle, an occupancy that is not given is 1', () => {
    const { value } = read(`data_x\n${CELL.replace(/_cell_angle_beta.*\n/, '')}${ATOMS}`);
    expect(value.cell[4]).toBe(90);
    expect(value.sites.map(site => site.occupancy)).toEqual([1, 1]);
  });

  it('deuterium scatters X-rays as hydrogen', () => {
    const { value } = read(`data_x\n${CELL}${ATOMS.replace('Na1+', 'D')}`);
    expect(value.sites[0]?.element).toBe('H');
  });

  it('takes the first block with atoms', () => {
    const { value } = read(
      `data_global\n_journal_year 2026\ndata_two\n${CELL}${ATOMS}data_three\n${CELL}${ATOMS}`,
    );
    expect(value.name).toBe('two');
  });

  it('reads the tags of the newer dictionary', () => {
    const text = `data_x\n${CELL}${ATOMS}`
      .replaceAll('_cell_', '_cell.')
      .replaceAll('_atom_site_', '_atom_site.');
    expect(read(text).value.sites).toHaveLength(2);
  });

  it('without symmetry reads P 1 and says so', () => {
    const { value, warnings } = read(`data_x\n${CELL}${ATOMS}`);
    expect(warnings).toContain('no symmetry is given: read as P 1');
    expect(value.sites).toHaveLength(2);
  });
});
