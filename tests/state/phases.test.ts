import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { CONTROL_GROUPS } from '../../src/state/core/controlGroups.ts';
import { DEFAULT_INPUTS } from '../../src/state/core/inputs.ts';
import { readLink } from '../../src/state/core/permalink.ts';
import { store } from '../../src/state/core/store.ts';
import { chooseStructure } from '../../src/state/explore/actions.ts';
import { homometricPair } from '../../src/state/phases/homometricPair.ts';
import { moveAtom, phaseChoiceOf, setPhases, shiftedSites } from '../../src/state/phases/phasesActions.ts';
import { libraryStructure } from '../support/library.ts';
import { areHomometric, searchHomometric } from '../support/searchHomometric.ts';

const phases = () => store.getState().inputs.phases;

afterEach(() => store.setState({ inputs: DEFAULT_INPUTS, past: [], future: [], notices: [] }));

describe('links to the laboratory', () => {
  it.each([
    ['ph.hkl=0~0~0', 'is the primary beam'],
    ['ph.hkl=1~2', 'has 2 entries, not 3'],
    ['ph.hkl=1~2~0.5', 'is not a whole number'],
    ['ph.moves=1~0~0~0,1~0~0~0.5', 'names one of them twice'],
    ['ph.moves=1.5~0~0~0', 'not a whole number'],
    ['ph.exp=duck', 'is not one of waves'],
    ['ph.d=0.1', 'is outside 0.5 to 5'],
    ['hide=slice,cat', 'which is not one of controls'],
    ['hide=slice,slice', 'names one of them twice'],
    ['embed=yes', 'is neither 0 nor 1'],
  ])('with %s say what is wrong and go on with the default', (part, sentence) => {
    const { inputs, refused } = readLink(`v=1&s=BPO4&${part}`);
    expect(refused.length).toBe(1);
    expect(refused[0]).toContain(sentence);
    expect(inputs).toEqual({ ...DEFAULT_INPUTS, structureId: 'BPO4' });
  });

  it('hide groups of controls and the bar', () => {
    const { inputs, refused } = readLink('v=1&p=phases&hide=lesson,search&embed=1');
    expect(refused).toEqual([]);
    expect(inputs.hide).toEqual(['lesson', 'search']);
    expect(inputs.embed).toBe(true);
  });
});

describe('the groups that a link can hide', () => {
  it('are listed in the documentation, each with what it is', () => {
    const page = readFileSync(new URL('../../docs/embed.md', import.meta.url), 'utf8');
    const listed = [...page.matchAll(/^\| `(\w+)` +\|/gm)].map(match => match[1]);
    expect(listed.sort()).toEqual(CONTROL_GROUPS.map(group => group.id).sort());
  });
});

describe('moving atoms', () => {
  it('keeps coordinates inside the cell, moves what shares a position, and is undone as one gesture', () => {
    moveAtom([2, 3], [1.25, -0.25, 0.5], true);
    moveAtom([2, 3], [1.3, -0.25, 0.5], false);
    expect(phases().moves).toEqual([
      { site: 2, fract: [0.3, 0.75, 0.5] },
      { site: 3, fract: [0.3, 0.75, 0.5] },
    ]);
    expect(phases().atom).toBe(2);
    expect(store.getState().past.length).toBe(1);
  });

  it('leaves the other sites, and the very list where nothing is moved', () => {
    const structure = libraryStructure('SrTiO3');
    expect(shiftedSites(structure, [])).toBe(structure.sites);
    expect(shiftedSites(structure, [{ site: 99, fract: [0, 0, 0] }])).toBe(structure.sites);
    const moved = shiftedSites(structure, [{ site: 1, fract: [0.1, 0.2, 0.3] }]);
    expect(moved[1]).toEqual({ ...structure.sites[1], fract: [0.1, 0.2, 0.3] });
    expect(moved.filter((_, i) => i !== 1)).toEqual(structure.sites.filter((_, i) => i !== 1));
  });

  it('stops at its limit with a sentence', () => {
    for (let site = 0; site < 48; site++) moveAtom([site], [0.5, 0.5, 0.5], false);
    moveAtom([60], [0.5, 0.5, 0.5], false);
    expect(phases().moves.length).toBe(48);
    expect(store.getState().notices.some(notice => notice.text.includes('At most 48 atoms'))).toBe(true);
  });

  it('is forgotten, with the reflection, when another crystal is chosen; phases and section stay', () => {
    setPhases({ hkl: [1, 2, 3], moves: [{ site: 0, fract: [0.1, 0, 0] }], phases: 'random', height: 0.3 });
    chooseStructure('BPO4');
    expect(phases()).toEqual({ ...DEFAULT_INPUTS.phases, phases: 'random', height: 0.3 });
  });
});

describe('the choice of phases', () => {
  it('waits for the crystal that lends', () => {
    const settings = { ...DEFAULT_INPUTS.phases, phases: 'borrowed' as const, donor: 'BPO4', share: 0.5 };
    const donor = libraryStructure('BPO4');
    expect(phaseChoiceOf(settings, null)).toBeNull();
    expect(phaseChoiceOf(settings, { id: 'Ga2O3', structure: donor })).toBeNull();
    expect(phaseChoiceOf(settings, { id: 'BPO4', structure: donor })).toEqual({
      kind: 'borrowed',
      donor,
      share: 0.5,
    });
    expect(phaseChoiceOf({ ...settings, phases: 'perturbed' }, null)).toEqual({
      kind: 'perturbed',
      seed: 1,
      spread: 45,
    });
  });
});

describe('the homometric pair', () => {
  it('of eight divisions is written as Patterson wrote it, in atoms of the loaded crystal', () => {
    const pair = homometricPair(searchHomometric(8, 4), DEFAULT_INPUTS.phases, libraryStructure('SrTiO3'));
    expect(pair?.sets).toEqual([
      [0, 3, 4, 5],
      [0, 4, 5, 7],
    ]);
    expect(pair?.crystals[0].sites.map(site => site.element)).toEqual(['Sr', 'Sr', 'Sr', 'Sr']);
    expect(pair?.crystals[1].sites.map(site => site.fract[2])).toEqual([0, 0.5, 0.625, 0.875]);
  });

  it('of a larger circle shares its differences; there is none for a search or class that does not exist', () => {
    const structure = libraryStructure('SrTiO3');
    const search = searchHomometric(12, 5);
    const settings = {
      ...DEFAULT_INPUTS.phases,
      divisions: 12,
      points: 5,
      pairClass: search.classes.length - 1,
    };
    const pair = homometricPair(search, settings, structure);
    expect(pair && areHomometric(pair.sets[0], pair.sets[1], 12)).toBe(true);
    expect(homometricPair(search, { ...settings, pairClass: 999 }, structure)).toBeNull();
    expect(homometricPair(search, { ...settings, points: 6 }, structure)).toBeNull();
    expect(homometricPair(null, settings, structure)).toBeNull();
  });
});
