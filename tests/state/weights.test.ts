import { beforeEach, expect, it, vi } from 'vitest';
import '../../src/state/allSettings.ts';
import { energy } from '../../src/state/energy/energySlice.ts';
import {
  dropWeights,
  energyEngine,
  fetchWeights,
  restoreWeights,
  takeFile,
} from '../../src/state/energy/weights.ts';
import type { SavedWeights } from '../../src/state/energy/weightsStore.ts';

/** Answers that a test gives when it wants to. */
const { loads, checks } = vi.hoisted(() => ({
  loads: [] as ((saved: unknown) => void)[],
  checks: [] as { pass(): void; fail(reason: string): void }[],
}));

vi.mock('../../src/state/energy/weightsStore.ts', () => ({
  loadWeights: () => new Promise(resolve => loads.push(resolve)),
  saveWeights: async () => {},
  deleteWeights: async () => {},
}));
vi.mock('../../src/engine/energyEngine.ts', () => ({
  EnergyEngine: class {
    load = () =>
      new Promise((resolve, reject) =>
        checks.push({ pass: () => resolve([]), fail: reason => reject(new Error(reason)) }),
      );
    dispose = () => {};
  },
}));

const file = (name: string): File => new File([Uint8Array.of(1, 2, 3)], name);
const weights = () => energy.get().weights;
const waiting = async (list: readonly unknown[], count: number): Promise<void> =>
  vi.waitFor(() => expect(list).toHaveLength(count));

beforeEach(async () => {
  loads.length = 0;
  checks.length = 0;
  await dropWeights();
});

it.each([
  ['nothing', null],
  ['damaged weights', { name: 'old', sha256: 'none', bytes: Uint8Array.of(9) } satisfies SavedWeights],
])(
  'a file given while the device is still asked is used, though it then says that it kept %s',
  async (_, late) => {
    const restoring = restoreWeights();
    await waiting(loads, 1);
    const taking = takeFile(file('mine.pt'));
    await waiting(checks, 1);
    loads[0]!(late);
    await restoring;
    // the answer of the device once put "none" over the file that was being checked
    expect(weights()).toMatchObject({ status: 'checking', refused: null });
    checks[0]!.pass();
    await taking;
    expect(weights()).toMatchObject({ status: 'ready', name: 'mine.pt', kept: true });
  },
);

it('of two files the newer one is used, whichever is checked first', async () => {
  const first = takeFile(file('first.pt'));
  await waiting(checks, 1);
  const second = takeFile(file('second.pt'));
  await waiting(checks, 2);
  checks[1]!.pass();
  await second;
  checks[0]!.pass();
  await first;
  expect(weights()).toMatchObject({ status: 'ready', name: 'second.pt' });
});

it('a refused file leaves those in use', async () => {
  const taking = takeFile(file('good.pt'));
  await waiting(checks, 1);
  checks[0]!.pass();
  await taking;
  const used = energyEngine();
  const again = takeFile(file('bad.pt'));
  await waiting(checks, 2);
  checks[1]!.fail('it is no zip');
  await again;
  expect(weights()).toMatchObject({ status: 'ready', name: 'good.pt', refused: 'it is no zip' });
  expect(energyEngine()).toBe(used);
});

it('on a page without https, where browsers have no digests, a file is used all the same, and a fetched one refused', async () => {
  vi.stubGlobal('crypto', { ...crypto, subtle: undefined });
  vi.stubGlobal('fetch', async () => new Response(Uint8Array.of(1, 2, 3)));
  const taking = takeFile(file('mine.pt'));
  await waiting(checks, 1);
  checks[0]!.pass();
  await taking;
  expect(weights()).toMatchObject({ status: 'ready', name: 'mine.pt', sha256: null });
  await fetchWeights();
  expect(weights().refused).toContain('a page that is not served over https cannot check what comes');
  vi.unstubAllGlobals();
});
