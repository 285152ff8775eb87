import { describe, expect, it } from 'vitest';
import { file, LABELS, read, refusal, TYPED } from '../support/cifText.ts';

describe('numbers', () => {
  it('lengths and angles of the cell in each other’s place are exchanged', () => {
    const { structure, said } = read(file('', '90 90 120 3.2 3.2 5.1', TYPED, 'Mg Mg 0 0 0'));
    expect(structure.cell).toEqual([3.2, 3.2, 5.1, 90, 90, 120]);
    expect(said).toContain('in each other’s place');
  });

  it('fractions are numbers', () => {
    expect(read(file('', '5 5 5 90 90 90', TYPED, 'Na Na 1/3 2/3 -1/4')).structure.sites[0]!.fract).toEqual([
      1 / 3,
      2 / 3,
      -0.25,
    ]);
  });

  it('the cell may stand in a block of its own', () => {
    const whole = file('', '5 6 7 90 90 90', TYPED, 'Na Na 0 0 0');
    const [head, atoms] = whole.split('loop_');
    const { structure, said } = read(`${head}data_b\nloop_${atoms}`);
    expect(structure.cell).toEqual([5, 6, 7, 90, 90, 90]);
    expect(said).toContain('the cell is taken from the block "a", which lists no atoms');
  });

  it('composite crystals are refused by name', () => {
    expect(
      refusal(file('', '5 6 7 90 90 90', `${TYPED} subsystem_code`, 'Na Na 0 0 0 1\nCl Cl .5 0 0 2')).message,
    ).toContain('2 subsystems of a composite crystal');
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
