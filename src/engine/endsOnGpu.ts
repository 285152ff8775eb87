import type { Cell } from '../crystal/cell.ts';
import { OWN_GROUND, type Strategy } from '../optimise/strategy.ts';
import { stagePlan } from '../optimise/strategyRun.ts';
import type { AnalysisPool } from './analysisPool.ts';
import { isAbort, type Problem, type RunOptions } from './engine.ts';
import type { StrategyCall, StrategyEnds } from './methods/analysis.ts';
import type { DescentOutcome } from './walker.ts';
import type { GpuWalkOptions, WebglEngine } from './webgl/webglEngine.ts';

/** Ends that became known, with the positions of their starts. */
export type PartTaker = (positions: ArrayLike<number>, part: StrategyEnds) => void;

export interface EndsOptions extends RunOptions, Pick<GpuWalkOptions, 'onStep'> {
  readonly onPart: PartTaker;
}

/** Number of the descents that ran on the GPU, and why not the others; null where all did. */
export interface GpuShare {
  readonly onGpu: number;
  readonly failure: string | null;
}

/** True where a strategy is one descent on the loss itself: other peak widths and several starts are the pool's. */
export const isOneDescent = ({ stages, starts }: Strategy): boolean => {
  const [stage, ...more] = stages;
  if (!stage || more.length || starts !== 1) return false;
  return stage.ground.blur === OWN_GROUND.blur && stage.ground.tolerant === OWN_GROUND.tolerant;
};

/**
 * Ends of descents from many starts: on the GPU, and what it does not answer, since its context was lost or anything
 * else failed, on the pool, from the start.
 * @param starts flat [n * 6]
 */
export async function endsOnGpu(
  gpu: Pick<WebglEngine, 'descendMany'>,
  pool: Pick<AnalysisPool, 'ends'>,
  problem: Problem,
  call: StrategyCall,
  starts: Float64Array,
  { signal, onProgress, onPart, onStep }: EndsOptions,
): Promise<GpuShare> {
  if (!isOneDescent(call.strategy)) throw new Error(`the strategy ${call.strategy.id} is not one descent`);
  const n = starts.length / 6;
  const plans = Array.from({ length: n }, (_, i) =>
    stagePlan(call.plan, call.strategy, 0, Array.from(starts.subarray(6 * i, 6 * i + 6)) as unknown as Cell),
  );
  const known = new Uint8Array(n);
  let onGpu = 0;
  let waiting: { index: number; outcome: DescentOutcome }[] = [];
  try {
    await gpu.descendMany(problem, plans, {
      signal,
      onStep,
      onOutcome: (outcome, index) => {
        known[index] = 1;
        onGpu++;
        waiting.push({ index, outcome });
      },
      // Outcomes come in bunches, each followed by its progress.
      onProgress: done => {
        onPart(
          waiting.map(({ index }) => index),
          endsOf(waiting.map(({ outcome }) => outcome)),
        );
        waiting = [];
        onProgress?.(done, n);
      },
    });
    return { onGpu, failure: null };
  } catch (error) {
    if (signal?.aborted || isAbort(error)) throw error;
    const open = Array.from({ length: n }, (_, i) => i).filter(i => !known[i]);
    const left = Float64Array.from(open.flatMap(i => [...starts.subarray(6 * i, 6 * i + 6)]));
    await pool.ends(problem, call, left, {
      signal,
      onProgress: done => onProgress?.(onGpu + done, n),
      onPart: (first, part) => onPart(open.slice(first, first + part.losses.length), part),
    });
    return { onGpu, failure: (error as Error).message };
  }
}

function endsOf(outcomes: readonly DescentOutcome[]): StrategyEnds {
  const cells = new Float64Array(6 * outcomes.length);
  for (const [i, { cell }] of outcomes.entries()) cells.set(cell, 6 * i);
  return {
    cells,
    losses: Float64Array.from(outcomes, ({ loss }) => loss),
    steps: Float64Array.from(outcomes, ({ steps }) => steps),
    bouncing: Uint8Array.from(outcomes, ({ twoCycle }) => +twoCycle),
  };
}
