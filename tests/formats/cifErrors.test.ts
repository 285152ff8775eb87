import { describe, expect, it } from 'vitest';
import { readCif } from '../../src/formats/cif.ts';
import { libraryText } from '../support/library.ts';
import { fc } from '../support/seeded.ts';

/** Line numbers below count from this text; line 12 is the first of the atom loop. */
const GOOD = `data_x
_space_group_IT_number 1
_cell_length_a 4
_cell_length_b 5
_cell_length_c 6
_cell_angle_alpha 90
_cell_angle_beta 100
_cell_angle_gamma 90
loop_
_space_group_symop_operation_xyz
'x,y,z'
loop_
_atom_site_label
_atom_site_type_symbol
_atom_site_fract_x
_atom_site_fract_y
_atom_site_fract_z
_atom_site_occupancy
Na1 Na 0 0 0 1
O2 O 0.5 0.25 0.125 0.5
`;

const failure = (text: string): { message: string; line?: number } => {
  const result = readCif(text);
  if (result.ok) throw new Error('was read');
  const { message, line } = result;
  return line === undefined ? { message } : { message, line };
};

describe('a malformed CIF is refused with line and tag', () => {
  it('the text that the cases below spoil is fine', () => {
    expect(readCif(GOOD)).toMatchObject({ ok: true, warnings: [] });
  });

  it.each<[string, string | RegExp, string, string, number]>([
    ['a missing length', /_cell_length_b.*\n/, '', '_cell_length_b is missing', 1],
    ['an unknown length', 'length_b 5', 'length_b ?', '_cell_length_b is missing', 1],
    ['a word for a length', 'length_a 4', 'length_a four', '_cell_length_a: "four" is not a number', 3],
    ['a negative length', 'length_c 6', 'length_c -6', '_cell_*: c = -6 Å is not a cell length', 8],
    [
      'angles that do not close',
      'beta 100',
      'beta 179.99',
      '_cell_*: angles 90°, 179.99°, 90° do not close into a cell',
      8,
    ],
    [
      'a space-group number out of range',
      'number 1',
      'number 231',
      '_space_group_IT_number: 231 is outside 1–230',
      2,
    ],
    ['an operator that is none', "'x,y,z'", "'x,y,q'", 'symmetry operator "x,y,q" cannot be read', 11],
    ['an operator that flattens space', "'x,y,z'", "'x,x,z'", 'symmetry operator "x,x,z" cannot be read', 11],
    ['a word for a coordinate', '0.25', 'half', '_atom_site_fract_y: "half" is not a number', 20],
    ['a coordinate that is not finite', '0.25', '1e999', '_atom_site_fract_y: "1e999" is not a number', 20],
    [
      'an occupancy above 1',
      '0.125 0.5',
      '0.125 1.5',
      '_atom_site_occupancy: 1.5 of O2 is outside 0–1.1',
      20,
    ],
    [
      'a negative occupancy',
      '0.125 0.5',
      '0.125 -0.5',
      '_atom_site_occupancy: -0.5 of O2 is outside 0–1.1',
      20,
    ],
    ['an atom of no element', 'O2 O ', 'O2 Qq ', 'atom 2 ("Qq") names no element', 20],
    [
      'a row that is too short',
      ' 0.5\n',
      '\n',
      'the loop of _atom_site_label has 11 values for 6 columns',
      13,
    ],
    [
      'a row that is too long',
      ' 0.5\n',
      ' 0.5 7\n',
      'the loop of _atom_site_label has 13 values for 6 columns',
      13,
    ],
    ['a tag without its value', '_cell_length_a 4', '_cell_length_a', '_cell_length_a has no value', 3],
    ['a value without its tag', '_cell_length_a 4', '_cell_length_a 4 4.1', '"4.1" belongs to no tag', 3],
    ['text that is never closed', '_cell_length_a 4', ';', 'text opened by ";" is never closed', 3],
    ['a loop without tags', 'loop_\n_space_group_symop_operation_xyz', 'loop_', 'loop_ without tags', 9],
    [
      'a tag before the first block',
      'data_x\n',
      '',
      '_space_group_IT_number stands before the first data_ block',
      1,
    ],
    ['a file without an axis', /_atom_site_fract_z/, '_atom_site_other', '_atom_site_fract_z is missing', 1],
    ['an atom list without atoms', /Na1 Na[\s\S]*$/, '', 'the atom list is empty', 1],
  ])('%s', (_, from, to, message, line) => {
    expect(failure(GOOD.replace(from, to))).toEqual({ message, line });
  });

  it('a named group without its operators is refused, never read as P1', () => {
    const text = GOOD.replace(/loop_\n_space_group_symop_operation_xyz\n'x,y,z'\n/, '');
    expect(failure(text.replace('number 1', 'number 225')).message).toContain(
      'space group number 225 is named',
    );
    const named = text.replace('_space_group_IT_number 1', "_space_group_name_H-M_alt 'F m -3 m'");
    expect(failure(named)).toEqual({
      message:
        'space group F m -3 m is named, but no symmetry operators (_space_group_symop_operation_xyz) are listed',
      line: 2,
    });
  });

  it('an empty list of operators is no list', () => {
    expect(failure(GOOD.replace("'x,y,z'\n", '').replace('number 1', 'number 225')).message).toContain(
      'no symmetry operators',
    );
  });

  it('coordinates in loops of different length are refused', () => {
    const split = GOOD.replace('_atom_site_fract_z\n', '')
      .replace(' 0 0 0 1', ' 0 0 1')
      .replace('0.25 0.125', '0.25');
    expect(failure(`${split}loop_\n_atom_site_fract_z\n0.1\n`)).toEqual({
      message: '_atom_site_fract_z has 1 value for 2 atoms',
      line: 22,
    });
  });

  it('a file without atoms or blocks says so', () => {
    expect(failure('')).toEqual({ message: 'no data block with _atom_site_fract_x was found' });
    expect(failure('data_x\n_cell_length_a 4\n').message).toContain('_atom_site_fract_x');
    expect(failure('<!doctype html>')).toEqual({ message: '"<!doctype" belongs to no tag', line: 1 });
  });
});

describe('reading never throws', () => {
  const settle = (text: string): void => {
    const result = readCif(text);
    if (!result.ok) expect(result.message.length).toBeGreaterThan(5);
    else {
      expect(result.value.cell.every(Number.isFinite)).toBe(true);
      expect(result.value.sites.flatMap(site => site.fract).every(Number.isFinite)).toBe(true);
    }
  };

  it('on arbitrary text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), settle), { numRuns: 500 });
  });

  it('on arbitrary sequences of what CIF files are made of', () => {
    const words = GOOD.split(/\s+/).concat([
      '?',
      '.',
      "'",
      '"',
      '\n;',
      '#',
      'save_x',
      'stop_',
      '1e400',
      '(3)',
    ]);
    const soup = fc.array(fc.constantFrom(...words), { maxLength: 60 });
    fc.assert(
      fc.property(soup, fc.constantFrom(' ', '\n'), (parts, gap) => settle(parts.join(gap))),
      { numRuns: 1000 },
    );
  });

  it('on a good file with a piece cut out, doubled or replaced', () => {
    const text = libraryText('MoS2');
    const place = fc.nat(text.length);
    fc.assert(
      fc.property(place, place, fc.string({ maxLength: 5 }), fc.boolean(), (p, q, patch, doubled) => {
        const [from, to] = [Math.min(p, q), Math.max(p, q)];
        settle(text.slice(0, from) + patch + text.slice(doubled ? from : to));
      }),
      { numRuns: 1000 },
    );
  });

  it('on lines of a million characters', () => {
    for (const piece of ["'a", 'a', ' ', "''", '_', ';'])
      settle(`data_x\n_chemical_name_common ${piece.repeat(1e6 / piece.length)}`);
  });
});
