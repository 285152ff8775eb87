import { reciprocalMetric } from '../../crystal/cell.ts';
import type { Problem } from '../engine.ts';
import type { MethodTable } from '../worker/serve.ts';
import { type Batch, batchPatterns, batchPeaks } from './batch.ts';
import { Device } from './device.ts';
import type { CellArgs, GpuMethods, PeakPart } from './gpuProtocol.ts';
import type { ListTextures } from './listTextures.ts';
import { batchLosses } from './losses.ts';
import { obliqueIn } from './mergedReflections.ts';
import { Pace } from './pace.ts';
import { ProblemTextures } from './problemTextures.ts';
import { selfCheck } from './selfCheck.ts';
import { offsetOf, type Texels } from './texels.ts';

/** Problems whose textures are kept. */
const KEPT = 4;
/** Cells are sorted to reflection lists this many at a time, so that a call starts to answer at once. */
const CELLS_PER_ROUND = 1024;

let started: Promise<Device> | null = null;
const device = (): Promise<Device> => (started ??= Device.start());

const paces = new Map<string, Pace>();
function paceOf(kind: string): Pace {
  const pace = paces.get(kind) ?? new Pace();
  paces.set(kind, pace);
  return pace;
}
let kept: { readonly widest: number; readonly textures: ProblemTextures }[] = [];

/** The textures of a problem, marked as used; the oldest unused ones make room. */
function acquire(gpu: Device, problem: Problem, widest: number): ProblemTextures {
  const known = kept.find(entry => entry.textures.problem === problem && entry.widest === widest);
  const entry = known ?? { widest, textures: new ProblemTextures(gpu, problem, widest) };
  entry.textures.users++;
  kept = [...kept.filter(other => other !== entry), entry];
  const spare = kept.filter(({ textures }) => textures.users === 0).slice(0, Math.max(0, kept.length - KEPT));
  for (const { textures } of spare) textures.dispose();
  kept = kept.filter(other => !spare.includes(other));
  return entry.textures;
}

/** Wall time of some work, ms. */
function timed<R>(work: () => R): { readonly value: R; readonly ms: number } {
  const start = performance.now();
  const value = work();
  return { value, ms: performance.now() - start };
}

/**
 * Runs over the cells of a call in batches; `draw` computes one, `report` gets its result and its members.
 * @param kind what is drawn: batches of a kind share their programs and their pace
 * @param drawsLosses whether overlaps of pairs of peaks may stand in for the pattern
 */
async function inBatches<R>(
  kind: string,
  drawsLosses: boolean,
  problem: Problem,
  args: CellArgs,
  breathe: () => Promise<void>,
  draw: (batch: Batch) => R,
  report: (result: R, members: Int32Array, list: ListTextures) => void,
): Promise<void> {
  const gpu = await device();
  const n = args.cells.length / 6;
  const widest = Math.min(args.widest ?? gpu.maxSide, gpu.maxSide);
  const all = Array.from({ length: n }, (_, i) => args.cells.subarray(6 * i, 6 * i + 6));
  const oblique = obliqueIn(all.map(cell => reciprocalMetric(cell)));
  const textures = acquire(gpu, problem, widest);
  try {
    for (let start = 0; start < n; start += CELLS_PER_ROUND) {
      const cells = all.slice(start, start + CELLS_PER_ROUND);
      for (const { list, members } of textures.listsFor(cells)) {
        const merged = textures.mergedFor(list, oblique);
        const pairs = drawsLosses ? textures.pairUnits(merged) : null;
        const units = pairs ?? merged.rows.count * textures.bins;
        const pace = paceOf(`${kind} by ${pairs ? 'pairs' : 'pattern'}`);
        const most = Math.floor(
          widest / Math.max(textures.quarters.fold, list.rows.layout.fold, merged.rows.layout.fold),
        );
        const batchOf = (chosen: readonly Float64Array[], rows: number): Batch => ({
          device: gpu,
          textures,
          list,
          merged,
          byPairs: pairs !== null,
          cells: chosen,
          rows,
        });
        if (!pace.knowsOverhead) {
          // Without cells: once to compile, once to know what a batch costs besides its draws.
          gpu.within(() => draw(batchOf([], 1)));
          pace.setOverhead(timed(() => gpu.within(() => draw(batchOf([], 1)))).ms);
        }
        for (let first = 0; first < members.length; ) {
          const rows = Math.min(args.batch ?? pace.next(units, most), most);
          const chosen = members.slice(first, first + rows);
          first += chosen.length;
          const batch = batchOf(
            chosen.map(i => cells[i]!),
            rows,
          );
          const { value, ms } = timed(() => gpu.within(() => draw(batch)));
          const positions = Int32Array.from(chosen, i => start + i);
          report(value, positions, list);
          if (chosen.length === rows) pace.learn(rows, units, ms);
          await breathe();
        }
      }
    }
  } finally {
    textures.users--;
  }
}

export const GPU_METHODS: MethodTable<GpuMethods> = {
  async probe(problem, { cells }) {
    const gpu = await device();
    return { renderer: gpu.renderer, software: gpu.software, selfCheck: selfCheck(gpu, problem, cells) };
  },

  async evaluate(problem, args, { progress, breathe }) {
    const { gradient } = args;
    await inBatches(
      `${problem.loss} ${gradient}`,
      true,
      problem,
      args,
      breathe,
      batch => {
        const slopes = gradient ? new Float64Array(batch.cells.length * 6) : null;
        const loss = batchLosses(batch, slopes);
        return slopes ? { loss, gradient: slopes } : { loss };
      },
      (result, members) => progress({ members, ...result }),
    );
    return null;
  },

  async patterns(problem, args, { progress, breathe }) {
    await inBatches('patterns', false, problem, args, breathe, batchPatterns, (patterns, members) =>
      progress({ members, patterns }),
    );
    return null;
  },

  async peaks(problem, args, { progress, breathe }) {
    await inBatches('peaks', false, problem, args, breathe, batchPeaks, (texels, members, list) =>
      progress({ members, ...peakColumns(problem, list, texels, members.length) }),
    );
    return null;
  },

  async memory() {
    return (await device()).memory();
  },

  async loseContext() {
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
