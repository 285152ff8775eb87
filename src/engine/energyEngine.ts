import type { Cell } from '../crystal/cell.ts';
import type { Site } from '../crystal/structure.ts';
import type { RelaxPlan } from '../energy/relaxPlan.ts';
import type { SelfCheck } from '../energy/selfTest.ts';
import { abortError, type RunOptions } from './engine.ts';
import type { BlendArgs, RelaxChunk, RelaxEnd, Weights } from './methods/energy.ts';
import { type Pool, pagePool } from './pool.ts';
import { toldOnce } from './toldOnce.ts';
import type { DescentChunk, DescentEnd } from './walker.ts';

/** Threads that hold the weights and their radial table at most, 25 MB each. */
const MOST = 4;

/** The interatomic potential of one file of weights. */
export class EnergyEngine {
  private readonly pool: Pool;
  private readonly stop = new AbortController();
  private weights: Weights | null = null;

  constructor(pool = pagePool()) {
    this.pool = pool;
  }

  /** Rejects with the sentence of the reader or of the self-test. */
  async load(bytes: Uint8Array, options: RunOptions = {}): Promise<readonly SelfCheck[]> {
    // One thread tests them, so that a refused file is refused once.
    const file: Weights = { bytes, tested: false };
    try {
      const checks = await this.pool.call('energy', 'load', file, null, {
        signal: this.stopped(options.signal),
        onProgress: share => options.onProgress?.(share, 1),
      });
      this.weights = { bytes, tested: true };
      return checks;
    } finally {
      this.pool.forget(file);
    }
  }

  /** eV per cell [n]. */
  async energies(
    sites: readonly Site[],
    cells: Float64Array,
    options: RunOptions = {},
  ): Promise<Float64Array> {
    const weights = this.loaded();
    const n = cells.length / 6;
    const out = new Float64Array(n);
    const stoppable = { ...options, signal: this.stopped(options.signal) };
    await this.pool.shareOut(
      n,
      4,
      stoppable,
      async (first, count, signal) => {
        const part = cells.slice(first * 6, (first + count) * 6);
        out.set(
          await this.pool.call('energy', 'energies', weights, { sites, cells: part }, { signal }),
          first,
        );
      },
      Math.min(MOST, this.pool.size),
    );
    return out;
  }

  async relax(
    sites: readonly Site[],
    cell: Cell,
    plan: RelaxPlan,
    { signal, onChunk }: { signal?: AbortSignal; onChunk(chunk: RelaxChunk): void },
  ): Promise<RelaxEnd> {
    const options = { signal: this.stopped(signal), ...toldOnce(onChunk) };
    return this.pool.call('energy', 'relax', this.loaded(), { sites, cell, plan }, options);
  }

  async blend(
    args: BlendArgs,
    { signal, onChunk }: { signal?: AbortSignal; onChunk(chunk: DescentChunk): void },
  ): Promise<DescentEnd> {
    const options = { signal: this.stopped(signal), ...toldOnce(onChunk) };
    return this.pool.call('energy', 'blend', this.loaded(), args, options);
  }

  /** Calls under way reject with AbortError, and the threads let go of the weights. */
  dispose(): void {
    this.stop.abort(abortError());
    if (this.weights) this.pool.forget(this.weights);
  }

  private loaded(): Weights {
    if (!this.weights) throw new Error('the potential has no weights yet');
    return this.weights;
  }

  private stopped(signal: AbortSignal | undefined): AbortSignal {
    return signal ? AbortSignal.any([signal, this.stop.signal]) : this.stop.signal;
  }
}
