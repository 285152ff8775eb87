import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import { type LossProblem, lossOfPattern } from '../../src/engine/engine.ts';
import type { Engines } from '../../src/engine/engines.ts';
import { type PatternTree, patternTree } from '../../src/peakspace/pattern/patternTree.ts';
import { store } from '../../src/state/core/store.ts';
import { setFocus, setHover } from '../../src/state/explore/actions.ts';
import { currentJob } from '../../src/state/explore/crystalJobs.ts';
import { targetOf } from '../../src/state/explore/problem.ts';
import { shareEngines } from '../../src/state/explore/sharedEngines.ts';
import { deferred, settled } from '../support/deferred.ts';
import { libraryStructure } from '../support/library.ts';
import { resetStore } from '../support/states.ts';

const structure = libraryStructure('U2Ti');
const problemWith = (step: number): LossProblem => {
  const instrument = { ...PAPER_INSTRUMENT, step };
  return {
    kind: 'loss',
    ...structure,
    instrument,
    loss: 'cosine',
    target: targetOf(structure, instrument).target,
  };
};
const SMALL = problemWith(0.02);
/** So many bins that one pattern would hold up the page. */
const LARGE = problemWith(0.001);

const patterns = deferred<[problem: LossProblem, cells: Float64Array], Float64Array>();
const trees = deferred<[problem: LossProblem, peaks: number], PatternTree | null>();
const shown = () => store.getState().current!;
const aAndC = () => [shown().cell[0], shown().cell[2]];
let stop = (): void => {};

function show(problem: LossProblem): void {
  resetStore({ problem });
  stop = currentJob.follow();
}

beforeEach(() => {
  patterns.calls.length = 0;
  trees.calls.length = 0;
  shareEngines({ cpu: { patterns: patterns.method, patternTree: trees.method } } as unknown as Engines);
});
afterEach(() => stop());

/** Answer of the dense reference about the crystal on screen. */
function expectTrue(tolerance: number): void {
  const { cell, pattern, problem, loss, peaks } = shown();
  const expected = simulatePattern(scatteringModel(structure.sites, problem.instrument, cell), cell);
  const highest = Math.max(...expected);
  expect(Math.max(...pattern.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(
    tolerance * highest,
  );
  expect(loss).toBe(lossOfPattern(problem, pattern));
  expect(peaks.twoTheta.length).toBeGreaterThan(0);
}

describe('the crystal under the pointer', () => {
  it('has its pattern and numbers in the event that moves it, dense at first, then by the kernel', async () => {
    show(SMALL);
    expect(shown().of).toEqual({ kind: 'truth' });
    expect(shown().loss).toBeCloseTo(-1, 12);
    await settled();
    setHover({ x: 5, y: 2.9 });
    expect([shown().of.kind, ...aAndC()]).toEqual(['pointer', 5, 2.9]);
    expectTrue(1e-12);
    expect(trees.calls.map(({ args }) => args)).toEqual([[SMALL, shown().peaks.twoTheta.length]]);
    trees.calls[0]!.resolve(patternTree(SMALL.instrument, 7));
    const dense = shown().pattern;
    await vi.waitFor(async () => {
      setHover({ x: 5.1, y: 2.9 });
      await settled();
      setHover({ x: 5, y: 2.9 });
      expect(shown().pattern).not.toEqual(dense);
    }, 20_000);
    expectTrue(1e-8);
    expect(patterns.calls).toHaveLength(0);
  });

  it('takes the words with it where the cell stays: a probe at the truth is not "the true crystal"', async () => {
    show(SMALL);
    await settled();
    const { pattern, cell } = shown();
    const probe = { kind: 'probe', x: cell[0], y: cell[2] } as const;
    setFocus(probe);
    expect(shown().of).toEqual(probe);
    expect(shown().pattern).toBe(pattern);
  });

  it('is missing where no such cell exists, and there again when the pointer moves on', async () => {
    show(SMALL);
    await settled();
    setHover({ x: -1, y: 2.9 });
    expect(store.getState().missing).toContain('a');
    await settled();
    setHover(null);
    expect([store.getState().missing, shown().of.kind]).toEqual([null, 'truth']);
  });
});

describe('a crystal too large for the page', () => {
  it('goes to a worker, the newest place wins, and what is said is of the numbers on screen', async () => {
    show(LARGE);
    expect(store.getState().current).toBeNull();
    expect(patterns.calls).toHaveLength(1);
    patterns.calls[0]!.resolve(LARGE.target);
    await settled();
    expect(shown().of.kind).toBe('truth');
    for (const x of [5, 5.1, 5.2]) setHover({ x, y: 2.9 });
    // not there yet: the words stay with the numbers
    expect(shown().of.kind).toBe('truth');
    patterns.calls[1]!.resolve(LARGE.target);
    await settled();
    expect([shown().of.kind, ...aAndC()]).toEqual(['pointer', 5, 2.9]);
    expect(patterns.calls.slice(1).map(({ args: [, cells] }) => cells[0])).toEqual([5, 5.2]);
    patterns.calls[2]!.resolve(LARGE.target);
    await settled();
    expect(aAndC()).toEqual([5.2, 2.9]);
  });

  it('gives up what comes late of another problem, and says what failed', async () => {
    show(LARGE);
    store.setState({ problem: { ...LARGE, loss: 'mse' } });
    patterns.calls[0]!.resolve(LARGE.target);
    await settled();
    expect(store.getState().current).toBeNull();
    patterns.calls[1]!.reject(new Error('no worker starts'));
    await settled();
    expect(store.getState().notices.map(({ text }) => text)).toEqual(['no worker starts']);
  });
});
