import { cellExists } from '../../crystal/cell.ts';
import { binCount } from '../../diffraction/instrument.ts';
import type { DescentPlan } from '../../optimise/descent.ts';
import {
  abortError,
  type Engine,
  type EvaluateOptions,
  type Evaluation,
  type Problem,
  type RunOptions,
} from '../engine.ts';
import { startWorker, type WorkerPort } from '../thread.ts';
import type { DescentOutcome } from '../walker.ts';
import type { DescendManyOptions } from '../workerEngine.ts';
import { checkCells, checkProblem } from './checkProblem.ts';
import type { Renderer } from './device.ts';
import { GpuLink, GpuLost } from './gpuLink.ts';
import type { CellArgs, DeviceReport, GpuMemory, PeakPart, WalkPart } from './gpuProtocol.ts';
import { webglRefusal } from './webglRefusal.ts';

/** Losses of the context without a single result in between, after which a call gives up. */
const MOST_LOSSES = 3;

/** Descents that step together: enough to fill a draw, few enough that the first ends come soon. */
export const LANES = 256;

export interface GpuWalkOptions extends DescendManyOptions {
  /** Walkers of a step at most. */
  readonly lanes?: number;
  /** Called a few times a second with the walkers of the present step and the steps that all took so far. */
  readonly onStep?: ((walkers: number, steps: number) => void) | undefined;
}

/** Cut of a call; what is left out follows from the device. For tests. */
export type Cut = Pick<CellArgs, 'batch' | 'widest'>;

/** The float32 engine: custom programs over tfjs's WebGL, in a worker of its own. */
export class WebglEngine implements Engine {
  readonly kind = 'webgl';
  readonly precision = 'float32';
  private report: DeviceReport | null = null;
  private readonly check = checkProblem();
  private readonly link: GpuLink;
  private readonly listeners = new Set<(text: string) => void>();

  constructor(spawn: () => WorkerPort, deadline?: number) {
    this.link = new GpuLink(spawn, text => this.tell(text), deadline);
  }

  /** Renderer name. */
  get device(): string {
    return this.report?.renderer ?? 'WebGL';
  }

  /** Number of times that the context was lost and a new worker started. */
  get recoveries(): number {
    return this.link.recoveries;
  }

  /** Calls `listener` with a sentence when something happened that a user should know. Returns how to stop that. */
  onNotice(listener: (text: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Name of the renderer; starts nothing. Rejects with a sentence when there is no WebGL. */
  renderer(): Promise<Renderer> {
    return this.link.call('renderer', this.check, {});
  }

  /** Starts WebGL and checks it against float64. Rejects with a sentence when it is not to be had. */
  async start(): Promise<DeviceReport> {
    this.report = await this.link.call('probe', this.check, { cells: checkCells() });
    return this.report;
  }

  async evaluate(
    problem: Problem,
    cells: Float64Array,
    options: EvaluateOptions & Cut = {},
  ): Promise<Evaluation> {
    guard(problem);
    const gradient = options.gradient ?? false;
    const loss = new Float64Array(cells.length / 6).fill(Number.NaN);
    const slopes = gradient ? new Float64Array(cells.length).fill(Number.NaN) : null;
    await this.complete(cells, options, (args, told, run) =>
      this.link.call(
        'evaluate',
        problem,
        { ...args, gradient },
        {
          ...run,
          onProgress: part => {
            told(part.members, (to, from) => {
              loss[to] = part.loss[from]!;
              slopes?.set(part.gradient!.subarray(6 * from, 6 * from + 6), 6 * to);
            });
          },
        },
      ),
    );
    return slopes ? { loss, gradient: slopes } : { loss };
  }

  async patterns(
    problem: Problem,
    cells: Float64Array,
    options: RunOptions & Cut = {},
  ): Promise<Float64Array> {
    guard(problem);
    const bins = binCount(problem.instrument);
    const out = new Float64Array((cells.length / 6) * bins).fill(Number.NaN);
    await this.complete(cells, options, (args, told, run) =>
      this.link.call('patterns', problem, args, {
        ...run,
        onProgress: part =>
          told(part.members, (to, from) =>
            out.set(part.patterns.subarray(from * bins, (from + 1) * bins), to * bins),
          ),
      }),
    );
    return out;
  }

  /**
   * Many descents at once, `lanes` of them a step: losses and gradients in float32, state, rule and projector in
   * float64. Outcomes come as they end, in any order, and all together in the order of the plans. Unlike those of the
   * pool they depend on the device, and in the last digits of float32 on what steps beside them. Nothing is repeated:
   * rejects when the context is lost, and what has not ended by then is left to the caller.
   */
  async descendMany(
    problem: Problem,
    plans: readonly DescentPlan[],
    { signal, onProgress, onOutcome, onStep, lanes = LANES }: GpuWalkOptions = {},
  ): Promise<DescentOutcome[]> {
    guard(problem);
    if (signal?.aborted) throw abortError();
    const outcomes: DescentOutcome[] = new Array(plans.length);
    let done = 0;
    const take = ({ ended, walkers, steps }: WalkPart): void => {
      for (const { index, outcome } of ended) {
        outcomes[index] = outcome;
        onOutcome?.(outcome, index);
      }
      done += ended.length;
      if (ended.length) onProgress?.(done, plans.length);
      if (walkers) onStep?.(walkers, steps);
    };
    await this.link.call('descendMany', problem, { plans, lanes }, { signal, onProgress: take });
    if (done < plans.length) throw new Error(`the GPU worker left out ${plans.length - done} descents`);
    return outcomes;
  }

  /** Peaks as the GPU computes them, one part for every reflection list; `members` count the cells. */
  async peaks(problem: Problem, cells: Float64Array): Promise<readonly PeakPart[]> {
    const parts: PeakPart[] = [];
    await this.link.call('peaks', problem, { cells }, { onProgress: part => parts.push(part) });
    return parts;
  }

  memory(): Promise<GpuMemory> {
    return this.link.call('memory', this.check, {});
  }

  /** Takes the context away, as a driver reset would. For tests. */
  async loseContext(): Promise<void> {
    await this.link.call('loseContext', this.check, {});
  }

  dispose(): void {
    this.listeners.clear();
    this.link.dispose();
  }

  /**
   * Asks until every cell that exists is answered: after a loss of the context only for those still open. `ask` hands
   * the positions of answered cells to `told`, with a function that takes one result (`to` in all cells, `from` in
   * the part).
   */
  private async complete(
    cells: Float64Array,
    { signal, onProgress, batch, widest }: RunOptions & Cut,
    ask: (
      args: CellArgs,
      told: (members: Int32Array, take: (to: number, from: number) => void) => void,
      run: { signal: AbortSignal | undefined },
    ) => Promise<null>,
  ): Promise<void> {
    if (signal?.aborted) throw abortError();
    const n = cells.length / 6;
    let open = Array.from({ length: n }, (_, i) => i).filter(i =>
      cellExists(cells.subarray(6 * i, 6 * i + 6)),
    );
    let done = n - open.length;
    if (done) onProgress?.(done, n);
    for (let losses = 0; open.length; ) {
      const asked = open;
      const answered = new Uint8Array(asked.length);
      let some = false;
      const part = asked.length === n ? cells : cellsAt(cells, asked);
      let gone = false;
      try {
        await ask(
          { cells: part, batch, widest },
          (members, take) => {
            for (let from = 0; from < members.length; from++) {
              const member = members[from]!;
              answered[member] = 1;
              take(asked[member]!, from);
            }
            some ||= members.length > 0;
            done += members.length;
            onProgress?.(done, n);
          },
          { signal },
        );
      } catch (error) {
        if (!(error instanceof GpuLost)) throw error;
        gone = true;
        losses = some ? 1 : losses + 1;
        if (losses >= MOST_LOSSES)
          throw new Error(`the GPU context was lost ${losses} times without a result`, { cause: error });
      }
      open = asked.filter((_, at) => !answered[at]);
      if (open.length && !gone) throw new Error(`the GPU worker left out ${open.length} of ${n} cells`);
    }
  }

  private tell(text: string): void {
    for (const listener of this.listeners) listener(text);
  }
}

function cellsAt(cells: Float64Array, members: readonly number[]): Float64Array {
  const out = new Float64Array(6 * members.length);
  for (const [at, i] of members.entries()) for (let k = 0; k < 6; k++) out[6 * at + k] = cells[6 * i + k]!;
  return out;
}

/** The choice of engine keeps such problems away (chooseEngine.ts). */
function guard(problem: Problem): void {
  const refusal = webglRefusal(problem);
  if (refusal) throw new Error(refusal);
}

export type WebglProbe =
  | (DeviceReport & { readonly ok: true; readonly engine: WebglEngine })
  | {
      readonly ok: false;
      readonly reason: string;
      /** Not because anything is wrong: WebGL is rendered in software and was not to be checked for that. */
      readonly spared?: true;
    };

/** A GPU whose numbers are further off than this is not used: ten times what the programs are held to in the tests. */
const TOLERATED = { loss: 1e-5, pattern: 5e-5 };

const sentence = (error: unknown): string => `${(error as Error).message.replace(/\.$/, '')}.`;

/**
 * Measures if this browser's WebGL can serve as an engine; never rejects.
 * @param software also where it is rendered in software, which otherwise is left unchecked
 */
export async function probeWebgl(spawn = startWorker, software = true): Promise<WebglProbe> {
  const engine = new WebglEngine(spawn);
  try {
    const found = software ? null : await engine.renderer();
    if (found?.software) {
      engine.dispose();
      const reason = `WebGL is rendered in software here (${found.renderer}), on the same cores; it is checked and timed once you choose it.`;
      return { ok: false, reason, spared: true };
    }
    const report = await engine.start();
    const { worstLoss, worstPattern } = report.selfCheck;
    // Not-a-number fails this too.
    if (worstLoss <= TOLERATED.loss && worstPattern <= TOLERATED.pattern)
      return { ok: true, engine, ...report };
    engine.dispose();
    const off = (x: number): string => x.toExponential(0).replace('-', '\u2212');
    return {
      ok: false,
      reason: `WebGL (${report.renderer}) is off by ${off(worstLoss)} in the loss, ${off(worstPattern)} in the pattern.`,
    };
  } catch (error) {
    engine.dispose();
    return { ok: false, reason: sentence(error) };
  }
}
