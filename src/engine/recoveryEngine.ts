import { type Problem, type RunOptions, strideOf } from './engine.ts';
import type { ContinuedPath, ContinuedPlan } from './methods/recovery.ts';
import { pagePool } from './pool.ts';

/** Cells of one call: a tenth of a millisecond each under wide peaks, some of them under narrow ones. */
const CELLS_PER_CALL = 128;

/** Width continuation and the maps of its stages, on the threads of the page. */
export class RecoveryEngine {
  private readonly pool;

  constructor(pool = pagePool()) {
    this.pool = pool;
  }

  /** The path from one start. */
  continued(problem: Problem, plan: ContinuedPlan, signal: AbortSignal): Promise<ContinuedPath> {
    return this.pool.call('recovery', 'continued', problem, plan, { signal });
  }

  /**
   * Losses at points [n * stride] under a kernel of so many degrees FWHM; NaN where there is no cell.
   * @param background slow background is taken out of both patterns, where the loss bears it
   */
  async smoothed(
    problem: Problem,
    width: number,
    background: boolean,
    cells: Float64Array,
    options: RunOptions = {},
  ): Promise<Float64Array> {
    const stride = strideOf(problem);
    const n = cells.length / stride;
    const losses = new Float64Array(n);
    await this.pool.shareOut(n, CELLS_PER_CALL, options, async (first, count, signal) => {
      const args = { width, background, cells: cells.slice(stride * first, stride * (first + count)) };
      const part = await this.pool.call('recovery', 'smoothed', problem, args, {
        signal,
        urgency: 'background',
      });
      losses.set(part, first);
    });
    return losses;
  }
}

let shared: RecoveryEngine | null = null;

/** The one of this page. */
export const recoveryEngine = (): RecoveryEngine => (shared ??= new RecoveryEngine());
