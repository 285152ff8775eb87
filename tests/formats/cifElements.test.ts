import { describe, expect, it } from 'vitest';
import { file, LABELS, read, refusal, SUM, TYPED } from '../support/cifText.ts';

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
