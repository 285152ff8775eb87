import type { Cell } from '../crystal/cell.ts';
import type { CrystalPattern } from '../diffraction/crystalPattern.ts';
import type { Point } from '../model/parameter.ts';
import type { DescentPlan } from '../optimise/descent.ts';
import type { RankedReflections } from '../peakspace/model/rankedReflections.ts';
import type { PatternTree } from '../peakspace/pattern/patternTree.ts';
import { carries, type Verdict } from '../peakspace/verdict.ts';
import {
  type Engine,
  type EvaluateOptions,
  type Evaluation,
  type Problem,
  type RunOptions,
  strideOf,
} from './engine.ts';
import type { Drawn, RankedAsked, Settling } from './methods/evaluate.ts';
import { type Pool, pagePool } from './pool.ts';
import { toldOnce } from './toldOnce.ts';
import type { DescentChunk, DescentEnd, DescentOutcome } from './walker.ts';

/** Cells of one call: small enough that threads finish together, since each takes ten or so. */
const cellsPerCall = (n: number, threads: number): number =>
  Math.max(64, Math.min(256, Math.ceil(n / (10 * threads))));

/** Calls of a map on each thread: it has work while the page, busy drawing, has not answered yet. */
const AHEAD = 2;

/** Verdicts that are kept. */
const JUDGED = 8;

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

/** The least module with a vector in it: what the kernel of peak space needs, without fetching that. */
const VECTORS = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10],
  ...[10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
);

const hasVectors = (): boolean => typeof WebAssembly === 'object' && WebAssembly.validate(VECTORS);

/** True where two problems ask for the same loss of the same crystal, be it on another instrument. */
const sameQuestion = (p: Problem, q: Problem): boolean =>
  p.sites === q.sites &&
  p.loss === q.loss &&
  p.lossWidths?.width === q.lossWidths?.width &&
  p.lossWidths?.alpha === q.lossWidths?.alpha &&
  p.excluded === q.excluded;

/** The float64 engine, on the threads of the page. */
export class WorkerEngine implements Engine {
  readonly kind = 'worker';
  readonly precision = 'float64';
  /** Threads that share a map. */
  readonly size: number;
  private readonly pool: Pool;
  private readonly verdicts = new WeakMap<Problem, Promise<Verdict>>();
  /** The last verdicts, newest first: a slider that goes back finds them again. */
  private judged: readonly { readonly problem: Problem; readonly verdict: Verdict }[] = [];

  constructor(pool = pagePool()) {
    this.pool = pool;
    this.size = pool.size;
  }

  get device(): string {
    const { size, isOnPage } = this.pool;
    const where = isOnPage
      ? 'the page itself, without threads,'
      : `${size} CPU ${size === 1 ? 'worker' : 'workers'}`;
    return hasVectors() ? where : `${where} without WebAssembly (the dense reference, slower)`;
  }

  async evaluate(problem: Problem, cells: Float64Array, options: EvaluateOptions = {}): Promise<Evaluation> {
    const stride = strideOf(problem);
    const n = cells.length / stride;
    const gradient = options.gradient ?? false;
    const loss = new Float64Array(n);
    const slopes = gradient ? new Float64Array(n * stride) : null;
    let ms = 0;
    const verdict = await this.verdictOf(problem);
    const run = async (first: number, count: number, signal: AbortSignal): Promise<void> => {
      const args = { cells: cells.slice(first * stride, (first + count) * stride), gradient, verdict };
      const result = await this.pool.call('evaluate', 'evaluate', problem, args, { signal });
      loss.set(result.loss, first);
      if (slopes && result.gradient) slopes.set(result.gradient, first * stride);
      ms += result.ms ?? 0;
    };
    await this.pool.shareOut(n, cellsPerCall(n, this.size), options, run, AHEAD * this.size);
    return slopes ? { loss, gradient: slopes, ms } : { loss, ms };
  }

  /** One pattern alone is taken to follow the pointer. */
  async patterns(problem: Problem, cells: Float64Array, options: RunOptions = {}): Promise<Float64Array> {
    const n = cells.length / 6;
    const bins = problem.target.length;
    const urgency = n === 1 ? 'pointer' : 'shown';
    const out = new Float64Array(n * bins);
    await this.pool.shareOut(n, cellsPerCall(n, this.size), options, async (first, count, signal) => {
      const args = { cells: cells.slice(first * 6, (first + count) * 6) };
      out.set(await this.pool.call('evaluate', 'patterns', problem, args, { signal, urgency }), first * bins);
    });
    return out;
  }

  /** Everything that is drawn of a crystal at a cell, where that would hold up the page. */
  crystal(crystal: Drawn, cell: Cell, signal?: AbortSignal): Promise<CrystalPattern> {
    const options = { signal, urgency: 'pointer', solid: true } as const;
    return this.pool.call('evaluate', 'crystal', crystal, { cell }, options);
  }

  /** Everything that is drawn of the crystal at a point of a problem with more than a cell to move. */
  crystalAt(problem: Problem, point: Point, signal?: AbortSignal): Promise<CrystalPattern> {
    const options = { signal, urgency: 'pointer' } as const;
    return this.pool.call('evaluate', 'crystalAt', problem, { point }, options);
  }

  /** The reflections at a point, in the order of what they pull along axes of the space of points. */
  rankedReflections(problem: Problem, asked: RankedAsked, signal?: AbortSignal): Promise<RankedReflections> {
    return this.pool.call('evaluate', 'rankedReflections', problem, asked, { signal });
  }

  /** Numbers that the kernel needs, wherever it runs, for patterns of so many peaks; null where only dense ones are exact enough. */
  async patternTree(problem: Problem, peaks: number): Promise<PatternTree | null> {
    const args = { peaks, verdict: await this.verdictOf(problem) };
    return this.pool.call('evaluate', 'patternTree', problem, args);
  }

  /** Loss and gradient at one cell, for what follows the pointer. */
  async probe(problem: Problem, cell: Float64Array, signal?: AbortSignal): Promise<Evaluation> {
    const options = { signal, urgency: 'pointer' } as const;
    const args = { cells: cell, gradient: true, verdict: await this.verdictOf(problem) };
    return this.pool.call('evaluate', 'evaluate', problem, args, options);
  }

  /** One descent from start to stop, streamed. The trajectory does not depend on the number of workers. */
  async descend(problem: Problem, plan: DescentPlan, options: DescendOptions = {}): Promise<DescentEnd> {
    const { signal, onChunk } = options;
    const told = onChunk && toldOnce(onChunk);
    const args = { plan, verdict: await this.verdictOf(problem) };
    return this.pool.call('evaluate', 'descend', problem, args, { signal, ...told });
  }

  /**
   * Many descents at once. Outcomes come as they end, in any order, and all together in the order of the plans. Every
   * trajectory is the same, to the last bit, whatever the number of workers.
   */
  async descendMany(
    problem: Problem,
    plans: readonly DescentPlan[],
    options: DescendManyOptions = {},
  ): Promise<DescentOutcome[]> {
    const outcomes: DescentOutcome[] = new Array(plans.length);
    const verdict = await this.verdictOf(problem);
    await this.pool.shareOut(
      plans.length,
      plansPerCall(plans.length),
      options,
      async (first, count, signal) => {
        const args = { plans: plans.slice(first, first + count), verdict };
        await this.pool.call('evaluate', 'descendMany', problem, args, {
          signal,
          onProgress: ({ index, outcome }) => {
            // told again by the thread that stands in for one that was lost
            if (outcomes[first + index]) return;
            outcomes[first + index] = outcome;
            options.onOutcome?.(outcome, first + index);
          },
        });
      },
    );
    return outcomes;
  }

  /** Lowest losses to which descents lead from points, along given directions alone. */
  async settle(problem: Problem, settling: Settling, signal?: AbortSignal): Promise<Float64Array> {
    const args = { ...settling, verdict: await this.verdictOf(problem) };
    return this.pool.call('evaluate', 'settle', problem, args, { signal });
  }

  /** The largest learning rate at which plain descent is stable at the plan's start: 2/λ_max of the Hessian. */
  async stableRate(problem: Problem, plan: DescentPlan, signal?: AbortSignal): Promise<number> {
    const args = { plan, verdict: await this.verdictOf(problem) };
    return this.pool.call('evaluate', 'stableRate', problem, args, { signal });
  }

  /**
   * The verdict of a problem's self-test, asked of one thread for all: nobody waits for it twice, and it carries over
   * from problems before while just the widths of the peaks move.
   */
  verdictOf(problem: Problem): Promise<Verdict> {
    const known = this.verdicts.get(problem);
    if (known) return known;
    const near = this.judged.find(
      ({ problem: before, verdict }) => sameQuestion(before, problem) && carries(verdict, problem.instrument),
    );
    const asked = near ? Promise.resolve(near.verdict) : this.pool.call('evaluate', 'judge', problem, {});
    this.verdicts.set(problem, asked);
    if (near) return asked;
    asked.then(
      verdict => {
        this.judged = [{ problem, verdict }, ...this.judged].slice(0, JUDGED);
      },
      () => this.verdicts.delete(problem),
    );
    return asked;
  }

  /** Ends the threads, with all that runs on them. */
  dispose(): void {
    this.pool.dispose();
  }
}
