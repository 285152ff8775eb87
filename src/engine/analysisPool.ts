import type { DescentPlan } from '../optimise/descent.ts';
import { type Problem, type RunOptions, strideOf } from './engine.ts';
import type { CurvatureReport, StrategyCall, StrategyEnds } from './methods/analysis.ts';
import { type Pool, pagePool } from './pool.ts';
import { toldOnce } from './toldOnce.ts';
import type { DescentChunk, DescentEnd } from './walker.ts';
import type { WorkerEngine } from './workerEngine.ts';

/** Starts of one call: few, since their descents differ in length, and enough to keep what was prepared. */
const STARTS_PER_CALL = 8;

/** Descents from many starts, strategies, curvature. Float64 like all descents. */
export class AnalysisPool {
  private readonly cpu: Pick<WorkerEngine, 'verdictOf'>;
  private readonly pool: Pool;

  /** @param cpu has problems judged, once for all */
  constructor(cpu: Pick<WorkerEngine, 'verdictOf'>, pool = pagePool()) {
    this.cpu = cpu;
    this.pool = pool;
  }

  /**
   * Ends of descents from many starts. `onPart` gets the ends of each part as it is done, with the position of its
   * first start.
   * @param starts flat [n * stride]
   */
  async ends(
    problem: Problem,
    call: StrategyCall,
    starts: Float64Array,
    options: RunOptions & { readonly onPart?: (first: number, part: StrategyEnds) => void } = {},
  ): Promise<StrategyEnds> {
    const stride = strideOf(problem);
    const n = starts.length / stride;
    const out: StrategyEnds = {
      cells: new Float64Array(stride * n),
      losses: new Float64Array(n),
      steps: new Float64Array(n),
      bouncing: new Uint8Array(n),
    };
    const verdict = await this.cpu.verdictOf(problem);
    await this.pool.shareOut(n, STARTS_PER_CALL, options, async (first, count, signal) => {
      const own = { seed: call.seed + first, starts: starts.slice(stride * first, stride * (first + count)) };
      const args = { ...call, ...own, verdict };
      const part = await this.pool.call('analysis', 'ends', problem, args, { signal, urgency: 'background' });
      out.cells.set(part.cells, stride * first);
      out.losses.set(part.losses, first);
      out.steps.set(part.steps, first);
      out.bouncing.set(part.bouncing, first);
      options.onPart?.(first, part);
    });
    return out;
  }

  /** One descent of a strategy, streamed. */
  async walk(
    problem: Problem,
    call: StrategyCall,
    signal: AbortSignal,
    onChunk: (chunk: DescentChunk) => void,
  ): Promise<DescentEnd> {
    const args = { ...call, verdict: await this.cpu.verdictOf(problem) };
    return this.pool.call('analysis', 'walk', problem, args, { signal, ...toldOnce(onChunk) });
  }

  async curvature(problem: Problem, plan: DescentPlan, signal: AbortSignal): Promise<CurvatureReport | null> {
    const args = { plan, verdict: await this.cpu.verdictOf(problem) };
    return this.pool.call('analysis', 'curvature', problem, args, { signal });
  }
}
