import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import type { Site } from '../../src/crystal/structure.ts';
import { PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { peaksAt, scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import type { Problem } from '../../src/engine/engine.ts';
import type { WorkerPort } from '../../src/engine/thread.ts';
import { probeWebgl, type WebglEngine } from '../../src/engine/webgl/webglEngine.ts';
import { seededRng } from '../../src/num/rng.ts';

const CELL: Cell = [4.2, 3.8, 4.5, 90, 97, 90];
const SITES: readonly Site[] = [
  { label: 'Ga', element: 'Ga', fract: [0, 0, 0], occupancy: 1 },
  { label: 'O', element: 'O', fract: [0.3, 0.4, 0.1], occupancy: 0.5 },
];
const problemFor = (loss: Problem['loss'], instrument = PAPER_INSTRUMENT): Problem => ({
  kind: 'loss',
  sites: SITES,
  instrument,
  loss,
  target: simulatePattern(scatteringModel(SITES, instrument, CELL), CELL),
});
const PROBLEM = problemFor('cosine');

/** Cells up to a share of every parameter away from the true one. */
function around(n: number, share: number): Float64Array {
  const rng = seededRng(3);
  return Float64Array.from({ length: 6 * n }, (_, i) => CELL[i % 6]! * (1 + share * (2 * rng.uniform() - 1)));
}

let engine: WebglEngine;
beforeAll(async () => {
  const found = await probeWebgl();
  if (!found.ok) throw new Error(found.reason);
  engine = found.engine;
  // The flags of the test browser ask for SwiftShader.
  expect(found.software).toBe(true);
  expect(engine.device).toBe(found.renderer);
});
afterAll(() => engine.dispose());

const crippled = (lacking: string) => (): WorkerPort =>
  new Worker(new URL('./crippledGpu.worker.ts', import.meta.url), {
    type: 'module',
    name: lacking,
  }) as unknown as WorkerPort;

for (const [lacking, reason] of [
  ['OffscreenCanvas', /^this browser has no OffscreenCanvas\.$/],
  ['WebGL', /^this browser offers no WebGL 2 context\.$/],
  ['WebGL 2', /^this browser offers no WebGL 2 context\.$/],
  ['float targets', /^this GPU cannot render to 32-bit float textures\.$/],
  ['accuracy', /^WebGL \(.*\) is off by \de−\d in the loss, \de−\d in the pattern\.$/],
] as const)
  test(`the gate refuses a browser without ${lacking}, and says why`, async () => {
    const found = await probeWebgl(crippled(lacking));
    expect(found.ok ? 'accepted' : found.reason).toMatch(reason);
    expect(found).not.toHaveProperty('spared');
  });

test('the gate spares WebGL in software where nobody chose it, and says so', async () => {
  const found = await probeWebgl(undefined, false);
  expect(found).toMatchObject({ ok: false, spared: true });
  expect(found.ok ? 'accepted' : found.reason).toMatch(/^WebGL is rendered in software here \(.*SwiftShader/);
});

test('the gate refuses when the worker cannot be loaded', async () => {
  const found = await probeWebgl(
    () => new Worker('/no-such-worker.js', { type: 'module' }) as unknown as WorkerPort,
  );
  expect(found.ok ? 'accepted' : found.reason).toMatch(/^The compute worker failed/);
});

test('batches of any size give the same numbers', async () => {
  const cells = around(9, 0.04);
  for (const loss of ['cosine', 'mse', 'entropy'] as const) {
    const problem = problemFor(loss);
    const whole = await engine.evaluate(problem, cells, { gradient: true, batch: 16 });
    for (const batch of [1, 5, undefined])
      expect(await engine.evaluate(problem, cells, { gradient: true, batch })).toEqual(whole);
    expect(whole.loss.every(Number.isFinite)).toBe(true);
  }
});

test('rows folded into narrow textures give the same numbers', async () => {
  // 600 bins, 150 quarters and about 40 reflections, in textures of at most 32 texels
  const problem = problemFor('mse', { ...PAPER_INSTRUMENT, twoThetaMax: 60, step: 0.1 });
  const cells = around(6, 0.04);
  const wide = await engine.evaluate(problem, cells, { gradient: true });
  const narrow = await engine.evaluate(problem, cells, { gradient: true, widest: 32 });
  for (let i = 0; i < 6; i++) expect(narrow.loss[i]! / wide.loss[i]! - 1).toBeCloseTo(0, 5);
  const steepest = wide.gradient!.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  for (let i = 0; i < 36; i++)
    expect((narrow.gradient![i]! - wide.gradient![i]!) / steepest).toBeCloseTo(0, 5);
  const patterns = await engine.patterns(problem, cells);
  const folded = await engine.patterns(problem, cells, { widest: 32 });
  const top = patterns.reduce((most, x) => Math.max(most, x), 0);
  expect(Math.max(...folded.map((x, i) => Math.abs(x - patterns[i]!))) / top).toBeLessThan(1e-6);
});

test('another window, step and margin agree with float64', async () => {
  const instrument = {
    ...PAPER_INSTRUMENT,
    twoThetaMin: 20,
    twoThetaMax: 71,
    step: 0.03,
    margin: 3,
    eta: 0.6,
  };
  const cells = around(5, 0.05);
  const patterns = await engine.patterns(problemFor('cosine', instrument), cells);
  const bins = 1700;
  for (let i = 0; i < 5; i++) {
    const cell = Array.from(cells.subarray(6 * i, 6 * i + 6)) as unknown as Cell;
    const expected = simulatePattern(scatteringModel(SITES, instrument, cell), cell);
    const top = expected.reduce((most, x) => Math.max(most, x), 0);
    const off = expected.map((x, bin) => Math.abs(x - patterns[i * bins + bin]!) / top);
    expect(Math.max(...off)).toBeLessThan(5e-6);
  }
});

test('a short wavelength and a large cell keep the positions', async () => {
  // Indices beyond 36 leave fewer digits to the fixed-point sum.
  const instrument = { ...PAPER_INSTRUMENT, wavelength: 0.5594075, step: 0.02 };
  const cell: Cell = [15.4, 3.1, 3.6, 84, 101, 95];
  const [part] = await engine.peaks(problemFor('cosine', instrument), Float64Array.from(cell));
  const { hkl, twoTheta } = part!;
  expect(Math.max(...hkl)).toBeGreaterThan(36);
  const model = scatteringModel(SITES, instrument, cell);
  const peaks = peaksAt(model, cell);
  const found = new Map(
    Array.from(twoTheta, (angle, k) => [hkl.subarray(3 * k, 3 * k + 3).join(), angle] as const),
  );
  const off = Array.from({ length: peaks.count }, (_, n) => {
    const at = 3 * peaks.index[n]!;
    return Math.abs(found.get(model.sums.hkl.subarray(at, at + 3).join())! - peaks.twoTheta[n]!);
  });
  expect(off.length).toBeGreaterThan(1000);
  expect(Math.max(...off)).toBeLessThan(1e-7);
});

test('cells that do not exist, or have no reflection, are NaN and the others are not disturbed', async () => {
  const [good, other] = [CELL, CELL.map((x, i) => (i < 3 ? x * 1.02 : x))];
  const flat = [4, 4, 4, 60, 60, 130];
  const negative = [-4, 4, 4, 90, 90, 90];
  const tiny = [0.9, 0.8, 0.85, 90, 90, 90];
  const cells = Float64Array.from([good, flat, other, negative, tiny].flat());
  for (const loss of ['cosine', 'mse', 'entropy'] as const) {
    const problem = problemFor(loss);
    const mixed = await engine.evaluate(problem, cells, { gradient: true });
    const alone = await engine.evaluate(problem, Float64Array.from([good, other].flat()), { gradient: true });
    expect(Array.from(mixed.loss)).toEqual([
      alone.loss[0],
      Number.NaN,
      alone.loss[1],
      Number.NaN,
      Number.NaN,
    ]);
    expect(Array.from(mixed.gradient!.subarray(6, 12))).toEqual(Array(6).fill(Number.NaN));
    expect(Array.from(mixed.gradient!.subarray(12, 18))).toEqual(Array.from(alone.gradient!.subarray(6)));
    expect(Array.from(mixed.gradient!.subarray(24))).toEqual(Array(6).fill(Number.NaN));
  }
  const patterns = await engine.patterns(PROBLEM, cells);
  expect(patterns[0]).toBeGreaterThan(0);
  expect(patterns.subarray(9000, 18000).every(Number.isNaN)).toBe(true);
  expect(patterns.subarray(36000).every(x => x === 0)).toBe(true);
});

test('cells far apart are served from several reflection lists', async () => {
  const shares = [0.7, 1.6, 1, 1.25, 0.8];
  const cells = shares.map(share => CELL.map((x, i) => (i < 3 ? x * share : x)) as unknown as Cell);
  const { loss } = await engine.evaluate(PROBLEM, Float64Array.from(cells.flat()));
  for (const [i, cell] of cells.entries()) {
    const pattern = simulatePattern(scatteringModel(SITES, PAPER_INSTRUMENT, cell), cell);
    let [dot, xx, yy] = [0, 0, 0];
    for (let bin = 0; bin < pattern.length; bin++) {
      dot += pattern[bin]! * PROBLEM.target[bin]!;
      xx += pattern[bin]! ** 2;
      yy += PROBLEM.target[bin]! ** 2;
    }
    expect(Math.abs(loss[i]! + dot / Math.sqrt(xx * yy))).toBeLessThan(1e-6);
  }
});

test('progress grows to the number of cells, and a cancelled call rejects and stops', async () => {
  const cells = around(400, 0.03);
  const told: number[] = [];
  await engine.evaluate(PROBLEM, cells.subarray(0, 6 * 60), { onProgress: done => told.push(done) });
  expect(told.at(-1)).toBe(60);
  expect(told.every((done, i) => i === 0 || done > told[i - 1]!)).toBe(true);

  const controller = new AbortController();
  const seen: number[] = [];
  await expect(
    engine.evaluate(PROBLEM, cells, {
      batch: 4,
      signal: controller.signal,
      onProgress: done => {
        seen.push(done);
        controller.abort();
      },
    }),
  ).rejects.toMatchObject({ name: 'AbortError' });
  await expect(engine.evaluate(PROBLEM, cells, { signal: controller.signal })).rejects.toMatchObject({
    name: 'AbortError',
  });
  // The worker answers in order: had it gone on, more progress would have come before this.
  await engine.memory();
  expect(seen).toEqual([4]);
});

test('no texture is left behind by repeated evaluations', async () => {
  const cells = around(5, 0.05);
  const use = async (): Promise<void> => {
    for (const gradient of [false, true]) await engine.evaluate(PROBLEM, cells, { gradient });
    await engine.patterns(PROBLEM, cells);
    await engine.peaks(PROBLEM, cells);
  };
  await use();
  const before = await engine.memory();
  for (let i = 0; i < 3; i++) await use();
  expect(await engine.memory()).toEqual(before);
  // Problems come and go; only the last few are kept.
  const many = async (): Promise<void> => {
    for (let i = 0; i < 6; i++) await engine.evaluate({ ...PROBLEM }, cells.subarray(0, 6));
  };
  await many();
  const full = await engine.memory();
  await many();
  expect(await engine.memory()).toEqual(full);
});

test('a lost context is replaced, and what was not done yet is repeated', async () => {
  const cells = around(480, 0.04);
  const expected = await engine.evaluate(PROBLEM, cells, { gradient: true });
  const notices: string[] = [];
  const stop = engine.onNotice(text => notices.push(text));
  const before = engine.recoveries;

  await engine.loseContext();
  const idle = await engine.evaluate(PROBLEM, cells.subarray(0, 60));
  expect(engine.recoveries).toBe(before + 1);
  // A fresh worker draws up its reflection list at another cell: the same sums in another order.
  const near = (actual: Float64Array, exact: Float64Array): void =>
    expect(Math.max(...actual.map((x, i) => Math.abs(x - exact[i]!)))).toBeLessThan(2e-7);
  near(idle.loss, expected.loss.subarray(0, 10));

  const told: number[] = [];
  let lost = false;
  const [busy, beside] = await Promise.all([
    engine.evaluate(PROBLEM, cells, {
      gradient: true,
      batch: 8,
      onProgress: done => {
        told.push(done);
        if (done >= 24 && !lost) {
          lost = true;
          void engine.loseContext();
        }
      },
    }),
    engine.patterns(PROBLEM, cells.subarray(0, 6)),
  ]);
  expect(engine.recoveries).toBe(before + 2);
  expect(notices).toEqual(Array(2).fill('The GPU context was lost; a new one carries on.'));
  // 480 cells in all, each reported once; so many that the loss comes in the middle of them
  expect(told.at(-1)).toBe(480);
  expect(told.every((done, i) => i === 0 || done > told[i - 1]!)).toBe(true);
  expect(beside[0]).toBeGreaterThan(0);
  near(busy.loss, expected.loss);
  stop();
});

test('dispose rejects what is under way, and everything after', async () => {
  const found = await probeWebgl();
  if (!found.ok) throw new Error(found.reason);
  const running = found.engine.evaluate(PROBLEM, around(50, 0.03), {
    onProgress: () => found.engine.dispose(),
  });
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  await expect(found.engine.patterns(PROBLEM, around(1, 0))).rejects.toMatchObject({ name: 'AbortError' });
});
