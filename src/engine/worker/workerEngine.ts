import type { DescentPlan } from '../../optimise/descent.ts';
import type { Engine, EvaluateOptions, Evaluation, Problem, RunOptions } from '../engine.ts';
import { WorkerBridge, type WorkerPort } from './bridge.ts';
import type { DescentChunk, DescentEnd, DescentOutcome } from './protocol.ts';
import { shareOut } from './shareOut.ts';

/** Cells of one call, from the number in all alone: small enough that workers finish together, on any number of them. */
const cellsPerCall = (n: number): number => Math.max(64, Math.min(256, Math.ceil(n / 64)));

/** Plans of one call: a descent takes tens of ms to a second, a message a tenth of one. */
const plansPerCall = (n: number): number => Math.max(1, Math.min(8, Math.floor(n / 512)));

/** `onProgress` counts descents. */
export interface DescendManyOptions extends RunOptions {
  readonly onOutcome?: (outcome: DescentOutcome, index: number) => void;
}

export interface DescendOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onChunk?: (chunk: DescentChunk) => void;
}

/** The float64 engine: a pool of workers for batches and descents, one more for what follows the pointer. */
export class WorkerEngine implements Engine {
  readonly kind = 'worker';
  readonly precision = 'float64';
  readonly device: string;
  /** Workers of the pool. */
  readonly size: number;
  private readonly pool: readonly WorkerBridge[];
  private readonly lane: WorkerBridge;
  private readonly ids = new WeakMap<Problem, number>();
  private nextProblem = 1;

  constructor(spawn: () => WorkerPort, size: number) {
    this.pool = Array.from({ length: size }, () => new WorkerBridge(spawn));
    this.lane = new WorkerBridge(spawn);
    this.size = size;
    this.device = `${size} CPU ${size === 1 ? 'worker' : 'workers'}`;
  }

  async evaluate(problem: Problem, cells: Float64Array, options: EvaluateOptions = {}): Promise<Evaluation> {
    const n = cells.length / 6;
    const gradient = options.gradient ?? false;
    const loss = new Float64Array(n);
    const slopes = gradient ? new Float64Array(n * 6) : null;
    let ms = 0;
    await shareOut(this.pool, n, cellsPerCall(n), options, async (bridge, first, count, signal) => {
      const part = cells.slice(first * 6, (first + count) * 6);
      const call = { cells: part, gradient };
      const result = await bridge.call('evaluate', this.idOf(problem), problem, call, { signal });
      loss.set(result.loss, first);
      if (slopes && result.gradient) slopes.set(result.gradient, first * 6);
      ms += result.ms ?? 0;
    });
    return slopes ? { loss, gradient: slopes, ms } : { loss, ms };
  }

  async patterns(problem: Problem, cells: Float64Array, options: RunOptions = {}): Promise<Float64Array> {
    const n = cells.length / 6;
    const bins = problem.target.length;
    if (n === 1)
      return this.lane.call('patterns', this.idOf(problem), problem, { cells }, { signal: options.signal });
    const out = new Float64Array(n * bins);
    await shareOut(this.pool, n, cellsPerCall(n), options, async (bridge, first, count, signal) => {
      const part = { cells: cells.slice(first * 6, (first + count) * 6) };
      out.set(await bridge.call('patterns', this.idOf(problem), problem, part, { signal }), first * bins);
    });
    return out;
  }

  /** Loss and gradient at one cell, on the worker that follows the pointer. */
  probe(problem: Problem, cell: Float64Array, signal?: AbortSignal): Promise<Evaluation> {
    return this.lane.call(
      'evaluate',
      this.idOf(problem),
      problem,
      { cells: cell, gradient: true },
      { signal },
    );
  }

  /** One descent from start to stop, streamed. The trajectory does not depend on the number of workers. */
  descend(problem: Problem, plan: DescentPlan, options: DescendOptions = {}): Promise<DescentEnd> {
    return this.idlest().call(
      'descend',
      this.idOf(problem),
      problem,
      { plan },
      {
        signal: options.signal,
        ...(options.onChunk ? { onProgress: options.onChunk } : {}),
      },
    );
  }

  /**
   * Many descents at once: each worker takes the next when it is done with its last, so that long ones do not hold up
   * the rest. Outcomes come as they end, in any order, and all together in the order of the plans. Every trajectory is
   * the same, to the last bit, whatever the number of workers.
   */
  async descendMany(
    problem: Problem,
    plans: readonly DescentPlan[],
    options: DescendManyOptions = {},
  ): Promise<DescentOutcome[]> {
    const outcomes: DescentOutcome[] = new Array(plans.length);
    await shareOut(
      this.pool,
      plans.length,
      plansPerCall(plans.length),
      options,
      async (bridge, first, count, signal) => {
        await bridge.call(
          'descendMany',
          this.idOf(problem),
          problem,
          { plans: plans.slice(first, first + count) },
          {
            signal,
            onProgress: ({ index, outcome }) => {
              outcomes[first + index] = outcome;
              options.onOutcome?.(outcome, first + index);
            },
          },
        );
      },
    );
    return outcomes;
  }

  /** The largest learning rate at which plain descent is stable at the plan's start: 2/λ_max of the Hessian. */
  stableRate(problem: Problem, plan: DescentPlan, signal?: AbortSignal): Promise<number> {
    return this.lane.call('stableRate', this.idOf(problem), problem, { plan }, { signal });
  }

  dispose(): void {
    for (const bridge of [...this.pool, this.lane]) bridge.terminate();
  }

  private idOf(problem: Problem): number {
    const known = this.ids.get(problem);
    if (known !== undefined) return known;
    this.ids.set(problem, this.nextProblem);
    return this.nextProblem++;
  }

  private idlest(): WorkerBridge {
    return this.pool.reduce((best, bridge) => (bridge.load < best.load ? bridge : best));
  }
}

/** The pool of this browser: one worker a core, at most eight; the page itself idles while they compute. */
export function spawnWorkerEngine(cores = navigator.hardwareConcurrency || 2): WorkerEngine {
  const spawn = (): WorkerPort =>
    new Worker(new URL('./compute.worker.ts', import.meta.url), { type: 'module' }) as unknown as WorkerPort;
  return new WorkerEngine(spawn, Math.max(1, Math.min(8, cores)));
}
