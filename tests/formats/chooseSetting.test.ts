import { describe, expect, it } from 'vitest';
import { file, HM, OPERATORS, read, SUM, TYPED } from '../support/cifText.ts';

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

  it('is looked for elsewhere in the cell where neither tabulated one makes the formula', () => {
    const magnesite = 'Mg Mg .25 .25 .25\nC C 0 0 0\nO O .2394 -.2394 0';
    const { amounts, said } = read(
      file(`${HM('R -3 c')}\n${SUM('C Mg O3')}`, '5.675 5.675 5.675 48.2 48.2 48.2', TYPED, magnesite),
    );
    expect(amounts).toEqual({ Mg: 2, C: 2, O: 6 });
    expect(said).toContain('about one at 0.25, 0.25, 0.25 they do');
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
