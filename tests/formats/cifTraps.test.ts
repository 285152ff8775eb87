import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Structure } from '../../src/crystal/structure.ts';
import { type CrystalFile, readCrystalFile } from '../../src/formats/crystalFile.ts';
import { writeCif } from '../../src/formats/writeCif.ts';

/** Hand-written cases, one a trap. Numbers of atoms are the multiplicities of International Tables A. */
const CUBIC =
  '_cell_length_a 4\n_cell_length_b 4\n_cell_length_c 4\n_cell_angle_alpha 90\n_cell_angle_beta 90\n_cell_angle_gamma 90\n';
const cell = (text: string): string => {
  const names = ['length_a', 'length_b', 'length_c', 'angle_alpha', 'angle_beta', 'angle_gamma'];
  return `${text
    .split(' ')
    .map((value, i) => `_cell_${names[i]} ${value}`)
    .join('\n')}\n`;
};
const HEAD =
  'loop_\n_atom_site_label\n_atom_site_type_symbol\n_atom_site_fract_x\n_atom_site_fract_y\n_atom_site_fract_z\n';
const OPERATORS = (list: readonly string[], tag = '_symmetry_equiv_pos_as_xyz'): string =>
  `loop_\n${tag}\n${list.join('\n')}\n`;

function file(text: string): { value: CrystalFile; warnings: readonly string[] } {
  const result = readCrystalFile('a.cif', strToU8(text));
  if (!result.ok) throw new Error(`line ${result.line}: ${result.message}`);
  return result;
}
const read = (text: string): { structure: Structure; assumptions: readonly string[] } =>
  file(text).value.blocks[0]!;
const refusal = (text: string): { message: string; line?: number | undefined } => {
  const result = readCrystalFile('a.cif', strToU8(text));
  if (result.ok) throw new Error('was read');
  const { ok: _, ...rest } = result;
  return rest;
};
const atoms = (text: string): number => read(text).structure.sites.length;

describe('symmetry operators', () => {
  it.each([
    ["'x,y,z'", "'-x,-y,z'", "'x-y,x,z'"],
    ['x,y,z', '-x,-y,z', 'x-y,x,z'],
    ['"X, Y, Z"', '"-X, -Y, Z"', '"X-Y, X, Z"'],
    ["' +x , +y , +z '", "' 0-x , -y+0 , z '", "'-y+x, x, z'"],
    ["'x,y,z'", "'-x,-y,1.0*z'", "'x-y,+1*x,z'"],
  ])('are read as %s', (...list) => {
    const text = `data_a\n${cell('3 3 5 90 90 120')}${OPERATORS(list)}${HEAD}O1 O 0.1 0.25 0.3\n`;
    const { structure } = read(text);
    expect(structure.sites.map(site => site.fract.map(value => Math.round(value * 1e9) / 1e9))).toEqual([
      [0.1, 0.25, 0.3],
      [0.9, 0.75, 0.3],
      [0.85, 0.1, 0.3],
    ]);
  });

  it('have their shift before, behind, as fraction or as decimal', () => {
    for (const shifted of [
      '1/2+x,y,z',
      'x+1/2,y,z',
      '.5+x,y,z',
      'x+0.5,y,z',
      '+1/2+x,y,z',
      'x-1/2,y,z',
      '3/2+x,y,z',
    ])
      expect(
        read(`data_a\n${CUBIC}${OPERATORS(['x,y,z', shifted])}${HEAD}O1 O 0.25 0 0\n`).structure.sites[1]!
          .fract,
      ).toEqual([0.75, 0, 0]);
    const { structure, assumptions } = read(
      `data_a\n${cell('3 3 5 90 90 120')}${OPERATORS(['x,y,z', '-y,x-y,z+0.3333', '-x+y,-x,z+.6667'])}${HEAD}O1 O 0.1 0.2 0\n`,
    );
    expect(structure.sites[1]!.fract[2]).toBe(1 / 3);
    expect(assumptions).toContain(
      'translations written as decimals (0.3333) are taken as the fractions they stand for',
    );
  });

  it.each([
    'x y z',
    "'x,y'",
    "'x,y,z,t'",
    "'x,,z'",
    "'x,y,z+'",
    "'x,y,2z'",
    "'x,y,y'",
    "'x,y,z+1/0'",
    'x,y,w',
    "'x,y,zz+'",
  ])('%s is an error that names line and tag', bad => {
    const { message, line } = refusal(`data_a\n${CUBIC}${OPERATORS([bad])}${HEAD}O1 O 0 0 0\n`);
    // Bare blanks part values, so "x y z" is three operators, the first of which cannot be read.
    expect(message).toContain(bad === 'x y z' ? 'symmetry operator "x" cannot be read' : 'cannot be read');
    expect(line).toBe(10);
  });

  it.each([
    '_symmetry_equiv_pos_as_xyz',
    '_space_group_symop_operation_xyz',
    '_space_group_symop.operation_xyz',
    '_Symmetry_Equiv_Pos_As_XYZ',
  ])('are found under %s, also beside an id', tag => {
    const text = `data_a\n${CUBIC}loop_\n_symmetry_equiv_pos_site_id\n${tag}\n1 x,y,z\n2 -x,-y,-z\n${HEAD}O1 O 0.1 0 0\n`;
    expect(atoms(text)).toBe(2);
  });

  it('that are not those of the named group are followed, and the file is told', () => {
    const text = `data_a\n_symmetry_Int_Tables_number 225\n${CUBIC}${OPERATORS(['x,y,z', '-x,-y,-z'])}${HEAD}O1 O 0.1 0 0\n`;
    const { structure, assumptions } = read(text);
    expect(structure.spaceGroup.number).toBe(2);
    expect(assumptions.join('\n')).toContain('the operators are those of P -1 (2), the file names group 225');
  });

  it('with gaps give way to the named group where that alone makes the formula', () => {
    const text = `data_a\n_symmetry_space_group_name_H-M 'F m -3 m'\n_chemical_formula_sum 'Cl Na'\n_cell_formula_units_Z 4\n${CUBIC}${OPERATORS(['x,y,z', '-x,-y,-z'])}${HEAD}Na Na 0 0 0\nCl Cl .5 .5 .5\n`;
    const { structure, assumptions } = read(text);
    expect(structure.sites).toHaveLength(8);
    expect(assumptions.join('\n')).toContain('do not make the atoms of the formula, those of F m -3 m do');
  });
});

describe('a group that is only named', () => {
  const named = (line: string, metric = cell('20 20 20 90 90 90'), site = '0.1 0.23 0.34'): string =>
    `data_a\n${line}\n${metric}${HEAD}O1 O ${site}\n`;

  it.each([
    ["_symmetry_space_group_name_H-M 'F m -3 m'", 192],
    ['_symmetry_space_group_name_H-M Fm-3m', 192],
    ["_symmetry_space_group_name_H-M 'F M 3 M'", 192],
    ["_space_group_name_H-M_alt 'P m -3 m'", 48],
    ["_space_group.name_H-M_alt 'P m -3 m'", 48],
    ["_space_group_name_H-M_full 'P 4/m -3 2/m'", 48],
    ["_space_group_name_Hall '-F 4 2 3'", 192],
    ["_space_group_name_Hall '-f_4_2_3'", 192],
    ['_space_group_IT_number 221', 48],
    ['_symmetry_Int_Tables_number 221', 48],
    ["_symmetry_space_group_name_H-M 'P n n n :2'", 8],
    ["_symmetry_space_group_name_H-M 'P n n n Z'", 8],
    ["_symmetry_space_group_name_H-M 'F d -3 m (origin choice 2)'", 192],
    ["_symmetry_space_group_name_H-M 'C m c e'", 16],
    ["_symmetry_space_group_name_H-M 'C m c a'", 16],
    ["_symmetry_space_group_name_H-M 'P 21/c'", 4],
    ["_symmetry_space_group_name_H-M 'P 1 1 21/b'", 4],
    ["_symmetry_space_group_name_H-M 'P b n m'", 8],
  ] as const)('%s: %i positions', (line, count) => {
    expect(atoms(named(line))).toBe(count);
  });

  it('rhombohedral settings go by the extension, else by the angles of the cell', () => {
    const hexagonal = cell('15 15 39 90 90 120');
    const rhombohedral = cell('15 15 15 60 60 60');
    const of = (symbol: string, metric: string): number =>
      atoms(named(`_symmetry_space_group_name_H-M '${symbol}'`, metric));
    expect(of('R -3 m', hexagonal)).toBe(36);
    expect(of('R -3 m', rhombohedral)).toBe(12);
    expect(of('R -3 m :H', hexagonal)).toBe(36);
    expect(of('R -3 m H', hexagonal)).toBe(36);
    expect(of('R -3 m R', rhombohedral)).toBe(12);
    expect(of('R -3 m:r', rhombohedral)).toBe(12);
    expect(of('H -3 m', hexagonal)).toBe(36);
    expect(of('R -3 m {rhombohedral axes}', hexagonal)).toBe(36);
  });

  it('by number alone takes the monoclinic axis from the cell', () => {
    const { structure } = read(named('_space_group_IT_number 3', cell('4 5 6 90 90 100')));
    expect(structure.sites[1]!.fract.map(value => Math.round(10 * value))).toEqual([9, 8, 3]);
  });

  it('with two origins takes the one that makes the formula, else choice 1, and says which', () => {
    const diamond = (site: string, extra = ''): string =>
      named(`_symmetry_space_group_name_H-M 'F d -3 m'\n${extra}`, CUBIC, site);
    const formula = '_chemical_formula_sum O\n_cell_formula_units_Z 8';
    expect(atoms(diamond('0 0 0', formula))).toBe(8);
    const second = read(diamond('.125 .125 .125', formula));
    expect(second.structure.sites).toHaveLength(8);
    expect(second.assumptions.join('\n')).toContain('origin choice 2, which gives the formula');
    const general = named(
      "_symmetry_space_group_name_H-M 'F d -3 m'",
      cell('40 40 40 90 90 90'),
      '.1 .23 .37',
    );
    expect(read(general).assumptions.join('\n')).toContain('origin choice 1 assumed');
  });

  it('every assumption is told', () => {
    expect(read(named('_space_group_IT_number 221')).assumptions).toContain(
      'no symmetry operators are listed: those of P m -3 m are taken from the number 221',
    );
  });

  it('and not known, or not to be had, is refused, never read as P 1', () => {
    expect(refusal(named("_symmetry_space_group_name_H-M 'Q m m m'"))).toEqual({
      message:
        'space group "Q m m m" is not a known Hermann–Mauguin symbol, and neither operators nor a number are given',
      line: 2,
    });
    expect(refusal(named("_space_group_name_Hall 'X 9'")).message).toContain('space group X 9 is named');
    expect(refusal(named('_space_group_IT_number 231'))).toMatchObject({
      line: 2,
      message: '_space_group_IT_number: 231 is outside 1–230',
    });
  });

  it('number 0 and "?" say nothing', () => {
    expect(read(named('_space_group_IT_number 0\n_symmetry_space_group_name_H-M ?')).assumptions).toContain(
      'no symmetry is given: read as P 1',
    );
  });
});

describe('atoms', () => {
  const block = (rows: string, before = '', metric = CUBIC): string =>
    `data_a\n${before}${metric}${HEAD}${rows}`;

  it('ions, deuterium and long type symbols give their element', () => {
    const { structure, assumptions } = read(
      block(
        'A Na1+ 0 0 0\nB O2- .1 0 0\nC Fe3+ .2 0 0\nD D .3 0 0\nE Cval .4 0 0\nF Cl- .5 0 0\nG CA .6 0 0\n',
      ),
    );
    expect(structure.sites.map(site => site.element)).toEqual(['Na', 'O', 'Fe', 'H', 'C', 'Cl', 'Ca']);
    expect(assumptions).toContain('deuterium (D) scatters X-rays as hydrogen and is read as H');
    expect(assumptions).toContain('"Cval" is read as C');
  });

  it('labels alone give the element, the formula deciding where two are possible', () => {
    const labels = (names: readonly string[], formula = ''): string[] =>
      read(
        `data_a\n${formula}${CUBIC}${HEAD.replace('_atom_site_type_symbol\n', '')}${names.map((name, i) => `${name} 0.${i} 0 0`).join('\n')}\n`,
      ).structure.sites.map(site => site.element);
    expect(labels(['Na1', 'O2-', 'OW1', 'Wat5', 'H2O', 'Si(1)', 'D3', 'SIB'])).toEqual([
      'Na',
      'O',
      'O',
      'O',
      'O',
      'Si',
      'H',
      'Si',
    ]);
    expect(labels(['CA1', 'CO2'])).toEqual(['Ca', 'Co']);
    expect(labels(['CA1', 'CO2'], "_chemical_formula_sum 'C2 H6 O'\n")).toEqual(['C', 'C']);
  });

  it('mixed and partial occupancies are kept, above 1 too as far as refinements go', () => {
    const text = `data_a\n${CUBIC}${HEAD}_atom_site_occupancy\nAl Al 0 0 0 0.6(1)\nSi Si 0 0 0 .4\nO O .5 .5 .5 1.02(2)\nN N .2 0 0 .\nF F .3 0 0 0\n`;
    const { structure, assumptions } = read(text);
    expect(structure.sites.map(site => site.occupancy)).toEqual([0.6, 0.4, 1.02, 1]);
    expect(assumptions).toContain('occupancy 1.02 of O is above 1 and kept as it is given');
    expect(assumptions).toContain('atoms of occupancy 0 are left out: F');
  });

  it('on special positions count once, and rounded thirds are put in place', () => {
    const operators = OPERATORS(['x,y,z', '-y,x-y,z', '-x+y,-x,z', '-x,-y,-z', 'y,-x+y,-z', 'x-y,x,-z']);
    const { structure, assumptions } = read(
      block('B B 0.3333 0.6667 0\nN N 0 0 .25\n', operators, cell('2.5 2.5 6.7 90 90 120')),
    );
    expect(structure.sites.map(site => site.fract.map(value => Math.round(value * 1e9) / 1e9))).toEqual([
      [0.333333333, 0.666666667, 0],
      [0.666666667, 0.333333333, 0],
      [0, 0, 0.25],
      [0, 0, 0.75],
    ]);
    expect(assumptions.join('\n')).toContain(
      'rounded coordinates (0.3333 for 1/3) are put on the special position',
    );
  });

  it('beside a special position, closer than 0.4 Å, count as one and stay where they are', () => {
    const near = read(block('O O 0.04 0 0\n', OPERATORS(['x,y,z', '-x,-y,-z'])));
    expect(near.structure.sites.map(site => site.fract)).toEqual([[0.04, 0, 0]]);
    expect(near.assumptions.join('\n')).toContain('images of one atom closer than 0.4 Å count as one atom');
    expect(atoms(block('O O 0.06 0 0\n', OPERATORS(['x,y,z', '-x,-y,-z'])))).toBe(2);
  });

  it('without coordinates, and points that are no atoms, are left out and named', () => {
    const { structure, assumptions } = read(
      block('O1 O 0 0 0\nH1 H ? ? ?\nH2 H . . .\nX1 X .5 .5 .5\nCg1 Cg .1 .1 .1\n'),
    );
    expect(structure.sites).toHaveLength(1);
    expect(assumptions).toContain('atoms without coordinates are left out: H1, H2');
    expect(assumptions).toContain('points that are no atoms are left out: X1, Cg1');
    const flagged = `data_a\n${CUBIC}${HEAD}_atom_site_calc_flag\nO1 O 0 0 0 d\nH1 H -1 -1 -1 dum\nH2 H .1 .1 .1 calc\n`;
    expect(read(flagged).structure.sites.map(site => site.label)).toEqual(['O1', 'H2']);
    expect(refusal(block('O1 O ? ? ?\n')).message).toBe('no atom of the list has coordinates');
  });

  it('displacements, attached hydrogens and disorder get a note', () => {
    const text = `data_a\n${CUBIC}${HEAD}_atom_site_U_iso_or_equiv\n_atom_site_attached_hydrogens\n_atom_site_disorder_group\nO1 O 0 0 0 0.01(1) 2 1\n`;
    expect(read(text).assumptions.join('\n')).toMatch(
      /displacement parameters[\s\S]*only counted[\s\S]*alternatives of disordered groups/,
    );
  });

  it('in Cartesian coordinates are put into the usual frame', () => {
    const text = block('O1 O 2 1 3\n', '', cell('4 4 6 90 90 120')).replaceAll('_fract_', '_Cartn_');
    const { structure, assumptions } = read(text);
    // b = (−2, 2√3, 0): y = 1 is v = 1/(2√3), x = 2 is u = (2 + 2v)/4.
    const v = 1 / (2 * Math.sqrt(3));
    expect(structure.sites[0]!.fract[0]).toBeCloseTo((2 + 2 * v) / 4, 12);
    expect(structure.sites[0]!.fract[1]).toBeCloseTo(v, 12);
    expect(structure.sites[0]!.fract[2]).toBeCloseTo(0.5, 12);
    expect(assumptions.join('\n')).toContain('only Cartesian coordinates are given');
  });

  it('that do not add up to formula and Z get a note', () => {
    const text = block('O O 0 0 0\n', "_chemical_formula_sum 'O Ti'\n_cell_formula_units_Z 1\n");
    expect(read(text).assumptions.join('\n')).toContain(
      'the atoms of the cell are not those of formula × Z: Ti 0 instead of Ti 1',
    );
  });

  it('that add up to the formula of the whole cell, as pymatgen writes it beside Z, get none', () => {
    const text = block('O O 0 0 0\nO O .5 .5 .5\n', '_chemical_formula_sum O2\n_cell_formula_units_Z 2\n');
    expect(read(text).assumptions.join('\n')).not.toContain('formula × Z');
  });

  it('more than 20,000 in the cell are refused', () => {
    const rows = Array.from({ length: 210 }, (_, i) => `O${i} O 0.1 ${(i / 500).toFixed(3)} 0.3`).join('\n');
    expect(
      refusal(block(`${rows}\n`, "_symmetry_space_group_name_H-M 'F m -3 m'\n", cell('400 400 400 90 90 90')))
        .message,
    ).toBe('the cell has more than 20000 atoms');
  });
});

describe('files', () => {
  const block = (name: string, element: string): string =>
    `data_${name}\n${CUBIC}${HEAD}${element}1 ${element} 0 0 0\n`;

  it('with several blocks give each, with a label and what is in it; blocks without atoms are named', () => {
    const { value, warnings } = file(
      `data_global\n_journal_year 2026\n${block('one', 'Na')}${block('two', 'Cl')}${block('two', 'K')}`,
    );
    expect(value.blocks.map(entry => entry.label)).toEqual(['one', 'two', 'two (2)']);
    expect(value.blocks[0]!.detail).toBe('Na, no space group given, 1 atom in the cell');
    expect(warnings).toEqual(['blocks without atoms are passed over: global']);
  });

  it('of which one block is bad give the others, and the reason for that one', () => {
    const { value } = file(
      `${block('good', 'Na')}${block('bad', 'Na').replace('length_a 4', 'length_a four')}`,
    );
    expect(value.blocks.map(entry => entry.label)).toEqual(['good']);
    expect(value.refused).toEqual([
      { label: 'bad', message: '_cell_length_a: "four" is not a number', line: 16 },
    ]);
  });

  it('with lists of reflections, broken where nothing is needed, are read', () => {
    const text = `${block('a', 'Na')}loop_\n_refln_index_h\n_refln_index_k\n1 2 3\n_diffrn_source\n_exptl_crystal_colour red\n`;
    expect(read(text).assumptions.join('\n')).toContain(
      'the loop of _refln_index_h has 3 values for 2 columns',
    );
    expect(read(text).assumptions.join('\n')).toContain('_diffrn_source has no value');
  });

  it('in UTF-8 that spell out a replacement character are not taken for Latin-1', () => {
    expect(read(`${block('a', 'Na')}_chemical_name_common 'R\ufffdntgen Å'\n`).structure.name).toBe(
      'R\ufffdntgen Å',
    );
  });

  it('in Latin-1, UTF-16 or with a byte-order mark are read', () => {
    const text = `data_a\n_chemical_name_common '1 Å, 90°'\n${block('a', 'Na').slice(7)}`;
    const latin = Uint8Array.from(text, letter => letter.charCodeAt(0));
    const wide = new Uint8Array([
      0xff,
      0xfe,
      ...Array.from(text).flatMap(letter => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]),
    ]);
    for (const bytes of [latin, wide, strToU8(`\ufeff${text}`)]) {
      const result = readCrystalFile('a.cif', bytes);
      expect(result.ok && result.value.blocks[0]!.structure.name).toBe('1 Å, 90°');
    }
  });

  it('written by this project read back in other programs as P 1 and here as they were', () => {
    const source = read(
      `data_a\n_symmetry_space_group_name_H-M 'F m -3 m'\n${CUBIC}${HEAD}"O'1" O 0 0 0\n`,
    ).structure;
    const text = writeCif({ ...source, name: "a 'quoted'\n;name", source: 'line\n;loop_\ndata_evil' });
    expect(text).toContain("_space_group_name_H-M_alt 'P 1'");
    const { structure } = read(text);
    expect(structure).toEqual({ ...source, name: "a 'quoted' ;name", source: 'line ;loop_ data_evil' });
  });
});
