import { describe, expect, it } from 'vitest';
import { cellProblem } from '../../src/crystal/cell.ts';
import { scatteringModel, simulatedTarget, simulatePattern } from '../../src/diffraction/pattern.ts';
import { resample } from '../../src/diffraction/resample.ts';
import { type LossProblem, lossOfPattern, problemLoss } from '../../src/engine/engine.ts';
import { METHODS } from '../../src/engine/methods/evaluate.ts';
import type { CallContext } from '../../src/engine/protocol.ts';
import type { DescentChunk } from '../../src/engine/walker.ts';
import { LOSSES, lossOf } from '../../src/losses/registry.ts';
import { denseObjective } from '../../src/peakspace/denseObjective.ts';
import { objectiveFor } from '../../src/peakspace/objective.ts';
import { distorted } from '../support/cells.ts';
import { expectClose } from '../support/expectClose.ts';
import { libraryStructure } from '../support/library.ts';
import { PLAN, trajectory } from '../support/plans.ts';
import { libraryProblem } from '../support/problems.ts';

const quiet: CallContext<never> = { progress: () => {}, breathe: () => Promise.resolve() };
const { cell } = libraryStructure('U2Ti');
const CELLS = Float64Array.from(Array.from({ length: 20 }, (_, seed) => distorted(cell, seed, 0.05)).flat());
const FLAT = [4, 4, 4, 120, 120, 120];

const dense = (problem: LossProblem) =>
  denseObjective(problem.sites, problem.instrument, problemLoss(problem), problem.target);

describe.each(LOSSES.map(loss => loss.id))('evaluating the %s loss', id => {
  const problem = libraryProblem('U2Ti', id);

  it('gives the float64 losses and gradients of the dense reference', async () => {
    const { loss, gradient } = await METHODS.evaluate(problem, { cells: CELLS, gradient: true }, quiet);
    const objective = dense(problem);
    for (let i = 0; i < 20; i++) {
      const slope = new Float64Array(6);
      const value = objective(CELLS.slice(6 * i, 6 * i + 6), slope);
      // the accuracy asked of any faster way to the same numbers
      expectClose([loss[i]!], [value], { relative: 1e-8, absolute: 1e-10 }, `loss ${i}`);
      const tolerance = { relative: 1e-6, absolute: 1e-6 * Math.max(...slope.map(Math.abs)) };
      expectClose(gradient!.subarray(6 * i, 6 * i + 6), slope, tolerance, `gradient ${i}`);
    }
  });

  it('does not depend on how the cells are split into calls', async () => {
    const whole = await METHODS.evaluate(problem, { cells: CELLS, gradient: false }, quiet);
    for (const size of [1, 7]) {
      const parts: number[] = [];
      for (let i = 0; i < 20; i += size) {
        const cells = CELLS.slice(6 * i, 6 * (i + size));
        parts.push(...(await METHODS.evaluate(problem, { cells, gradient: false }, quiet)).loss);
      }
      expectClose(parts, whole.loss, { relative: 1e-8, absolute: 1e-10 }, `calls of ${size}`);
    }
  });
});

describe('GPWDF where the peaks of the target are known', () => {
  const { sites, instrument } = libraryProblem('U2Ti');
  const problem: LossProblem = {
    ...libraryProblem('U2Ti', 'gpwdf'),
    ...simulatedTarget(sites, instrument, cell),
    lossWidths: { width: 2, alpha: 1.5 },
  };

  // The readout took the pattern's points, where the map went over the peaks.
  it('says of the crystal on screen what its map says', async () => {
    const { loss } = await METHODS.evaluate(problem, { cells: CELLS, gradient: false }, quiet);
    for (const i of [0, 7, 19]) {
      const at = distorted(cell, i, 0.05);
      const { target: pattern, sticks } = simulatedTarget(sites, instrument, at);
      expect(lossOfPattern(problem, pattern, sticks)).toBeCloseTo(loss[i]!, 8);
      expect(Math.abs(lossOfPattern(problem, pattern) - loss[i]!)).toBeGreaterThan(1e-4);
    }
  });

  it('takes the points of a target that leaves bins out', async () => {
    const excluded = new Uint8Array(problem.target.length).fill(1, 0, problem.target.length / 5);
    const masked = { ...problem, excluded };
    const { loss } = await METHODS.evaluate(masked, { cells: CELLS.slice(0, 6), gradient: false }, quiet);
    const { target: pattern, sticks } = simulatedTarget(sites, instrument, distorted(cell, 0, 0.05));
    expect(lossOfPattern(masked, pattern, sticks)).toBeCloseTo(loss[0]!, 7);
  });
});

describe('cells that do not exist', () => {
  const problem = libraryProblem('U2Ti');
  const cells = Float64Array.from([...FLAT, ...cell, -1, 4, 4, 90, 90, 90]);
  it('have NaN for loss and gradient, and leave the others alone', async () => {
    const { loss, gradient } = await METHODS.evaluate(problem, { cells, gradient: true }, quiet);
    expect([loss[0], loss[2]]).toEqual([Number.NaN, Number.NaN]);
    expect(loss[1]).toBeCloseTo(-1, 8);
    const missing = Array.from(gradient!, Number.isNaN);
    expect(missing).toEqual([0, 1, 2].flatMap(i => Array.from({ length: 6 }, () => i !== 1)));
  });
  it('have rows of NaN for patterns', async () => {
    const out = await METHODS.patterns(problem, { cells }, quiet);
    const bins = problem.target.length;
    expect(out.subarray(0, bins).every(Number.isNaN)).toBe(true);
    expectClose(out.subarray(bins, 2 * bins), problem.target, { relative: 1e-11, absolute: 0 }, 'pattern');
    expect(out.subarray(2 * bins).every(Number.isNaN)).toBe(true);
  });
  it('and cells with no reflection in the window have none either', async () => {
    const tiny = Float64Array.of(1, 1, 1, 90, 90, 90);
    const { loss } = await METHODS.evaluate(problem, { cells: tiny, gradient: false }, quiet);
    expect(loss[0]).toBeNaN();
  });
});

describe('patterns', () => {
  it('are those of a model of their own', async () => {
    const problem = libraryProblem('U2Ti');
    const out = await METHODS.patterns(problem, { cells: CELLS }, quiet);
    for (const i of [0, 9, 19]) {
      const at = distorted(cell, i, 0.05);
      const own = simulatePattern(scatteringModel(problem.sites, problem.instrument, at), at);
      const bins = own.length;
      expectClose(out.subarray(i * bins, (i + 1) * bins), own, { relative: 1e-11, absolute: 0 }, `row ${i}`);
    }
  });
});

describe('descending', () => {
  const problem = libraryProblem('U2Ti');
  const plan = {
    ...PLAN,
    start: [4.9, 4.9, 2.9, 90, 90, 120] as const,
    space: { kind: 'slice', x: 'a', y: 'c', base: cell, tied: false } as const,
    family: 'hexagonal' as const,
    learningRate: 5e-4,
    maxIterations: 150,
  };

  it('streams exactly the iterates of the descent, whichever the mode', async () => {
    for (const mode of ['unconstrained', 'constrainedStart', 'constrained'] as const) {
      const chunks: DescentChunk[] = [];
      const context = { ...quiet, progress: (chunk: DescentChunk) => void chunks.push(chunk) };
      const end = await METHODS.descend(problem, { plan: { ...plan, mode } }, context);
      const objective = objectiveFor(problem.sites, problem.instrument, lossOf('cosine'), problem.target);
      const expected = trajectory({ ...plan, mode }, objective);
      expect(chunks.flatMap(chunk => Array.from(chunk.losses))).toEqual(expected.losses);
      expect(chunks.flatMap(chunk => Array.from(chunk.cells))).toEqual(expected.cells.flat());
      expect(end).toEqual({
        reason: 'maxIterations',
        steps: 150,
        bestStep: expected.end.bestStep,
        twoCycle: false,
      });
    }
  });

  it('from a cell that does not exist ends at once and streams nothing', async () => {
    const chunks: DescentChunk[] = [];
    const context = { ...quiet, progress: (chunk: DescentChunk) => void chunks.push(chunk) };
    const start = FLAT as unknown as typeof plan.start;
    expect(cellProblem(start)).not.toBeNull();
    const end = await METHODS.descend(
      problem,
      { plan: { ...plan, start: start, space: { kind: 'full' } } },
      context,
    );
    expect(end).toMatchObject({ reason: 'leftDomain', steps: 0 });
    expect(chunks).toEqual([]);
  });

  it('that leaves the cells that exist streams its last iterate once', async () => {
    const losses: number[] = [];
    const context = { ...quiet, progress: (chunk: DescentChunk) => void losses.push(...chunk.losses) };
    const wild = { ...plan, space: { kind: 'full' } as const, learningRate: 1e6 };
    const end = await METHODS.descend(problem, { plan: wild }, context);
    expect(end.reason).toBe('leftDomain');
    expect(losses).toHaveLength(end.steps + 1);
  });

  it('stops where it is when it is told to while it breathes', async () => {
    let breaths = 0;
    const context = {
      ...quiet,
      breathe: () => (++breaths > 10 ? Promise.reject(new Error('cancelled')) : Promise.resolve()),
    };
    await expect(METHODS.descend(problem, { plan }, context)).rejects.toThrow('cancelled');
    expect(breaths).toBe(11);
  });

  it('is stable below the rate that is called stable', async () => {
    const near = { ...plan, start: [4.83, 4.828, 2.848, 90, 90, 120] as const, maxIterations: 200 };
    const rate = await METHODS.stableRate(problem, { plan: { ...near, start: cell } }, quiet);
    const objective = dense(problem);
    const { losses } = trajectory({ ...near, learningRate: 0.8 * rate }, objective);
    expect(losses.at(-1)).toBeLessThan(losses[0]!);
    expect(losses.at(-1)).toBeCloseTo(-1, 5);
  });
});

describe('the zero shift of a pattern', () => {
  const problem = libraryProblem('U2Ti');
  const { instrument, target } = problem;
  const x = Float64Array.from(target, (_, i) => instrument.twoThetaMin + i * instrument.step);
  /** The problem with its target this much to the right. */
  const shifted = (by: number): LossProblem => ({
    ...problem,
    target: resample(
      { x, y: target },
      x.map(angle => angle - by),
    ),
  });

  it('is found to a tenth of a bin, to either side', async () => {
    for (const by of [-0.2137, 0, 0.0642])
      expect(await METHODS.zeroShift(shifted(by), { pattern: target }, quiet)).toBeCloseTo(by, 3);
  });

  it('is none where the loss is least at the end of the search', async () => {
    expect(await METHODS.zeroShift(shifted(0.7), { pattern: target }, quiet)).toBeNull();
  });

  it('lets other calls in after every loss', async () => {
    let breaths = 0;
    const context = { ...quiet, breathe: async () => void breaths++ };
    await METHODS.zeroShift(problem, { pattern: target }, context);
    expect(breaths).toBe(201);
  });
});
