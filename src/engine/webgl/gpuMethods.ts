import { cellExists, reciprocalMetric } from '../../crystal/cell.ts';
import { type Oblique, obliqueIn } from '../../diffraction/mergedReflections.ts';
import type { DescentPlan } from '../../optimise/descent.ts';
import type { Evaluation, Problem } from '../engine.ts';
import type { CallContext } from '../protocol.ts';
import { batchPatterns, batchPeaks } from './batch.ts';
import { Device, findRenderer, type Renderer } from './device.ts';
import { type Drawing, drawAll } from './drawing.ts';
import type {
  CellArgs,
  DeviceReport,
  GpuMemory,
  LossPart,
  PatternPart,
  PeakPart,
  WalkEnd,
  WalkPart,
} from './gpuProtocol.ts';
import type { ListTextures } from './listTextures.ts';
import { batchLosses } from './losses.ts';
import { ProblemTextures } from './problemTextures.ts';
import { selfCheck } from './selfCheck.ts';
import { offsetOf, type Texels } from './texels.ts';
import { walkTogether } from './walkTogether.ts';

/** Problems whose textures are kept. */
const MOST_CACHED = 4;
/** Cells are sorted to reflection lists this many at a time, so that a call starts to answer at once. */
const CELLS_PER_ROUND = 1024;
/** Ends of descents are told this often, ms; also that they are still under way. */
const WALK_NEWS_MS = 100;

let started: Promise<Device> | null = null;
const device = (): Promise<Device> => (started ??= Device.start());

let cached: { readonly widest: number; readonly textures: ProblemTextures }[] = [];

/** The textures of a problem, marked as used; the oldest unused ones make room. */
function acquire(gpu: Device, problem: Problem, widest: number): ProblemTextures {
  const known = cached.find(entry => entry.textures.problem === problem && entry.widest === widest);
  const entry = known ?? { widest, textures: new ProblemTextures(gpu, problem, widest) };
  entry.textures.users++;
  cached = [...cached.filter(other => other !== entry), entry];
  const spare = cached
    .filter(({ textures }) => textures.users === 0)
    .slice(0, Math.max(0, cached.length - MOST_CACHED));
  for (const { textures } of spare) textures.dispose();
  cached = cached.filter(other => !spare.includes(other));
  return entry.textures;
}

/** Runs over the cells of a call in batches; `report` gets each result and its members. */
async function inBatches<R>(
  drawing: Drawing<R>,
  problem: Problem,
  args: CellArgs,
  breathe: () => Promise<void>,
  report: (result: R, members: Int32Array, list: ListTextures) => void,
): Promise<void> {
  const gpu = await device();
  const n = args.cells.length / 6;
  const widest = Math.min(args.widest ?? gpu.maxSide, gpu.maxSide);
  const all = Array.from({ length: n }, (_, i) => args.cells.subarray(6 * i, 6 * i + 6));
  const oblique = obliqueIn(all.map(cell => reciprocalMetric(cell)));
  const textures = acquire(gpu, problem, widest);
  const place = { gpu, textures, oblique, widest, batch: args.batch };
  try {
    for (let start = 0; start < n; start += CELLS_PER_ROUND)
      await drawAll(
        drawing,
        place,
        all.slice(start, start + CELLS_PER_ROUND),
        breathe,
        (value, chosen, list) =>
          report(
            value,
            Int32Array.from(chosen, i => start + i),
            list,
          ),
      );
  } finally {
    textures.users--;
  }
}

/** Losses of a problem, with gradients or without. */
function lossDrawing(problem: Problem, gradient: boolean): Drawing<Evaluation> {
  return {
    kind: `${problem.loss} ${gradient}`,
    drawsLosses: true,
    draw: batch => {
      const slopes = gradient ? new Float64Array(batch.cells.length * 6) : null;
      const loss = batchLosses(batch, slopes);
      return slopes ? { loss, gradient: slopes } : { loss };
    },
  };
}

/** Results of cells come as progress, so that after a crash only the rest is repeated. */
export const METHODS = {
  /** Says who draws, and starts nothing. */
  async renderer(_problem: Problem, _args: object): Promise<Renderer> {
    return findRenderer();
  },

  /** Starts WebGL and holds it against float64 on the problem sent along. */
  async probe(problem: Problem, { cells }: { cells: Float64Array }): Promise<DeviceReport> {
    const gpu = await device();
    return { renderer: gpu.renderer, software: gpu.software, selfCheck: selfCheck(gpu, problem, cells) };
  },

  async evaluate(
    problem: Problem,
    args: CellArgs & { gradient: boolean },
    { progress, breathe }: CallContext<LossPart>,
  ): Promise<null> {
    await inBatches(lossDrawing(problem, args.gradient), problem, args, breathe, (result, members) =>
      progress({ members, ...result }),
    );
    return null;
  },

  async patterns(
    problem: Problem,
    args: CellArgs,
    { progress, breathe }: CallContext<PatternPart>,
  ): Promise<null> {
    const drawing = { kind: 'patterns', drawsLosses: false, draw: batchPatterns };
    await inBatches(drawing, problem, args, breathe, (patterns, members) => progress({ members, patterns }));
    return null;
  },

  /** Peak positions as the GPU computes them, for checks of its arithmetic. */
  async peaks(problem: Problem, args: CellArgs, { progress, breathe }: CallContext<PeakPart>): Promise<null> {
    const drawing = { kind: 'peaks', drawsLosses: false, draw: batchPeaks };
    await inBatches(drawing, problem, args, breathe, (texels, members, list) =>
      progress({ members, ...peakColumns(problem, list, texels, members.length) }),
    );
    return null;
  },

  /** Descents that step together, `lanes` at a time: losses and gradients in float32, everything else in float64. */
  async descendMany(
    problem: Problem,
    { plans, lanes }: { readonly plans: readonly DescentPlan[]; readonly lanes: number },
    { progress, breathe }: CallContext<WalkPart>,
  ): Promise<null> {
    const gpu = await device();
    const widest = gpu.maxSide;
    const textures = acquire(gpu, problem, widest);
    const drawing = lossDrawing(problem, true);
    let oblique: Oblique = [false, false, false];
    let ended: WalkEnd[] = [];
    let [steps, walkers] = [0, 0];
    let due = performance.now() + WALK_NEWS_MS;
    const send = (): void => {
      progress({ ended, steps, walkers });
      ended = [];
      due = performance.now() + WALK_NEWS_MS;
    };
    /** Also in the middle of a long step, so that the worker is not taken for dead. */
    const sendWhenDue = (): void => {
      if (performance.now() >= due) send();
    };
    try {
      await walkTogether(
        plans,
        async cells => {
          const loss = new Float64Array(cells.length).fill(Number.NaN);
          const gradient = new Float64Array(6 * cells.length).fill(Number.NaN);
          const real = cells.flatMap((cell, i) => (cellExists(cell) ? [i] : []));
          const asked = real.map(i => cells[i]!);
          // What stood oblique once may again: lists merged in few ways.
          const now = obliqueIn(asked.map(cell => reciprocalMetric(cell)));
          oblique = [oblique[0] || now[0], oblique[1] || now[1], oblique[2] || now[2]];
          const place = { gpu, textures, oblique, widest, fitted: true };
          await drawAll(drawing, place, asked, breathe, (part, members) => {
            for (const [from, member] of members.entries()) {
              const to = real[member]!;
              loss[to] = part.loss[from]!;
              gradient.set(part.gradient!.subarray(6 * from, 6 * from + 6), 6 * to);
            }
            sendWhenDue();
          });
          return { loss, gradient };
        },
        {
          lanes: () => lanes,
          onEnd: (outcome, index) => void ended.push({ index, outcome }),
          onStep: taken => {
            steps += taken;
            walkers = taken;
            sendWhenDue();
          },
        },
      );
    } finally {
      textures.users--;
      // What ended before the context was lost counts.
      send();
    }
    return null;
  },

  async memory(_problem: Problem, _args: object): Promise<GpuMemory> {
    return (await device()).memory();
  },

  /** Takes the context away, as a driver reset would. */
  async loseContext(_problem: Problem, _args: object): Promise<null> {
    (await device()).lose();
    return null;
  },
};

/** Peaks of some cells as columns in the units of the float64 model. */
function peakColumns(
  { instrument: { twoThetaMin, step } }: Problem,
  { rows: { layout, count: k }, intensityScale, model }: ListTextures,
  { data }: Texels,
  cells: number,
): Omit<PeakPart, 'members'> {
  const column = (): Float64Array => new Float64Array(cells * k).fill(Number.NaN);
  const [twoTheta, intensity, width] = [column(), column(), column()];
  for (let row = 0; row < cells; row++)
    for (let i = 0; i < k; i++) {
      const at = offsetOf(layout, row, i);
      // No width: outside the window.
      if (data[at + 3] === 0) continue;
      twoTheta[row * k + i] = twoThetaMin + data[at]! * step + data[at + 1]!;
      intensity[row * k + i] = data[at + 2]! * intensityScale;
      width[row * k + i] = data[at + 3]!;
    }
  return { hkl: model.sums.hkl, twoTheta, intensity, width };
}
