import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readCrystalFile } from '../../src/formats/crystalFile.ts';

/** Files that were read wrong without a word, or refused though they say enough; one case is one kind. */
const file = (head: string, cell: string, columns: string, rows: string): string => {
  const names = ['length_a', 'length_b', 'length_c', 'angle_alpha', 'angle_beta', 'angle_gamma'];
  const lines = cell.split(' ').map((value, i) => `_cell_${names[i]} ${value}`);
  const tags = columns.split(' ').map(column => `_atom_site_${column}`);
  return ['data_a', head, ...lines, 'loop_', ...tags, rows, ''].join('\n');
};
const TYPED = 'label type_symbol fract_x fract_y fract_z';
const LABELS = 'label fract_x fract_y fract_z';
const OPERATORS = (list: string): string =>
  `loop_\n_symmetry_equiv_pos_as_xyz\n${list.split(' ').join('\n')}`;
const HM = (symbol: string): string => `_symmetry_space_group_name_H-M '${symbol}'`;
const SUM = (formula: string, z?: number): string =>
  `_chemical_formula_sum '${formula}'${z ? `\n_cell_formula_units_Z ${z}` : ''}`;

function read(text: string) {
  const result = readCrystalFile('a.cif', strToU8(text));
  if (!result.ok) throw new Error(`line ${result.line}: ${result.message}`);
  const { structure, assumptions } = result.value.blocks[0]!;
  const amounts: Record<string, number> = {};
  for (const { element, occupancy } of structure.sites)
    amounts[element] = Number(((amounts[element] ?? 0) + occupancy).toFixed(4));
  return { structure, amounts, said: assumptions.join('\n'), number: structure.spaceGroup.number };
}
const refusal = (text: string, name = 'a.cif') => {
  const result = readCrystalFile(name, strToU8(text));
  if (result.ok) throw new Error('was read');
  return { line: result.line, message: result.message };
};

describe('labels against the formula', () => {
  const elements = (labels: string, formula = ''): string[] =>
    read(
      file(
        formula,
        '30 30 30 90 90 90',
        LABELS,
        labels
          .split(' ')
          .map((label, i) => `${label} .${i + 1} 0 0`)
          .join('\n'),
      ),
    ).structure.sites.map(site => site.element);

  it('Dw, Dwa, Dh and DH1 are deuterium, with or without a formula, and it is said once', () => {
    expect(elements('Ca Dw Dwa Dh DH1 D1a', SUM('Ca O5 D4'))).toEqual(['Ca', 'H', 'H', 'H', 'H', 'H']);
    expect(elements('Ca Dw Dy1')).toEqual(['Ca', 'H', 'Dy']);
    expect(elements('Dy1 O1', SUM('C D4 O'))).toEqual(['H', 'O']);
    const { said } = read(file('', '9 9 9 90 90 90', LABELS, 'Dw 0 0 0\nDh .5 0 0'));
    expect(said.match(/deuterium/g)).toHaveLength(1);
  });

  it('W, Wa and WO are the oxygen of water where the formula has no tungsten, Wat and H2O everywhere', () => {
    expect(elements('Ca1 O1 W1 W2 WO3', SUM('Ca O6 H8'))).toEqual(['Ca', 'O', 'O', 'O', 'O']);
    expect(elements('W1 O1 Wat1 H2O', SUM('W O6 H4'))).toEqual(['W', 'O', 'O', 'O']);
    expect(elements('C1 H1 H2O O2', SUM('C H4 O'))).toEqual(['C', 'H', 'H', 'O']);
  });

  it('a second capital is no element where the file writes that element with a small letter', () => {
    expect(elements('Co1 CO1 CO2', SUM('C2 Co O2'))).toEqual(['Co', 'C', 'C']);
  });

  it('atoms called Va and Vb are vanadium in a formula with vanadium', () => {
    expect(elements('Va Vb O1', SUM('O5 V2'))).toEqual(['V', 'V', 'O']);
  });

  it('M and T name the one element that no other atom names; with two left they are refused', () => {
    expect(elements('M1 M2 Si O1', SUM('Mg2 O4 Si'))).toEqual(['Mg', 'Mg', 'Si', 'O']);
    expect(
      refusal(file(SUM('Mg2 O4 Si'), '9 9 9 90 90 90', LABELS, 'M1 0 0 0\nT1 .3 0 0\nO1 .6 0 0')).message,
    ).toBe('atom 1 ("M1") names no element');
  });

  it('a type symbol that the formula lacks gives way to a label that it has', () => {
    const { structure, said } = read(
      file(SUM('Cl Na'), '9 9 9 90 90 90', TYPED, 'Na1 Na 0 0 0\nCl1 C .5 0 0'),
    );
    expect(structure.sites.map(site => site.element)).toEqual(['Na', 'Cl']);
    expect(said).toContain('the type symbol "C" is of no element of the formula');
  });

  it('several elements in one symbol are said', () => {
    expect(read(file('', '9 9 9 90 90 90', TYPED, 'T Al/Si 0 0 0')).said).toContain('names several elements');
  });
});

describe('two atoms on one place', () => {
  it('a molecule listed with its inversion image counts once', () => {
    const { amounts, said } = read(
      file(
        `${HM('P -1')}\n${OPERATORS('x,y,z -x,-y,-z')}`,
        '7 8 9 95 100 105',
        TYPED,
        'C1 C .1 .2 .3\nO1 O .2 .3 .4\nC1A C -.1001 -.2 -.3\nO1A O -.2 -.3 -.4',
      ),
    );
    expect(amounts).toEqual({ C: 2, O: 2 });
    expect(said).toContain('listed twice, or as images of one another, count once; left out: C1A, O1A');
  });

  it('also across the border of a cell, in the skewed one of R -3 m, and where a row stands twice', () => {
    const text = file(
      HM('R -3 m'),
      '16.16 16.16 16.16 13.93 13.93 13.93',
      TYPED,
      'Cu1 Cu .06 .06 .06\nCu2 Cu -.06 -.06 -.06\nS1 S .2 .2 .2\nS2 S -.2 -.2 -.2\nS3 S 1.2 .2 .2',
    );
    expect(read(text).amounts).toEqual({ Cu: 2, S: 2 });
  });

  it('halves of a disordered atom on one place stay two', () => {
    const text = file(
      '',
      '9 9 9 90 90 90',
      `${TYPED} occupancy`,
      'Fe1 Fe 0 0 0 .5\nFe2 Fe 0 0 0 .5\nO1 O .5 0 0 1',
    );
    expect(read(text)).toMatchObject({ amounts: { Fe: 1, O: 1 }, structure: { sites: { length: 3 } } });
  });

  it('the atoms of a whole cell under the operators of its group count once each', () => {
    const rows = ['0 0 0', '0 .5 .5', '.5 0 .5', '.5 .5 0'].map(
      (place, i) => `Na${i} Na ${place}\nCl${i} Cl ${place.replace(/^\S+/, x => String(Number(x) + 0.5))}`,
    );
    expect(read(file(HM('F m -3 m'), '5.64 5.64 5.64 90 90 90', TYPED, rows.join('\n'))).amounts).toEqual({
      Na: 4,
      Cl: 4,
    });
  });

  it('unlike full atoms share it, as the formula says where it fits, else in equal measure', () => {
    const mixed = (head: string) =>
      read(file(head, '4.2 4.2 4.2 90 90 90', TYPED, 'Mg Mg 0 0 0\nFe Fe 0 0 0\nO O .5 .5 .5'));
    expect(mixed(SUM('Fe0.2 Mg0.8 O', 1)).amounts).toEqual({ Mg: 0.8, Fe: 0.2, O: 1 });
    expect(mixed('').amounts).toEqual({ Mg: 0.5, Fe: 0.5, O: 1 });
    expect(mixed('').said).toContain('Mg, Fe stand on one place with occupancies that add up to 2');
  });

  it('occupancies that count the multiplicity are full where only that makes the formula', () => {
    const half = (z: number) =>
      read(
        file(
          `${HM('P -1')}\n${OPERATORS('x,y,z -x,-y,-z')}\n${SUM('Fe O2', z)}`,
          '5 6 7 95 100 105',
          `${TYPED} occupancy`,
          'Fe Fe 0 0 0 .5\nO O .2 .3 .1 1',
        ),
      );
    expect(half(1)).toMatchObject({ amounts: { Fe: 1, O: 2 } });
    expect(half(1).said).toContain('occupancies are taken to count the multiplicity of a special position');
  });

  it('a split atom beside a special position keeps its parts where the listed multiplicity says so', () => {
    const text = file(
      `${HM('P -1')}\n${OPERATORS('x,y,z -x,-y,-z')}`,
      '5 6 7 90 90 90',
      `${TYPED} occupancy symmetry_multiplicity`,
      'La La .02 0 0 .5 2\nO O .4 .3 .1 1 2',
    );
    expect(read(text).amounts).toEqual({ La: 1, O: 2 });
  });

  it('a list that makes the formula as it stands, and not under its group, is that of the whole cell', () => {
    const text = file(
      `${HM('P 63/m m c')}\n${SUM('B N')}`,
      '2.51 2.51 6.69 90 90 120',
      LABELS,
      'N1 0 0 0\nN2 0 0 .5\nB1 .33333 .66667 .1\nB2 .66667 .33333 .6',
    );
    expect(read(text).amounts).toEqual({ N: 2, B: 2 });
    expect(read(text).said).toContain('the list is taken as that of the whole cell');
  });

  it('full atoms that are closer than any bond are said', () => {
    expect(read(file('', '9 9 9 90 90 90', TYPED, 'Na Na 0 0 0\nCl Cl .08 0 0')).said).toContain(
      'Na and Cl are only 0.72 Å apart',
    );
  });
});

describe('operators', () => {
  const NACL = 'Na1 Na 0 0 0\nCl1 Cl .5 .5 .5';
  const CUBIC = '5.64 5.64 5.64 90 90 90';

  it('that form no group give way to the named group', () => {
    const slipped =
      'x,y,z -y,x-y,z -x+y,-x,z 2/3+x,1/3+y,1/3+z 2/3-y,1/3+x-y,1/3+z 2/3+y,1/3-x,1/3+z 1/3+x,2/3+y,2/3+z 1/3-y,2/3+x-y,2/3+z 1/3+y,2/3-x,2/3+z';
    const { structure, number, said } = read(
      file(
        `${HM('R 3')}\n_symmetry_space_group_name_Hall 'R 3'\n${OPERATORS(slipped)}`,
        '12 12 6 90 90 120',
        TYPED,
        'O1 O .11 .23 .31',
      ),
    );
    expect(number).toBe(146);
    expect(said).toContain(
      'the listed operators form no group: those of R 3:H are taken from the Hall symbol "R 3"',
    );
    const places = structure.sites.map(site => site.fract.map(value => value.toFixed(3)).join(' '));
    // The sixth and ninth operator of R 3, which the file spoils: −x+y, −x, z behind the two centrings.
    expect(places).toContain('0.787 0.223 0.643');
    expect(places).toContain('0.453 0.557 0.977');
  });

  it('that cannot be read give way to it too, and to the setting that has most of the others', () => {
    const text = file(
      `${HM('P 21/c')}\n${OPERATORS('x,y,z -x,-y,-z 1/2-x,1/2+y,1/2-z 1/2+x,1/2-y,1/2+q')}`,
      '5 6 7 90 100 90',
      TYPED,
      'O1 O .1 .2 .3',
    );
    const { structure, said } = read(text);
    expect(said).toContain(
      'symmetry operator "1/2+x,1/2-y,1/2+q" cannot be read (line 8): those of P 1 21/n 1 are taken',
    );
    expect(structure.sites.map(site => site.fract.map(value => Math.round(10 * value)))).toContainEqual([
      6, 3, 8,
    ]);
  });

  it('that do not keep the lattice of the cell give way to it', () => {
    const { number, said, structure } = read(
      file(
        `${HM('R -3')}\n${OPERATORS('x,y,z -y,x-y,z -x+y,-x,z -x,-y,-z y,-x+y,-z x-y,x,-z')}`,
        '6 6 6 70 70 70',
        TYPED,
        'O1 O .1 .2 .4',
      ),
    );
    expect([number, structure.sites.length]).toEqual([148, 6]);
    expect(said).toContain('do not keep the lattice of this cell: those of R -3:R are taken');
  });

  it('are taken from full Hermann–Mauguin symbols', () => {
    for (const symbol of ['F 4/m -3 2/m', 'F4/m-32/m'])
      expect(read(file(HM(symbol), CUBIC, TYPED, NACL))).toMatchObject({
        amounts: { Na: 4, Cl: 4 },
        number: 225,
      });
    const pnma = file(HM('P 21/n 21/m 21/a'), '10 6 5 90 90 90', TYPED, 'Fe Fe .28 .25 .97\nO O .1 .05 .2');
    expect(read(pnma)).toMatchObject({ amounts: { Fe: 4, O: 8 }, number: 62 });
  });

  it('of the identity alone under a named group are completed, with and without a formula', () => {
    for (const head of ['', SUM('Cl Na'), SUM('Cl Na', 4)])
      for (const symbol of ['F 4/m -3 2/m', 'Fm-3m']) {
        const { amounts, said } = read(
          file(`${HM(symbol)}\n${head}\n${OPERATORS('x,y,z')}`, CUBIC, TYPED, NACL),
        );
        expect(amounts).toEqual({ Na: 4, Cl: 4 });
        expect(said).toContain('the symbol is followed');
      }
  });

  it('of the identity alone stand where the list is that of the whole cell', () => {
    const rows = ['0 0 0', '0 .5 .5', '.5 0 .5', '.5 .5 0'].map((place, i) => `Na${i} Na ${place}`);
    const { amounts, said } = read(
      file(`${HM('F m -3 m')}\n${OPERATORS('x,y,z')}`, CUBIC, TYPED, rows.join('\n')),
    );
    expect(amounts).toEqual({ Na: 4 });
    expect(said).not.toContain('listed twice');
  });

  it('without the centring of the named group are completed', () => {
    const { amounts } = read(
      file(
        `${HM('C 2/m')}\n${OPERATORS('x,y,z -x,y,-z -x,-y,-z x,-y,z')}`,
        '9 5 6 90 100 90',
        TYPED,
        'O O .1 .2 .3',
      ),
    );
    expect(amounts).toEqual({ O: 8 });
  });

  it('of superspace give the average structure', () => {
    const list = ['x1,x2,x3,x4', '-x1,x2,-x3,1/2-x4', '-x1,-x2,-x3,-x4', 'x1,-x2,x3,1/2+x4'];
    const all = [...list, ...list.map(text => text.replace('x1', 'x1+1/2').replace('x2', 'x2+1/2'))];
    const { amounts, number, said } = read(
      file(
        `_cell_modulation_dimension 1\n_space_group_ssg_name 'C2/m(a0g)0s'\nloop_\n_space_group_symop_ssg_operation_algebraic\n${all.join('\n')}`,
        '8.9 5.24 6 90 101.9 90',
        TYPED,
        'Na1 Na 0 0 0\nNa3 Na .17 .5 .748\nC C .1645 .5 .2489',
      ),
    );
    expect([amounts, number]).toEqual([{ Na: 6, C: 4 }, 12]);
    expect(said).toContain('the average structure is read');
  });

  it('of superspace that are only named give the group before the bracket', () => {
    const text = file("_space_group_ssg_name 'C2/m(a0g)0s'", '9 5 6 90 100 90', TYPED, 'O O .1 .2 .3');
    expect(read(text)).toMatchObject({ amounts: { O: 8 }, number: 12 });
  });

  it('of a magnetic group are followed without time reversal, centrings included', () => {
    const { amounts, said } = read(
      file(
        "_space_group_magn.name_BNS 'P_a 21/c'\nloop_\n_space_group_symop_magn_operation.id\n_space_group_symop_magn_operation.xyz\n1 x,y,z,+1\n2 -x,y+1/2,-z+1/2,+1\n3 -x,-y,-z,+1\n4 x,-y+1/2,z+1/2,+1\nloop_\n_space_group_symop_magn_centering.id\n_space_group_symop_magn_centering.xyz\n1 x,y,z,+1\n2 x+1/2,y,z,-1",
        '10 6 7 90 95 90',
        TYPED,
        'Mn1 Mn .1 .2 .3',
      ),
    );
    expect(amounts).toEqual({ Mn: 8 });
    expect(said).toContain('without time reversal');
  });

  it('of a magnetic group that is only named are missed by name', () => {
    expect(refusal(file("_space_group_magn.name_BNS 'P_a 21/c'", CUBIC, TYPED, NACL))).toEqual({
      line: 2,
      message:
        'magnetic space group "P_a 21/c" is named, but its operators (_space_group_symop_magn_operation.xyz) are not listed',
    });
  });

  it('under an unknown value do not hide those of the other tag', () => {
    const text = file(
      `_space_group_symop_operation_xyz ?\n${OPERATORS('x,y,z -x,-y,-z')}`,
      '5 6 7 80 85 95',
      TYPED,
      'O O .1 .2 .3',
    );
    expect(read(text).amounts).toEqual({ O: 2 });
  });
});

describe('the origin', () => {
  const SPINEL = 'Mg1 Mg .125 .125 .125\nAl1 Al .5 .5 .5\nO1 O .2624 .2624 .2624';
  const cell = '8.083 8.083 8.083 90 90 90';

  it.each([
    ['the ratios of the formula', SUM('Mg Al2 O4'), SPINEL],
    ['the formula of the whole cell', SUM('Mg8 Al16 O32', 8), SPINEL],
    ['the distances', '', SPINEL],
  ])('is decided by %s', (_, head, rows) => {
    const { amounts, said } = read(file(`${HM('F d -3 m')}\n${head}`, cell, TYPED, rows));
    expect(amounts).toEqual({ Mg: 8, Al: 16, O: 32 });
    expect(said).toContain('origin choice 2,');
  });

  it('is decided by the listed multiplicities', () => {
    const text = file(
      HM('F d -3 m'),
      cell,
      `${TYPED} symmetry_multiplicity`,
      'Mg1 Mg .125 .125 .125 8\nAl1 Al .5 .5 .5 16\nO1 O .2624 .2624 .2624 32',
    );
    expect(read(text).said).toContain('origin choice 2, which gives the listed multiplicities');
  });

  it('of diamond is that with bonds of 1.54 Å', () => {
    for (const [place, choice] of [
      ['.125 .125 .125', 2],
      ['0 0 0', 1],
    ]) {
      const { amounts, said } = read(
        file(`${HM('F d -3 m')}\n${SUM('C')}`, '3.567 3.567 3.567 90 90 90', TYPED, `C C ${place}`),
      );
      expect(amounts).toEqual({ C: 8 });
      expect(said).toContain(`origin choice ${choice}, by the distances`);
    }
  });

  it('of zircon is that which makes its formula', () => {
    const zircon = (rows: string) =>
      read(file(`${HM('I 41/a m d')}\n${SUM('Zr Si O4')}`, '6.607 6.607 5.982 90 90 90', TYPED, rows))
        .amounts;
    const whole = { Zr: 4, Si: 4, O: 16 };
    expect(zircon('Zr Zr 0 .75 .125\nSi Si 0 .25 .375\nO O 0 .0661 .1953')).toEqual(whole);
    expect(zircon('Zr Zr 0 0 0\nSi Si 0 0 .5\nO O 0 .184 .32')).toEqual(whole);
  });

  it('without formula is that in which the atoms stand on special positions, and none just beside one', () => {
    const scheelite = 'Ca Ca 0 .25 .625\nW W 0 .25 .125\nO O .1504 .0085 .2111';
    expect(read(file(HM('I 41/a'), '5.243 5.243 11.376 90 90 90', TYPED, scheelite)).amounts).toEqual({
      Ca: 4,
      W: 4,
      O: 16,
    });
    const magnetite = 'Fe1 Fe .125 .125 .125\nFe2 Fe .5 .5 .5\nO1 O .2547 .2547 .2547';
    expect(read(file(HM('F d -3 m'), '8.396 8.396 8.396 90 90 90', TYPED, magnetite)).amounts).toEqual({
      Fe: 24,
      O: 32,
    });
  });

  it('of listed operators is doubted where the atoms would have likelier distances under the other', () => {
    const first = 'x,y,z -y,x,-z -x,-y,z y,-x,-z 1/2-x,1/2-y,-z 1/2+y,1/2-x,z 1/2+x,1/2+y,-z 1/2-y,1/2+x,z';
    const { said } = read(
      file(`${HM('P 4/n')}\n${OPERATORS(first)}`, '4 4 4 90 90 90', TYPED, 'Pb Pb .25 .25 .25'),
    );
    expect(said).toContain(
      'with the other origin, P 4/n:2, the atoms would have likelier distances or positions',
    );
  });

  it('of listed operators gives way to the other where only that makes the formula', () => {
    const first =
      'x,y,z -x,-y,z -x,y,-z x,-y,-z 1/2-x,1/2-y,1/2-z 1/2+x,1/2+y,1/2-z 1/2+x,1/2-y,1/2+z 1/2-x,1/2+y,1/2+z';
    const { amounts, said } = read(
      file(
        `${HM('P n n n')}\n${SUM('Fe O2', 2)}\n${OPERATORS(first)}`,
        '5 6 7 90 90 90',
        TYPED,
        'Fe Fe .25 .25 .25\nO O .25 .25 .0',
      ),
    );
    expect(amounts).toEqual({ Fe: 2, O: 4 });
    expect(said).toContain('those of P n n n:2 do: these are followed');
  });
});

describe('numbers', () => {
  it('lengths and angles of the cell in each other’s place are exchanged', () => {
    const { structure, said } = read(file('', '90 90 120 3.2 3.2 5.1', TYPED, 'Mg Mg 0 0 0'));
    expect(structure.cell).toEqual([3.2, 3.2, 5.1, 90, 90, 120]);
    expect(said).toContain('in each other’s place');
  });

  it('coordinates of 1e300 are refused with line and atom', () => {
    expect(refusal(file('', '5 5 5 90 90 90', LABELS, 'Na1 1e300 1e17 -3e15'))).toEqual({
      line: 14,
      message: '_atom_site_fract_x: 1e300 of Na1 is more than 1000000 cells away',
    });
  });

  it('and so are those of a POSCAR and of pymatgen JSON', () => {
    const poscar = 'salt\n1\n5 0 0\n0 5 0\n0 0 5\nNa\n1\nDirect\n0 1e300 0\n';
    expect(refusal(poscar, 'POSCAR')).toEqual({
      line: 9,
      message: 'the position of atom 1 is more than 1000000 cells away',
    });
    const json = JSON.stringify({
      lattice: { a: 5, b: 5, c: 5, alpha: 90, beta: 90, gamma: 90 },
      sites: [{ species: [{ element: 'Na', occu: 1 }], abc: [0, 0, 1e300] }],
    });
    expect(refusal(json, 'a.json').message).toContain('sites[0].abc" is more than 1000000 cells away');
  });
});
