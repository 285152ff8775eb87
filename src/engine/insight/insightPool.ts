import type { DescentPlan } from '../../optimise/descent.ts';
import type { Problem, RunOptions } from '../engine.ts';
import { WorkerBridge, type WorkerPort } from '../worker/bridge.ts';
import type { DescentChunk, DescentEnd } from '../worker/protocol.ts';
import { shareOut } from '../worker/shareOut.ts';
import type { CurvatureReport, InsightMethods, StrategyCall, StrategyEnds } from './insightProtocol.ts';

/** Starts of one call: few, since their descents differ in length, and enough to keep what was prepared. */
const STARTS_PER_CALL = 8;

/** Workers of the insight tools: descents from many starts, strategies, curvature. Float64 like all descents. */
export class InsightPool {
  private readonly pool: readonly WorkerBridge<InsightMethods>[];
  private readonly ids = new WeakMap<Problem, number>();
  private nextProblem = 1;

  constructor(spawn: () => WorkerPort<InsightMethods>, size: number) {
    this.pool = Array.from({ length: size }, () => new WorkerBridge(spawn));
  }

  /**
   * Where descents from many starts end. `onPart` gets the ends of each part as it is done, with the position of its
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
    await shareOut(this.pool, n, STARTS_PER_CALL, options, async (bridge, first, count, signal) => {
      const args = { ...call, seed: call.seed + first, starts: starts.slice(6 * first, 6 * (first + count)) };
      const part = await bridge.call('ends', this.idOf(problem), problem, args, { signal });
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
    return this.idlest().call('walk', this.idOf(problem), problem, call, { signal, onProgress: onChunk });
  }

  curvature(problem: Problem, plan: DescentPlan, signal: AbortSignal): Promise<CurvatureReport | null> {
    return this.idlest().call('curvature', this.idOf(problem), problem, { plan }, { signal });
  }

  dispose(): void {
    for (const bridge of this.pool) bridge.terminate();
  }

  private idOf(problem: Problem): number {
    const known = this.ids.get(problem);
    if (known !== undefined) return known;
    this.ids.set(problem, this.nextProblem);
    return this.nextProblem++;
  }

  private idlest(): WorkerBridge<InsightMethods> {
    return this.pool.reduce((best, bridge) => (bridge.load < best.load ? bridge : best));
  }
}

/** The pool of this browser. */
export function spawnInsightPool(cores = navigator.hardwareConcurrency || 2): InsightPool {
  const spawn = (): WorkerPort<InsightMethods> =>
    new Worker(new URL('./insight.worker.ts', import.meta.url), {
      type: 'module',
    }) as unknown as WorkerPort<InsightMethods>;
  return new InsightPool(spawn, Math.max(1, Math.min(8, cores)));
}
