import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { LIBRARY } from '../../src/crystal/library.ts';
import type { Structure } from '../../src/crystal/structure.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { patternAdjoint, peaksAt, scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import type { Problem } from '../../src/engine/engine.ts';
import { probeWebgl, type WebglEngine } from '../../src/engine/webgl/webglEngine.ts';
import { readCif } from '../../src/formats/cif.ts';
import { lossOf, PAPER_LOSSES } from '../../src/losses/registry.ts';
import { seededRng } from '../../src/num/rng.ts';
import { denseObjective } from '../../src/peakspace/denseObjective.ts';

/**
 * WebGL against the float64 model on every crystal of the library: the true cell and triclinic ones up to 10 % away.
 * Worst errors in SwiftShader are printed; the limits are what the engine promises on any GPU.
 */
const LIMITS = { twoTheta: 1e-7, pattern: 5e-6, loss: 1e-6, gradient: 1e-4 };
const SHARES = [0, 0.01, 0.04, 0.1];

let engine: WebglEngine;
beforeAll(async () => {
  const found = await probeWebgl();
  if (!found.ok) throw new Error(found.reason);
  engine = found.engine;
  console.log(`${found.renderer}; self-check ${JSON.stringify(found.selfCheck)}`);
});
afterAll(() => {
  console.log(`worst errors over the library: ${summary(worst)}`);
  engine.dispose();
});

async function structureOf(file: string): Promise<Structure> {
  const result = readCif(await (await fetch(`/structures/${file}`)).text());
  if (!result.ok) throw new Error(`${file}: ${result.message}`);
  return result.value;
}

/** All six parameters off by up to a share, so that no symmetry is left. */
function trials(cell: Cell): Cell[] {
  const rng = seededRng(7);
  return SHARES.map(
    share => cell.map(value => value * (1 + share * (2 * rng.uniform() - 1))) as unknown as Cell,
  );
}

const most = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((top, x) => Math.max(top, Math.abs(x)), 0);

type Worst = Record<keyof typeof LIMITS, number>;
const none = (): Worst => ({ twoTheta: 0, pattern: 0, loss: 0, gradient: 0 });
const summary = (worst: Worst): string =>
  Object.entries(worst)
    .map(([quantity, error]) => `${quantity} ${error.toExponential(1)}`)
    .join(', ');
/** Over the library. */
const worst = none();

for (const { id, file } of LIBRARY)
  test(`${id}: peaks, patterns, losses and gradients are those of the float64 model`, async () => {
    const { cell, sites } = await structureOf(file);
    const cells = trials(cell);
    const flat = Float64Array.from(cells.flat());
    const target = simulatePattern(scatteringModel(sites, PAPER_INSTRUMENT, cell), cell);
    const problemFor = (loss: Problem['loss']): Problem => ({
      kind: 'loss',
      sites,
      instrument: PAPER_INSTRUMENT,
      loss,
      target,
    });
    const models = cells.map(trial => scatteringModel(sites, PAPER_INSTRUMENT, trial));
    const patterns = cells.map((trial, i) => simulatePattern(models[i]!, trial));
    const here = none();
    const off = (quantity: keyof Worst, error: number): void => {
      // NaN is the worst.
      if (!(Math.abs(error) <= here[quantity])) here[quantity] = Math.abs(error);
    };

    const seen = new Set<number>();
    for (const part of await engine.peaks(problemFor('cosine'), flat))
      for (const [row, i] of part.members.entries()) {
        const k = part.hkl.length / 3;
        const found = new Map<string, number>();
        for (let n = 0; n < k; n++)
          if (!Number.isNaN(part.twoTheta[row * k + n]!))
            found.set(part.hkl.subarray(3 * n, 3 * n + 3).join(), part.twoTheta[row * k + n]!);
        const peaks = peaksAt(models[i]!, cells[i]!);
        expect(found.size, `reflections at cell ${i}`).toBe(peaks.count);
        for (let n = 0; n < peaks.count; n++) {
          const at = 3 * peaks.index[n]!;
          off(
            'twoTheta',
            (found.get(models[i]!.sums.hkl.subarray(at, at + 3).join()) ?? Number.NaN) - peaks.twoTheta[n]!,
          );
        }
        seen.add(i);
      }
    expect(seen.size).toBe(cells.length);

    const drawn = await engine.patterns(problemFor('cosine'), flat);
    for (const [i, pattern] of patterns.entries()) {
      const top = most(pattern);
      for (let bin = 0; bin < pattern.length; bin++)
        off('pattern', (drawn[i * pattern.length + bin]! - pattern[bin]!) / top);
    }

    for (const loss of PAPER_LOSSES) {
      const { loss: values, gradient } = await engine.evaluate(problemFor(loss.id), flat, { gradient: true });
      const alone = await engine.evaluate(problemFor(loss.id), flat);
      expect(Array.from(alone.loss), 'loss without and with gradient').toEqual(Array.from(values));
      const exact = patterns.map((pattern, i) => {
        const residual = new Float64Array(pattern.length);
        const value = loss.gradient(target, pattern, residual);
        const slopes = patternAdjoint(models[i]!, cells[i]!, residual, new Float64Array(6));
        return { value, slopes };
      });
      // At the minimum itself the gradient vanishes: there the error is held against the slopes around it.
      const steepest = most(exact.map(({ slopes }) => most(slopes)));
      for (const [i, { value, slopes }] of exact.entries()) {
        off('loss', (values[i]! - value) / Math.max(1, Math.abs(value)));
        const scale = i === 0 ? steepest : most(slopes);
        off('gradient', most(slopes.map((slope, j) => gradient![6 * i + j]! - slope)) / scale);
      }
    }
    console.log(`${id}: ${summary(here)}`);
    for (const quantity of ['twoTheta', 'pattern', 'loss', 'gradient'] as const) {
      worst[quantity] = Math.max(worst[quantity], here[quantity]);
      expect(here[quantity], quantity).toBeLessThanOrEqual(LIMITS[quantity]);
    }
  });

/**
 * Cells of the bench's 200 that were beyond their limits, or nearly: slopes of form factors were off by 5e-5; the exact
 * maximum did not go with a lone peak's intensity in float32; gradients that all but cancel. [structure, loss, cell,
 * limits of loss and gradient]
 */
const HARD: readonly [string, Problem['loss'], Cell, number, number][] = [
  ['LiMnIr2', 'mse', [5.55211684, 5.63569126, 6.18169086, 84.53626178, 94.15948892, 95.41182818], 6e-7, 1e-5],
  [
    'LiMnIr2',
    'mse',
    [5.88204326, 5.90431022, 5.8911969569, 90.23604867, 89.93713089, 90.16783865],
    1e-6,
    1e-5,
  ],
  [
    'Ga2O3',
    'mse',
    [2.29765079, 0.574795998, 1.105695776, 89.79677291, 103.86775868, 90.42057517],
    1e-9,
    1e-9,
  ],
  [
    'Ga2O3',
    'mse',
    [2.36878872, 0.593659403, 1.113214908, 89.04972267, 105.08676501, 86.00535011],
    1e-9,
    1e-9,
  ],
  [
    'MoS2',
    'entropy',
    [0.62485674, 0.6196675, 2.452009876, 90.23355717, 89.23729029, 120.66939422],
    1e-9,
    1e-9,
  ],
];

test.each(HARD)('%s, %s at %j', async (id, loss, hard, lossLimit, gradientLimit) => {
  const { cell, sites } = await structureOf(LIBRARY.find(entry => entry.id === id)!.file);
  const target = simulatePattern(scatteringModel(sites, PAPER_INSTRUMENT, cell), cell);
  const problem: Problem = { kind: 'loss', sites, instrument: PAPER_INSTRUMENT, loss, target };
  const expected = new Float64Array(6);
  const at = Float64Array.from(hard);
  const value = denseObjective(sites, PAPER_INSTRUMENT, lossOf(loss), target)(at, expected);
  // in company: the reflection list is that of larger cells
  const found = await engine.evaluate(problem, Float64Array.from([...hard, ...cell]), { gradient: true });
  expect(Math.abs(found.loss[0]! - value) / Math.max(1, Math.abs(value))).toBeLessThan(lossLimit);
  const off = most(expected.map((slope, j) => found.gradient![j]! - slope)) / most(expected);
  expect(off).toBeLessThan(gradientLimit);
});
