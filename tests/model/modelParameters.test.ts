import { describe, expect, it } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { fixedSites, modelParameters, parameterById, siteLabels } from '../../src/model/modelParameters.ts';
import { rowOf } from '../../src/model/point.ts';
import { operatorsOf } from '../../src/symmetry/operatorsOf.ts';
import { libraryStructure } from '../support/library.ts';
import { moyoInNode } from '../support/moyo.ts';
import { TEXTBOOK, textbookStructure } from '../symmetry/textbook.ts';

const moyo = moyoInNode();
const listOf = (id: string) => {
  const structure = libraryStructure(id);
  const operators = operatorsOf(moyo, structure);
  return { structure, operators, parameters: modelParameters(structure, operators, PAPER_INSTRUMENT) };
};

describe('the parameters of a crystal and its measurement', () => {
  const { structure, operators, parameters } = listOf('BPO4');

  it('are named as the field writes them, group by group', () => {
    const names = (group: string) => parameters.filter(p => p.group === group).map(p => p.name);
    expect(names('cell')).toEqual(['*a*', '*b*', '*c*', 'α', 'β', 'γ']);
    expect(names('site')).toEqual(['*x* of O5', '*y* of O5', '*z* of O5']);
    expect(names('atom')).toHaveLength(36);
    expect(names('atom').slice(0, 3)).toEqual(['*x* of B1 alone', '*y* of B1 alone', '*z* of B1 alone']);
    expect(names('thermal')).toEqual(['overall *B*', '*B* of B', '*B* of P', '*B* of O']);
    expect(names('occupancy')).toEqual(['occupancy of B1', 'occupancy of P3', 'occupancy of O5']);
    expect(names('measurement')).toEqual([
      'zero shift',
      'sample displacement',
      'width factor',
      'mixing *η*',
      'March–Dollase *r* along 001',
    ]);
    expect(fixedSites(structure, operators)).toEqual([
      { label: 'B1', reason: 'B1 sits on a special position: no free coordinate' },
      { label: 'P3', reason: 'P3 sits on a special position: no free coordinate' },
    ]);
  });

  it('say what moves along and how far it usually goes', () => {
    const x = parameterById(parameters, 'x.O5')!;
    expect(x).toMatchObject({ group: 'site', unit: '', period: 1, note: 'moves 7 mates by symmetry' });
    // a fourfold axis turns x into y: eight oxygen atoms, a coordinate each
    expect(x.moves).toHaveLength(8);
    expect(x.moves.map(({ factor }) => factor).sort()).toEqual([-1, -1, -1, -1, 1, 1, 1, 1]);
    expect(x.range[0]).toBeCloseTo(x.value - 0.1, 6);
    expect(parameterById(parameters, 'x.4')).toMatchObject({ group: 'atom', value: x.value });
    expect(parameterById(parameters, 'x.4')!.moves).toHaveLength(1);
    expect(parameterById(parameters, 'B')!.range).toEqual([0, 3]);
    expect(parameterById(parameters, 'march')!.range).toEqual([0.5, 2]);
    expect(parameterById(parameters, 'zero')).toMatchObject({ range: [-0.3, 0.3], unit: '°' });
    expect(parameterById(parameters, 'occ.O5')!.moves).toHaveLength(8);
    expect(parameterById(parameters, 'x.none')).toBeUndefined();
    const [march] = modelParameters(structure, operators, PAPER_INSTRUMENT, [1, -1, 2]).slice(-1);
    expect(march!.name).toBe('March–Dollase *r* along 1 -1 2');
  });

  it('shift by whole cells only where all that moves does', () => {
    const tellurium = textbookStructure(TEXTBOOK.find(entry => entry.name === 'tellurium')!);
    const list = modelParameters(tellurium, operatorsOf(moyo, tellurium), PAPER_INSTRUMENT);
    expect(list.filter(p => p.group === 'site').map(p => [p.name, p.period])).toEqual([['*x* of Te1_1', 1]]);
    const half = { rotation: [1, 0, 0, 1, -1, 0, 0, 0, 1], translation: [0, 0, 0] as const };
    const identity = { rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], translation: [0, 0, 0] as const };
    const one = {
      cell: [3, 3, 5, 90, 90, 120] as const,
      sites: [{ label: 'Te1', element: 'Te', occupancy: 1, fract: [0.4, 0.2, 0] as const }],
    };
    const site = modelParameters(one, [identity, half], PAPER_INSTRUMENT).find(p => p.id === 'x.Te1')!;
    expect([site.moves, site.period]).toEqual([
      [
        { slot: 6, factor: 1 },
        { slot: 7, factor: 0.5 },
      ],
      2,
    ]);
  });

  it('have ids of their own, values of the row of slots and ranges within limits, whatever the crystal', () => {
    for (const crystal of [
      ...TEXTBOOK.map(textbookStructure),
      ...['Na3MnCoNiO6', 'VNi2S3', 'U2Ti'].map(libraryStructure),
    ]) {
      const list = modelParameters(crystal, operatorsOf(moyo, crystal), PAPER_INSTRUMENT);
      expect(new Set(list.map(p => p.id)).size).toBe(list.length);
      const row = rowOf(crystal.sites, PAPER_INSTRUMENT);
      row.set(crystal.cell);
      for (const { id, value, moves, range, limits } of list) {
        expect([id, row[moves[0]!.slot], moves[0]!.factor]).toEqual([id, value, 1]);
        expect(limits[0] <= range[0] && range[0] < range[1] && range[1] <= limits[1], id).toBe(true);
        expect(new Set(moves.map(({ slot }) => slot)).size, id).toBe(moves.length);
      }
    }
  });
});

describe('labels', () => {
  const site = (label: string) => ({ label, element: 'O', occupancy: 1, fract: [0, 0, 0] as const });

  it('that repeat are told apart, always in the same way', () => {
    expect(siteLabels(['O1', 'O1', 'O1', 'O2', ' ', '7'].map(site))).toEqual([
      'O1',
      'O1-2',
      'O1-3',
      'O2',
      'O5',
      'O7',
    ]);
    expect(new Set(siteLabels(['O1', 'O1', 'O1-2', 'O1'].map(site))).size).toBe(4);
  });
});
