import { describe, expect, it } from 'vitest';
import type { AnalysisPool } from '../../src/engine/analysisPool.ts';
import { endsOnGpu, isOneDescent } from '../../src/engine/endsOnGpu.ts';
import { abortError } from '../../src/engine/engine.ts';
import type { StrategyCall, StrategyEnds } from '../../src/engine/methods/analysis.ts';
import type { DescentOutcome } from '../../src/engine/walker.ts';
import type { WebglEngine } from '../../src/engine/webgl/webglEngine.ts';
import { plainStrategy, STRATEGY_IDS, strategyOf } from '../../src/optimise/strategy.ts';
import { PLAN } from '../support/plans.ts';
import { libraryProblem } from '../support/problems.ts';

type Gpu = Pick<WebglEngine, 'descendMany'>;
type Pool = Pick<AnalysisPool, 'ends'>;

const problem = libraryProblem('U2Ti');
const CALL: StrategyCall = {
  plan: { ...PLAN, momentum: 0.9 },
  strategy: plainStrategy({ mode: 'constrained', family: 'hexagonal' }),
  spread: [0, 0, 0, 0, 0, 0],
  seed: 1,
};
const STARTS = Float64Array.from({ length: 30 }, (_, i) => [4 + Math.floor(i / 6), 4, 5, 90, 90, 90][i % 6]!);

/** An outcome whose loss is its first length. */
const outcome = (start: ArrayLike<number>): DescentOutcome => ({
  reason: 'converged',
  steps: 7,
  bestStep: 7,
  twoCycle: false,
  cell: Float64Array.from(start),
  loss: start[0]!,
  startLoss: 0,
  bestCell: Float64Array.from(start),
  bestLoss: 0,
});
/** Answers the first plans, then fails. */
const failing = (answered: number, error: Error): Gpu => ({
  descendMany: async (_, plans, { onOutcome, onProgress } = {}) => {
    // out of order, as they end
    for (let i = answered - 1; i >= 0; i--) onOutcome?.(outcome(plans[i]!.start), i);
    onProgress?.(answered, plans.length);
    throw error;
  },
});
const POOL: Pool = {
  ends: async (_, __, starts, { onPart, onProgress } = {}) => {
    const n = starts.length / 6;
    for (let i = 0; i < n; i++) {
      const cells = starts.slice(6 * i, 6 * i + 6);
      const part: StrategyEnds = {
        cells,
        losses: cells.slice(0, 1),
        steps: Float64Array.of(9),
        bouncing: Uint8Array.of(1),
      };
      onPart?.(i, part);
      onProgress?.(i + 1, n);
    }
    return { cells: starts, losses: starts, steps: starts, bouncing: new Uint8Array(n) };
  },
};

/** Known ends: start → [loss, steps]. */
async function run(gpu: Gpu, pool: Pool, signal?: AbortSignal) {
  const found = new Map<number, readonly [number, number]>();
  const told: number[] = [];
  const share = await endsOnGpu(gpu, pool, problem, CALL, STARTS, {
    signal,
    onProgress: done => told.push(done),
    onPart: (positions, part) => {
      for (let k = 0; k < part.losses.length; k++) {
        expect(part.cells[6 * k]).toBe(part.losses[k]);
        expect(found.has(positions[k]!)).toBe(false);
        found.set(positions[k]!, [part.losses[k]!, part.steps[k]!]);
      }
    },
  });
  return { found: [...found].sort(([i], [j]) => i - j), told, share };
}

describe('ends on the GPU', () => {
  it('are of the descents that the strategy asks for', async () => {
    const gpu: Gpu = {
      descendMany: async (_, plans, { onOutcome, onProgress } = {}) => {
        expect(plans.map(({ start }) => start[0])).toEqual([4, 5, 6, 7, 8]);
        for (const plan of plans) expect(plan).toMatchObject({ mode: 'constrained', momentum: 0 });
        const outcomes = plans.map(({ start }) => outcome(start));
        for (const [i, one] of outcomes.entries()) onOutcome?.(one, i);
        onProgress?.(5, 5);
        return outcomes;
      },
    };
    const { found, share, told } = await run(gpu, { ends: () => Promise.reject(new Error('unasked')) });
    expect(found.map(([, end]) => end)).toEqual([4, 5, 6, 7, 8].map(loss => [loss, 7]));
    expect(share).toEqual({ onGpu: 5, failure: null });
    expect(told).toEqual([5]);
  });

  it('are finished by the pool when the GPU fails, each known once', async () => {
    const { found, share, told } = await run(failing(2, new Error('the GPU context was lost')), POOL);
    expect(found).toEqual([
      [0, [4, 7]],
      [1, [5, 7]],
      [2, [6, 9]],
      [3, [7, 9]],
      [4, [8, 9]],
    ]);
    expect(told).toEqual([2, 3, 4, 5]);
    expect(share).toEqual({ onGpu: 2, failure: 'the GPU context was lost' });
  });

  it('are left alone when cancelled', async () => {
    await expect(run(failing(1, abortError()), POOL)).rejects.toMatchObject({ name: 'AbortError' });
    const stop = new AbortController();
    stop.abort();
    await expect(run(failing(1, new Error('lost')), POOL, stop.signal)).rejects.toThrow('lost');
  });

  it('are those of single descents on the loss itself', () => {
    const settings = {
      mode: 'unconstrained',
      family: 'hexagonal',
      momentum: 0.9,
      starts: 3,
      widthFactor: 8,
      pull: 0.05,
      pullSteps: 100,
      jitter: 1e-3,
    } as const;
    const many = STRATEGY_IDS.filter(id => !isOneDescent(strategyOf(id, settings, PLAN.start, [0, 2])));
    expect(many).toEqual(['multiStart', 'annealed', 'shiftTolerant']);
    expect(isOneDescent(CALL.strategy)).toBe(true);
  });
});
