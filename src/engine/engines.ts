import { type Choice, type CpuFinding, chooseEngine, type WebglFinding } from './chooseEngine.ts';
import type { Engine, Problem } from './engine.ts';
import { probeWebgl } from './webgl/webglEngine.ts';
import { asWebglCan, webglRefusal } from './webgl/webglRefusal.ts';
import { spawnWorkerEngine, type WorkerEngine } from './worker/workerEngine.ts';

/** Both engines of this page, and what is known about them. One instance for the life of the page. */
export class Engines {
  readonly cpu: WorkerEngine = spawnWorkerEngine();
  private webgl: WebglFinding = { state: 'pending' };
  private cpuMs: number | null = null;
  private readonly onNotice: (text: string) => void;

  constructor(onNotice: (text: string) => void) {
    this.onNotice = onNotice;
  }

  get finding(): WebglFinding {
    return this.webgl;
  }

  /** @param problem what is to be computed, where it is known: not all of them can be on WebGL */
  choose(wanted: 'auto' | 'webgl' | 'worker', problem: Problem | null = null): Choice {
    const cpu: CpuFinding = { engine: this.cpu, msPerCell: this.cpuMs };
    return chooseEngine(wanted, this.webgl, cpu, problem && webglRefusal(problem));
  }

  /**
   * Checks WebGL and times both engines on the problem that the page opens with. Never rejects: what fails is the
   * reason shown.
   * @param cells some cells of that problem, flat [n * 6]
   */
  async probe(problem: Problem, cells: Float64Array): Promise<void> {
    try {
      const found = await probeWebgl();
      if (!found.ok) {
        this.webgl = { state: 'unavailable', reason: found.reason };
        return;
      }
      found.engine.onNotice(this.onNotice);
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
    }
  }
}

/** Wall time of one cell, ms, after a first round that compiles and warms up. */
async function msPerCell(engine: Engine, problem: Problem, cells: Float64Array): Promise<number> {
  await engine.evaluate(problem, cells);
  const start = performance.now();
  await engine.evaluate(problem, cells);
  return (performance.now() - start) / (cells.length / 6);
}
