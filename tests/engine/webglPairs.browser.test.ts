import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cell } from '../../src/crystal/cell.ts';
import { LIBRARY } from '../../src/crystal/library.ts';
import type { Site } from '../../src/crystal/structure.ts';
import { type Instrument, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { peaksAt, scatteringModel, simulatePattern } from '../../src/diffraction/pattern.ts';
import type { Problem } from '../../src/engine/engine.ts';
import { probeWebgl, type WebglEngine } from '../../src/engine/webgl/webglEngine.ts';
import { readCif } from '../../src/formats/cif.ts';
import { cosine } from '../../src/losses/cosine.ts';
import { seededRng } from '../../src/num/rng.ts';
import { denseObjective } from '../../src/peakspace/denseObjective.ts';
import { objectiveFor } from '../../src/peakspace/objective.ts';

/** The cosine loss from overlaps of pairs of peaks on the GPU, against float64. */

let engine: WebglEngine;
beforeAll(async () => {
  const found = await probeWebgl();
  if (!found.ok) throw new Error(found.reason);
  engine = found.engine;
});
afterAll(() => engine.dispose());

const LOSS = 1e-6;
const GRADIENT = 1e-4;

const problemOf = (sites: readonly Site[], cell: Cell, instrument = PAPER_INSTRUMENT): Problem => ({
  kind: 'loss',
  sites,
  instrument,
  loss: 'cosine',
  target: simulatePattern(scatteringModel(sites, instrument, cell), cell),
});

const most = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((top, x) => Math.max(top, Math.abs(x)), 0);

/** Largest errors of loss and gradient, the latter in units of its largest component at that cell. */
async function errors(
  problem: Problem,
  cells: Float64Array,
  objective: (cell: Float64Array, gradient: Float64Array) => number,
): Promise<{ loss: number; gradient: number }> {
  const { loss, gradient } = await engine.evaluate(problem, cells, { gradient: true });
  const alone = await engine.evaluate(problem, cells);
  expect(alone.loss, 'loss without and with gradient').toEqual(loss);
  const worst = { loss: 0, gradient: 0 };
  const slopes = new Float64Array(6);
  for (let i = 0; i < cells.length / 6; i++) {
    const value = objective(cells.slice(6 * i, 6 * i + 6), slopes);
    const off = most(slopes.map((slope, j) => gradient![6 * i + j]! - slope)) / most(slopes);
    worst.loss = Math.max(worst.loss, Math.abs(loss[i]! - value));
    worst.gradient = Math.max(worst.gradient, off);
    expect(Number.isNaN(value), `cell ${i}`).toBe(false);
  }
  return worst;
}

const dense = (problem: Problem) => denseObjective(problem.sites, problem.instrument, cosine, problem.target);

function around(cell: Cell, n: number, share: number): Float64Array {
  const rng = seededRng(11);
  return Float64Array.from({ length: 6 * n }, (_, i) => cell[i % 6]! * (1 + share * (2 * rng.uniform() - 1)));
}

for (const { id, file } of LIBRARY)
  test(`${id}: 200 random cells`, async () => {
    const read = readCif(await (await fetch(`/structures/${file}`)).text());
    if (!read.ok) throw new Error(read.message);
    const problem = problemOf(read.value.sites, read.value.cell);
    const objective = objectiveFor(problem.sites, problem.instrument, cosine, problem.target);
    const worst = await errors(problem, around(read.value.cell, 200, 0.07), objective);
    console.log(`${id}: loss ${worst.loss.toExponential(1)}, gradient ${worst.gradient.toExponential(1)}`);
    expect(worst.loss).toBeLessThan(LOSS);
    expect(worst.gradient).toBeLessThan(GRADIENT);
  });

const SITES: readonly Site[] = [
  { label: 'Ga', element: 'Ga', fract: [0, 0, 0], occupancy: 1 },
  { label: 'O', element: 'O', fract: [0.3, 0.4, 0.1], occupancy: 0.5 },
  { label: 'Sr', element: 'Sr', fract: [0.55, 0.1, 0.7], occupancy: 1 },
];
const CELL: Cell = [4.2, 3.8, 4.5, 84, 97, 103];

/** Cells with their strongest reflection within 15° of an angle at offsets from that angle. */
function strongAt(angle: number, offsets: readonly number[], instrument: Instrument): Float64Array {
  const peaks = peaksAt(scatteringModel(SITES, instrument, CELL), CELL);
  let best = -1;
  for (let k = 0; k < peaks.count; k++)
    if (
      Math.abs(peaks.twoTheta[k]! - angle) < 15 &&
      !(best >= 0 && peaks.intensity[k]! <= peaks.intensity[best]!)
    )
      best = k;
  const sine = (degrees: number): number => Math.sin((degrees * Math.PI) / 360);
  return Float64Array.from(
    offsets.flatMap(offset => {
      const scale = sine(peaks.twoTheta[best]!) / sine(angle + offset);
      return CELL.map((x, i) => (i < 3 ? x * scale : x));
    }),
  );
}

const SHIFTED: Instrument = {
  ...PAPER_INSTRUMENT,
  twoThetaMin: 20,
  twoThetaMax: 71,
  step: 0.03,
  eta: 0.6,
};
for (const [name, instrument] of [
  ["the paper's window", PAPER_INSTRUMENT],
  ['another window, step and mixing', SHIFTED],
  ['a margin', { ...SHIFTED, margin: 3 }],
  ['narrow peaks of unequal width', { ...PAPER_INSTRUMENT, u: 0.08, v: -0.02, w: 0.006 }],
  ['bins too wide for overlaps', { ...PAPER_INSTRUMENT, step: 0.1 }],
] as const)
  test(`peaks at the edges of the window: ${name}`, async () => {
    const { twoThetaMin: low, twoThetaMax: high, margin } = instrument;
    const offsets = [-0.5, -0.02, -0.001, 0.001, 0.3];
    const ends = margin ? [high, high + margin, low - margin] : low > 0 ? [high, low] : [high];
    const cells = ends.flatMap(end => Array.from(strongAt(end, offsets, instrument)));
    const problem = problemOf(SITES, CELL, instrument);
    const worst = await errors(problem, Float64Array.from(cells), dense(problem));
    console.log(`${name}: loss ${worst.loss.toExponential(1)}, gradient ${worst.gradient.toExponential(1)}`);
    expect(worst.loss).toBeLessThan(LOSS);
    expect(worst.gradient).toBeLessThan(GRADIENT);
  });

test('peaks almost on top of each other, and one alone', async () => {
  const problem = problemOf(SITES, CELL);
  const close = [1e-7, 1e-4, 3e-3].flatMap(share => [
    [4, 4 * (1 + share), 4 * (1 - 2 * share), 90, 90, 90],
    [4.1, 4.1 * (1 + share), 3.9, 90, 90, 120 + share],
  ]);
  const worst = await errors(problem, Float64Array.from(close.flat()), dense(problem));
  expect(worst.loss).toBeLessThan(LOSS);
  expect(worst.gradient).toBeLessThan(GRADIENT);

  const lone = [1.3, 1.05, 1.08, 90, 90, 90];
  const cell = lone as unknown as Cell;
  expect(peaksAt(scatteringModel(SITES, PAPER_INSTRUMENT, cell), cell).count).toBe(1);
  const single = await errors(problem, Float64Array.from(lone), dense(problem));
  expect(single.loss).toBeLessThan(LOSS);
  expect(single.gradient).toBeLessThan(GRADIENT);
});

test('cells with right angles, whose reflections coincide by fours and pairs', async () => {
  const problem = problemOf(SITES, [4.2, 3.8, 4.5, 90, 90, 90]);
  for (const angles of [
    [90, 90, 90],
    [90, 97, 90],
    [90, 90, 120],
    [80, 90, 90],
  ]) {
    const rng = seededRng(4);
    const flat = Array.from({ length: 8 }, () => [
      ...[4.2, 3.8, 4.5].map(x => x * (1 + 0.08 * (2 * rng.uniform() - 1))),
      ...angles,
    ]).flat();
    const worst = await errors(problem, Float64Array.from(flat), dense(problem));
    expect(worst.loss).toBeLessThan(LOSS);
    expect(worst.gradient).toBeLessThan(GRADIENT);
  }
});

test('textures do not grow over calls with ever other cells', async () => {
  const problem = problemOf(SITES, CELL);
  const rng = seededRng(8);
  const before = await engine.memory();
  let top = 0;
  for (let call = 0; call < 160; call++) {
    // three right angles, two, none: three ways to merge reflections
    const angles = [[90, 90, 90], [90, 96, 90], CELL.slice(3)][call % 3]!;
    const scale = 0.85 + 0.3 * rng.uniform();
    const cells = Array.from({ length: 3 }, () => [
      ...CELL.slice(0, 3).map(x => x * scale * (1 + 0.03 * rng.uniform())),
      ...angles,
    ]);
    await engine.evaluate(problem, Float64Array.from(cells.flat()), { gradient: call % 4 === 0 });
    top = Math.max(top, (await engine.memory()).tensors);
  }
  // Of the problem five textures; of each of thirteen reflection lists two, and two for each way of merging.
  expect(top - before.tensors).toBeLessThanOrEqual(5 + 13 * (2 + 3 * 2));
  const { bytes } = await engine.memory();
  expect(bytes).toBeLessThan(20e6);
});
