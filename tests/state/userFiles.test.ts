import { deflateSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LIBRARY } from '../../src/crystal/library.ts';
import type { Structure } from '../../src/crystal/structure.ts';
import { settled } from '../../src/formats/compactStructure.ts';
import { linkOf, readLink } from '../../src/state/core/permalink.ts';
import { store } from '../../src/state/core/store.ts';
import { undo } from '../../src/state/core/undo.ts';
import { chooseStructure } from '../../src/state/explore/actions.ts';
import { currentStructure } from '../../src/state/explore/selectors.ts';
import { trajectoriesCsv } from '../../src/state/explore/trajectories.ts';
import { costOf, reflectionCount } from '../../src/state/files/cost.ts';
import { storageFailure } from '../../src/state/files/database.ts';
import { decodeStructure, encodeStructure } from '../../src/state/files/structureCode.ts';
import { addCrystal, contentId, removeUserFile } from '../../src/state/files/userFileActions.ts';
import { nameForLink, USER_FILE_LIMITS } from '../../src/state/files/userFileSettings.ts';
import { userCrystal } from '../../src/state/files/userFiles.ts';
import { libraryStructure } from '../support/library.ts';
import { fc } from '../support/seeded.ts';
import { inputsNow, resetStore, runOf } from '../support/states.ts';

const base64url = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('base64').replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

/** A cell of n atoms at places that no deflation can shorten. */
const large = (n: number): Structure => ({
  ...libraryStructure('SrTiO3'),
  formula: `O${n}`,
  cell: [20, 21, 22, 90, 90, 90],
  sites: Array.from({ length: n }, (_, i) => ({
    label: `O${i + 1}`,
    element: 'O',
    fract: [Math.abs(Math.sin(i + 1)), Math.abs(Math.sin(2 * i + 3)), Math.abs(Math.sin(5 * i + 7))],
    occupancy: 1,
  })),
});

beforeEach(() => resetStore());
afterEach(() => vi.restoreAllMocks());

describe('a structure in the link', () => {
  it.each(LIBRARY.map(entry => entry.id))('%s comes back as it went', id => {
    const text = encodeStructure(libraryStructure(id));
    expect(text).toMatch(/^[\w-]+$/);
    expect(decodeStructure(text ?? '')).toEqual({
      ok: true,
      value: settled(libraryStructure(id)),
      warnings: [],
    });
  });

  it('is there up to about a hundred atoms, and none where it would be too long', () => {
    expect(encodeStructure(large(90))?.length).toBeLessThanOrEqual(USER_FILE_LIMITS.data);
    expect(encodeStructure(large(400))).toBeNull();
  });

  it('that unpacks to more than a link can hold is refused before it is unpacked', () => {
    const bomb = base64url(deflateSync(new Uint8Array(50_000_000)));
    expect(decodeStructure(bomb)).toEqual({
      ok: false,
      message: 'the structure in the link unpacks to more than a link can hold',
    });
  });

  it.each([
    ['{"__proto__": {"polluted": true}}', '__proto__'],
    ['[1, "a"]', 'is not a text'],
    [`${'['.repeat(1000)}${']'.repeat(1000)}`, 'deep'],
    ['not json', 'cannot be read'],
  ])('that holds %s is refused', (json, reason) => {
    const read = decodeStructure(base64url(deflateSync(new TextEncoder().encode(json))));
    expect(read.ok ? '' : read.message).toContain(reason);
    expect('polluted' in {}).toBe(false);
  });

  it('that is damaged anywhere is refused or still a structure, never an error', () => {
    const text = encodeStructure(libraryStructure('U2Ti')) ?? '';
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...'AZaz09-_'), (at, letter) => {
        const read = decodeStructure(text.slice(0, at) + letter + text.slice(at + 1));
        if (!read.ok) expect(read.message).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});

describe('an own crystal', () => {
  it('is in the link, and a fresh page has it from there', async () => {
    const id = (await addCrystal(libraryStructure('Au2S'))) ?? '';
    chooseStructure(id);
    const link = linkOf(inputsNow());
    expect(link).toContain(`s=${id}&`);
    const { inputs, refused } = readLink(link);
    expect(refused).toEqual([]);
    expect(inputs).toEqual(inputsNow());
    expect((await userCrystal(id)).sites).toHaveLength(6);
  });

  it('that is opened twice is there once, and undo takes it away', async () => {
    const first = await addCrystal(libraryStructure('Au2S'));
    expect(await addCrystal(libraryStructure('Au2S'))).toBe(first);
    expect(inputsNow().userFiles.crystals).toHaveLength(1);
    undo();
    expect(inputsNow().userFiles.crystals).toEqual([]);
  });

  it('too large for the link says so, and that it lasts as long as the page where nothing can be kept', async () => {
    // there is no store at all unless another test brought one
    if (globalThis.IDBObjectStore)
      vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
        throw new DOMException('full', 'QuotaExceededError');
      });
    const id = await addCrystal(large(400));
    expect(inputsNow().userFiles.crystals[0]).toEqual({ id, name: 'O400', data: null });
    expect(store.getState().notices[0]?.text).toContain(
      'too large for the link and is not kept on this device',
    );
    expect((await userCrystal(id ?? '')).sites).toHaveLength(400);
  });

  it('of another device is asked for by name', async () => {
    const userFiles = { crystals: [{ id: 'own-00000000', name: 'Zeolite', data: null }], patterns: [] };
    store.setState({ inputs: { ...inputsNow(), userFiles } });
    await expect(userCrystal('own-00000000')).rejects.toThrow('“Zeolite” is too large for a link');
  });

  it('is not removed while it is on screen', async () => {
    const id = (await addCrystal(libraryStructure('Au2S'))) ?? '';
    chooseStructure(id);
    removeUserFile(id);
    expect(inputsNow().userFiles.crystals).toHaveLength(1);
    chooseStructure('U2Ti');
    removeUserFile(id);
    expect(inputsNow().userFiles.crystals).toEqual([]);
  });

  it('pushes out the oldest that nothing uses when there are too many', async () => {
    const cell = (k: number): Structure => ({
      ...libraryStructure('SrTiO3'),
      cell: [4 + k, 4, 4, 90, 90, 90],
    });
    const ids: string[] = [];
    for (let k = 0; k < USER_FILE_LIMITS.entries; k++) ids.push((await addCrystal(cell(k))) ?? '');
    chooseStructure(ids[0]!);
    await addCrystal(cell(50));
    const left = inputsNow().userFiles.crystals.map(entry => entry.id);
    expect(left).toHaveLength(USER_FILE_LIMITS.entries);
    expect(left).toContain(ids[0]);
    expect(left).not.toContain(ids[1]);
  });
});

describe('a link that names what it does not bring', () => {
  it('falls back for the crystal and the target, and leaves them out of the comparison', () => {
    const { inputs, refused } = readLink('v=1&s=own-aaaaaaaa&meas=xrd-bbbbbbbb&cmp=NaCl,own-aaaaaaaa');
    expect(inputs.structureId).toBe('U2Ti');
    expect(inputs.measured.id).toBeNull();
    expect(inputs.compare.entries.map(entry => entry.source)).toEqual(['NaCl']);
    expect(refused).toHaveLength(3);
  });
});

describe('names and identities', () => {
  it('a name keeps letters and digits of any script, and nothing that means something in a link', () => {
    expect(nameForLink('α-Al₂O₃, "corundum"~1')).toBe('α-Al₂O₃ corundum 1');
    expect(nameForLink('<b>')).toBe('b');
    expect(nameForLink('~,')).toBe('unnamed');
  });
  it('identities differ with their content', () => {
    const ids = Array.from({ length: 2000 }, (_, i) => contentId('own', `crystal ${i}`));
    expect(new Set(ids).size).toBe(2000);
    for (const id of ids) expect(id).toMatch(/^own-[0-9a-z]{8}$/);
    const patterns = Array.from({ length: 2000 }, (_, i) =>
      contentId('xrd', [Float64Array.of(1.54, 10, 10.01), Float64Array.of(0, 0, i)]),
    );
    expect(new Set(patterns).size).toBe(2000);
  });
});

describe('what a large cell would cost', () => {
  it('counts the reflections of the sphere: silicon with copper radiation up to 90°', () => {
    const silicon = { ...libraryStructure('SrTiO3'), cell: [5.4307, 5.4307, 5.4307, 90, 90, 90] as const };
    // (2π/3) (2 sin 45° / 1.5406)³ 5.4307³ = 260 pairs, extinct ones counted
    expect(reflectionCount(silicon, inputsNow().instrument)).toBeCloseTo(259.5, 0);
  });
  it('grows with atoms and with reflections', () => {
    const pace = { term: 1e-5, bin: 1e-6 };
    const one = costOf(large(100), inputsNow().instrument, pace).first;
    expect(costOf(large(200), inputsNow().instrument, pace).first).toBeGreaterThan(one);
    expect(costOf(large(100), { ...inputsNow().instrument, twoThetaMax: 60 }, pace).first).toBeLessThan(
      one / 2,
    );
  });
});

describe('what is taken out', () => {
  it('descents: a row for every step, starts counted from one', () => {
    const lines = trajectoriesCsv([runOf(0, 'constrained', 3), runOf(1, 'unconstrained', 2)], [], 'cosine')
      .trim()
      .split('\n');
    expect(lines[0]).toBe(
      'start,setting,step,a_angstrom,b_angstrom,c_angstrom,alpha_degree,beta_degree,gamma_degree,cosine_loss',
    );
    expect(lines).toHaveLength(6);
    expect(lines[2]).toBe('1,constrained,1,5.001,5,5,90,90,90,-1');
    expect(lines[5]!.startsWith('2,unconstrained,1,')).toBe(true);
  });

  it('the current crystal: in the cell of the cursor, in P 1, with its loss in the source', () => {
    const structure = libraryStructure('U2Ti');
    expect(currentStructure(store.getState())).toBe(structure === null ? null : store.getState().structure);
    const cell = [5, 5.1, 3, 90, 90, 120] as const;
    const current = {
      of: { kind: 'probe', x: 5, y: 3 },
      cell,
      loss: -0.5,
      pattern: new Float64Array(),
      peaks: null,
      problem: { loss: 'cosine' },
    };
    store.setState({ current: current as never });
    const found = currentStructure(store.getState());
    expect([found?.cell, found?.spaceGroup]).toEqual([cell, { symbol: 'P 1', number: 1 }]);
    expect(found?.source).toContain('cosine loss -0.500000');
  });
});

describe('storage that fails', () => {
  it.each([
    ['QuotaExceededError', 'the storage that the browser allows is full'],
    ['SecurityError', 'the browser lets this page keep nothing'],
    ['AbortError', 'stopped'],
  ])('%s is told in words', (name, text) => {
    expect(storageFailure(Object.assign(new Error('stopped'), { name }))).toBe(text);
  });
});
