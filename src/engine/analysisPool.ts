import type { DescentPlan } from '../optimise/descent.ts';
import type { Problem, RunOptions } from './engine.ts';
import type { CurvatureReport, StrategyCall, StrategyEnds } from './methods/analysis.ts';
import { type Pool, pagePool } from './pool.ts';
import { toldOnce } from './toldOnce.ts';
import type { DescentChunk, DescentEnd } from './walker.ts';

/** Starts of one call: few, since their descents differ in length, and enough to keep what was prepared. */
const STARTS_PER_CALL = 8;

/** &: descents from many starts, strategies, curvature. Float64 like all descents. */
export class AnalysisPool {
  private readonly pool: Pool;

  constructor(pool = pagePool()) {
    this.pool = pool;
  }

  /**
   * Ends of descents from many starts. `onPart` gets the ends of each part as it is done, with the position of its
   * first start.
   * @param starts flat [n * 6]
   */
  async ends(
    problem: Problem,
    call: StrategyCall,
    starts: Float64Array,
    options: RunOptions & { readonly onPart?: (first: number, part: StrategyEnds) => void } = {},
  ): Promise<StrategyEnds> {
    const n = starts.length / 6;
    const out: StrategyEnds = {
      cells: new Float64Array(6 * n),
      losses: new Float64Array(n),
      steps: new Float64Array(n),
      bouncing: new Uint8Array(n),
    };
    await this.pool.shareOut(n, STARTS_PER_CALL, options, async (first, count, signal) => {
      const args = { ...call, seed: call.seed + first, starts: starts.slice(6 * first, 6 * (first + count)) };
      const part = await this.pool.call('analysis', 'ends', problem, args, { signal, urgency: 'background' });
      out.cells.set(part.cells, 6 * first);
      out.losses.set(part.losses, first);
      out.steps.set(part.steps, first);
      out.bouncing.set(part.bouncing, first);
      options.onPart?.(first, part);
    });
    return out;
  }

  /** One descent of a strategy, streamed. */
  walk(
    problem: Problem,
    call: StrategyCall,
    signal: AbortSignal,
    onChunk: (chunk: DescentChunk) => void,
  ): Promise<DescentEnd> {
    return this.pool.call('analysis', 'walk', problem, call, { signal, ...toldOnce(onChunk) });
  }

  curvature(problem: Problem, plan: DescentPlan, signal: AbortSignal): Promise<CurvatureReport | null> {
    return this.pool.call('analysis', 'curvature', problem, { plan }, { signal });
  }
}
