import { describe, expect, it } from 'vitest';
import { familyOfSpaceGroup } from '../../src/crystal/family.ts';
import { LIBRARY } from '../../src/crystal/library.ts';
import { analyseSymmetry } from '../../src/symmetry/analyseSymmetry.ts';
import { crystalInCell, niggliStructure } from '../../src/symmetry/standardCells.ts';
import { libraryStructure } from '../support/library.ts';
import { moyoInNode } from '../support/moyo.ts';
import { TEXTBOOK, textbookStructure } from './textbook.ts';

const moyo = moyoInNode();

describe('the space group that is found', () => {
  it.each(LIBRARY.map(entry => [entry.id, entry] as const))('of %s is the published one', (id, entry) => {
    const report = analyseSymmetry(moyo, libraryStructure(id));
    expect([report.number, report.family]).toEqual([entry.number, entry.family]);
    expect(report.axesDiffer).toBe(false);
  });

  it.each(TEXTBOOK.map(entry => [entry.name, entry] as const))('of %s is the published one', (_, entry) => {
    const structure = textbookStructure(entry);
    expect(structure.sites).toHaveLength(entry.count);
    const report = analyseSymmetry(moyo, structure);
    expect(report.number).toBe(entry.number);
    expect(report.family).toBe(familyOfSpaceGroup(entry.number));
    expect(report.wyckoff).toHaveLength(entry.atoms.length);
    const open = [...report.wyckoff];
    for (const [element, , , , letters] of entry.atoms) {
      const at = open.findIndex(
        site => site.species === element && letters.split(' or ').includes(site.letter),
      );
      expect(at, `${element} on ${letters} among ${open.map(site => site.letter)}`).toBeGreaterThanOrEqual(0);
      open.splice(at, 1);
    }
  });

  it('multiplicities of the Wyckoff sites add up to the conventional cell', () => {
    for (const entry of TEXTBOOK) {
      const structure = textbookStructure(entry);
      const report = analyseSymmetry(moyo, structure);
      const conventional = crystalInCell(moyo, structure, 'conventional');
      expect(report.wyckoff.reduce((sum, site) => sum + site.multiplicity, 0)).toBe(
        conventional.sites.length,
      );
    }
  });

  it('depends on the tolerance: rock salt stretched by 1 % is tetragonal at 0.01 Å and cubic at 0.1 Å', () => {
    const salt = textbookStructure(TEXTBOOK.find(entry => entry.name === 'rock salt')!);
    const stretched = { ...salt, cell: [5.64, 5.64, 5.6964, 90, 90, 90] as const };
    expect(analyseSymmetry(moyo, stretched, 0.01).symbol).toBe('I 4/m m m');
    expect(analyseSymmetry(moyo, stretched, 0.1).symbol).toBe('F m -3 m');
  });

  it('takes species that share a position for one kind', () => {
    const salt = textbookStructure(TEXTBOOK.find(entry => entry.name === 'rock salt')!);
    const mixed = {
      ...salt,
      sites: salt.sites.flatMap(site =>
        site.element === 'Na'
          ? [
              { ...site, occupancy: 0.5 },
              { ...site, element: 'K', occupancy: 0.5 },
            ]
          : [site],
      ),
    };
    const report = analyseSymmetry(moyo, mixed);
    expect(report.number).toBe(225);
    expect(report.wyckoff.map(site => site.species)).toEqual(['Na 0.5, K 0.5', 'Cl']);
    expect(crystalInCell(moyo, mixed, 'primitive').sites).toHaveLength(3);
  });

  it('refuses a tolerance that is no length, and one at which atoms coincide, with a sentence', () => {
    const salt = textbookStructure(TEXTBOOK[0]!);
    expect(() => analyseSymmetry(moyo, salt, 0)).toThrow('tolerance 0 Å is outside 0.000001–1 Å');
    const twins = {
      ...salt,
      sites: [...salt.sites, { ...salt.sites[0]!, fract: [0.0005, 0, 0] as const, label: 'X' }],
    };
    expect(() => analyseSymmetry(moyo, twins, 0.5)).toThrow(
      /no symmetry could be found with a tolerance of 0.5 Å/,
    );
  });
});

describe('other cells of a crystal', () => {
  it('the primitive and the Niggli cell hold as many atoms as the centring leaves', () => {
    const parts: Record<string, number> = { F: 4, I: 2, R: 3, P: 1 };
    for (const entry of TEXTBOOK) {
      const structure = textbookStructure(entry);
      const atoms = entry.count / (entry.setting.endsWith(':R') ? 1 : parts[entry.setting.charAt(0)]!);
      expect(crystalInCell(moyo, structure, 'primitive').sites, entry.name).toHaveLength(atoms);
      expect(niggliStructure(structure).sites, entry.name).toHaveLength(atoms);
    }
  });

  it('bismuth in rhombohedral axes becomes hexagonal in the conventional cell', () => {
    const bismuth = textbookStructure(TEXTBOOK.find(entry => entry.name.startsWith('bismuth'))!);
    expect(analyseSymmetry(moyo, bismuth)).toMatchObject({
      axesDiffer: true,
      familyInTheseAxes: 'triclinic',
    });
    const conventional = crystalInCell(moyo, bismuth, 'conventional');
    expect(conventional.family).toBe('hexagonal');
    expect(conventional.sites).toHaveLength(6);
    // a = 2 a_r sin(α/2), c = a_r √(3 + 6 cos α)
    const [a, , c] = conventional.cell;
    const angle = (57.237 * Math.PI) / 180;
    expect(a).toBeCloseTo(2 * 4.7459 * Math.sin(angle / 2), 9);
    expect(c).toBeCloseTo(4.7459 * Math.sqrt(3 + 6 * Math.cos(angle)), 9);
  });

  it('the conventional cell of a primitive one is the cell that it came from', () => {
    for (const entry of TEXTBOOK.filter(
      candidate => candidate.number > 74 && !candidate.setting.endsWith(':R'),
    )) {
      const primitive = crystalInCell(moyo, textbookStructure(entry), 'primitive');
      const back = crystalInCell(moyo, primitive, 'conventional');
      expect(back.sites).toHaveLength(entry.count);
      back.cell.forEach((value, i) => {
        expect(value, entry.name).toBeCloseTo(entry.cell[i]!, 6);
      });
    }
  });
});
