import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Structure } from '../../src/crystal/structure.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import type { Engines } from '../../src/engine/engines.ts';
import type { Drawn } from '../../src/engine/methods/evaluate.ts';
import { METHODS } from '../../src/engine/methods/evaluate.ts';
import { store } from '../../src/state/core/store.ts';
import { problemJob } from '../../src/state/explore/crystalJobs.ts';
import { shareEngines } from '../../src/state/explore/sharedEngines.ts';
import { costOf, estimate, isQuick, tooDear } from '../../src/state/files/cost.ts';
import { settled } from '../support/deferred.ts';
import { libraryStructure } from '../support/library.ts';
import { inputsNow, resetStore } from '../support/states.ts';

/** A laptop, as which a device is taken where no thread times it. */
const PACE = { term: 1e-4, bin: 2e-6 };

const u2ti = libraryStructure('U2Ti');
const oxygen = (count: number): Structure['sites'] =>
  Array.from({ length: count }, (_, i) => ({ label: `O${i}`, element: 'O', fract: [0, 0, 0], occupancy: 1 }));
const cubic = (a: number, atoms: number): Structure => ({
  ...u2ti,
  cell: [a, a, a, 90, 90, 90],
  sites: oxygen(atoms),
});
/** #v=1&n=11&wl=0.1&tt1=170 */
const SHORT = { ...PAPER_INSTRUMENT, wavelength: 0.1, twoThetaMax: 170 };

describe('the cost of a pattern', () => {
  it.each([
    ['a short wavelength', u2ti, SHORT],
    ['one atom in a cell of 200 Å', cubic(200, 1), PAPER_INSTRUMENT],
    ['9,000 atoms on one place of a cell of 30 Å', cubic(30, 9000), PAPER_INSTRUMENT],
  ])('of %s is known before anything is computed, with what makes it bearable', async (_, crystal, given) => {
    const before = process.cpuUsage();
    const { bearable, end, wavelength } = await estimate(crystal, given);
    expect(bearable).toBe(false);
    for (const change of [{ twoThetaMax: end! }, { wavelength: wavelength! }])
      expect(costOf(crystal, { ...given, ...change }, PACE).first).toBeLessThan(4100);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000);
    expect(tooDear(crystal, given, null)).toMatch(/^About [\d\u202f]+ reflections of [\d\u202f]+ atoms?: /);
  });

  it('of the built-in crystals is none that the page would notice', () => {
    expect(isQuick(libraryStructure('NdAl8Cu4'), PAPER_INSTRUMENT)).toBe(true);
    expect(isQuick(cubic(24, 500), PAPER_INSTRUMENT)).toBe(false);
  });
});

describe('the problem on screen', () => {
  const asked: Drawn[] = [];
  let stop = (): void => {};
  beforeEach(() => {
    asked.length = 0;
    const context = { breathe: async () => {}, progress: () => {} };
    const crystal = (drawn: Drawn, cell: Structure['cell']) => {
      asked.push(drawn);
      return METHODS.crystal(drawn, { cell }, context);
    };
    shareEngines({ cpu: { crystal } } as unknown as Engines);
  });
  afterEach(() => stop());

  it('is there at once where it is small', () => {
    resetStore();
    stop = problemJob.follow();
    expect(store.getState().problem?.target.length).toBe(9000);
    expect(asked).toEqual([]);
  });

  it('comes from a thread where it would hold up the page; until then there is none of another crystal', async () => {
    resetStore();
    stop = problemJob.follow();
    const before = store.getState().problem;
    await settled();
    const large = cubic(16, 40);
    expect(isQuick(large, PAPER_INSTRUMENT)).toBe(false);
    store.setState({ structure: large, structureId: 'own-00000001' });
    expect(before).not.toBeNull();
    expect(store.getState().problem).toBeNull();
    await vi.waitFor(() => expect(store.getState().problem?.sites).toBe(large.sites));
    expect(asked).toHaveLength(1);
    expect(store.getState().targetPeaks!.twoTheta.length).toBeGreaterThan(1000);
  });

  it('is asked about where it takes too long, and follows the answer', async () => {
    resetStore();
    store.setState({ inputs: { ...inputsNow(), instrument: SHORT } });
    stop = problemJob.follow();
    await settled();
    expect(store.getState().problem).toBeNull();
    expect(asked).toEqual([]);
    const notice = store.getState().notices.find(({ id }) => id === 'cost')!;
    expect(notice.text).toMatch(/^About 950.000 reflections of 3 atoms: \d+ s for the first pattern/);
    expect(notice.actions?.map(({ label }) => label)).toEqual([
      expect.stringMatching(/^Only up to \d+°$/),
      expect.stringMatching(/^With 0\.\d+ Å$/),
      'Compute it',
    ]);
    const shown = vi.spyOn(METHODS, 'crystal').mockResolvedValue({
      pattern: new Float64Array(9000).fill(1),
      peaks: { hkl: new Int32Array(), twoTheta: new Float64Array(), intensity: new Float64Array() },
      sticks: { position: new Float64Array(), intensity: new Float64Array() },
    });
    notice.actions![2]!.run();
    expect(store.getState().problem).toBeNull();
    await vi.waitFor(() => expect(store.getState().problem).not.toBeNull());
    store.setState({ problem: null });
    notice.actions![0]!.run();
    await vi.waitFor(() => expect(store.getState().problem).not.toBeNull());
    expect(inputsNow().instrument.twoThetaMax).toBeLessThan(100);
    expect(store.getState().notices.some(({ id }) => id === 'cost')).toBe(false);
    shown.mockRestore();
  });
});
