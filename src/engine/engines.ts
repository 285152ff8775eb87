import { type Choice, type CpuProbe, chooseEngine, type WebglState } from './chooseEngine.ts';
import { chooseWalkers, type WalkerChoice, type WalkerFigures } from './chooseWalkers.ts';
import { type Engine, isAbort, type Problem } from './engine.ts';
import { pagePool } from './pool.ts';
import { timeWalkers } from './timeWalkers.ts';
import { probeWebgl, type WebglEngine } from './webgl/webglEngine.ts';
import { asWebglCan, webglRefusal } from './webgl/webglRefusal.ts';
import { WorkerEngine } from './workerEngine.ts';

/** Both engines of this page, and what is known about them. One instance for the life of the page. */
export class Engines {
  readonly cpu = new WorkerEngine();
  private webgl: WebglState = { state: 'pending' };
  private probing = false;
  private cpuMs: number | null = null;
  private gpu: WebglEngine | null = null;
  /** Times of a step of many walkers, by the problem they were measured on. */
  private readonly walkers = new WeakMap<Problem, WalkerFigures>();
  private readonly onNotice: (text: string) => void;

  constructor(onNotice: (text: string) => void) {
    this.onNotice = onNotice;
    pagePool().onNoThreads = reason =>
      onNotice(
        `This page gets no threads from the browser (${reason.replace(/\.$/, '')}): it computes on itself, which is slower. A reload tries again.`,
      );
    // Threads start beside the page, so that the first map does not wait for them.
    pagePool().warmUp('evaluate');
  }

  get webglProbe(): WebglState {
    return this.webgl;
  }

  /** @param problem what is to be computed, where it is known: not all of them can be on WebGL */
  choose(wanted: 'auto' | 'webgl' | 'worker', problem: Problem | null = null): Choice {
    const cpu: CpuProbe = { engine: this.cpu, msPerCell: this.cpuMs };
    return chooseEngine(wanted, this.webgl, cpu, problem && webglRefusal(problem));
  }

  /** The engine of walkers on the GPU; null where there is none. */
  get walkersOnGpu(): WebglEngine | null {
    return this.webgl.state === 'ready' ? this.gpu : null;
  }

  /** Place of `n` descents of a problem whose ends alone count; `timeWalkers` first. */
  chooseWalkers(wanted: 'auto' | 'webgl' | 'worker', problem: Problem, n: number): WalkerChoice {
    const figures = this.walkers.get(problem) ?? null;
    return chooseWalkers(wanted, this.webgl, this.cpu.device, webglRefusal(problem), n, figures);
  }

  /** True where a step of many walkers of a problem can be timed, is not yet, and its outcome is open or asked for. */
  timesWalkers(wanted: 'auto' | 'webgl' | 'worker', problem: Problem): boolean {
    if (this.webgl.state !== 'ready' || wanted === 'worker' || (wanted === 'auto' && this.webgl.software))
      return false;
    return this.walkersOnGpu !== null && !this.walkers.has(problem) && webglRefusal(problem) === null;
  }

  /**
   * Times a step of many walkers on both engines, once a problem. Rejects when the signal fires; what fails otherwise
   * leaves no figures, so that the pool is chosen.
   * @param cells of the walkers, flat [WALKERS * 6]
   */
  async timeWalkers(problem: Problem, cells: Float64Array, signal?: AbortSignal): Promise<void> {
    const gpu = this.walkersOnGpu;
    if (!gpu || this.walkers.has(problem)) return;
    try {
      this.walkers.set(problem, await timeWalkers(this.cpu, gpu, problem, cells, signal));
    } catch (error) {
      if (isAbort(error)) throw error;
    }
  }

  /** True where `probe` has something to do: before the first one, and once the user chooses what was left unchecked. */
  wantsProbe(wanted: 'auto' | 'webgl' | 'worker'): boolean {
    if (this.probing) return false;
    return (
      this.webgl.state === 'pending' ||
      (this.webgl.state === 'unavailable' && this.webgl.spared === true && wanted === 'webgl')
    );
  }

  /**
   * Checks WebGL and times both engines on a problem. Never rejects: what fails is the reason shown. WebGL in software is
   * checked only where it was chosen.
   * @param cells some cells of that problem, flat [n * 6]
   */
  async probe(wanted: 'auto' | 'webgl' | 'worker', problem: Problem, cells: Float64Array): Promise<void> {
    if (!this.wantsProbe(wanted)) return;
    this.probing = true;
    this.webgl = { state: 'pending' };
    try {
      const found = await probeWebgl(undefined, wanted === 'webgl');
      if (!found.ok) {
        this.webgl = { state: 'unavailable', reason: found.reason, spared: found.spared };
        return;
      }
      found.engine.onNotice(this.onNotice);
      this.gpu = found.engine;
      const { engine, renderer, software, selfCheck } = found;
      const timed = asWebglCan(problem);
      this.cpuMs = await msPerCell(this.cpu, timed, cells);
      this.webgl = {
        state: 'ready',
        engine,
        renderer,
        software,
        msPerCell: await msPerCell(engine, timed, cells),
        worstLoss: selfCheck.worstLoss,
      };
    } catch (error) {
      this.webgl = { state: 'unavailable', reason: `the check of WebGL failed: ${(error as Error).message}` };
    } finally {
      this.probing = false;
    }
  }
}

/**
 * Wall time of one cell, ms: the shortest of three rounds after a first that compiles and warms up, since what else the
 * machine does only ever adds.
 */
async function msPerCell(engine: Engine, problem: Problem, cells: Float64Array): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 4; round++) {
    const start = performance.now();
    await engine.evaluate(problem, cells);
    if (round > 0) best = Math.min(best, performance.now() - start);
  }
  return best / (cells.length / 6);
}
