import { describe, expect, it } from 'vitest';
import { file, HM, LABELS, OPERATORS, read, SUM, TYPED } from '../support/cifText.ts';

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
    expect(mixed(SUM('Fe Mg O', 1)).said).toContain('as formula × Z has them: they are kept');
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
