import { describe, expect, it } from 'vitest';
import { file, HM, OPERATORS, read, refusal, SUM, TYPED } from '../support/cifText.ts';

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

  it('that do not keep it, with no group named, are followed, which is said', () => {
    const { amounts, said } = read(
      file(OPERATORS('x,y,z -x,-y,z -y,x,z y,-x,z'), '5 6 7 90 90 90', TYPED, 'O O .1 .2 .3'),
    );
    expect(amounts).toEqual({ O: 4 });
    expect(said).toContain('do not keep the lattice of this cell, and no group is named: they are followed');
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

  it('of the identity alone stand, said, where the named group would put atoms too close', () => {
    const relaxed = 'Na1 Na .02 .03 .05\nNa2 Na .05 .46 .54\nNa3 Na .54 .05 .47\nNa4 Na .46 .53 .04';
    const { amounts, said } = read(file(`${HM('F m -3 m')}\n${OPERATORS('x,y,z')}`, CUBIC, TYPED, relaxed));
    expect(amounts).toEqual({ Na: 4 });
    expect(said).toContain('under which atoms would come too close: the listed operators are followed');
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
