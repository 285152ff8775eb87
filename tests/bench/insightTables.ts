/**
 * npm run insight [-- --starts 100 --side 101]: the tables of docs/insight.md (--starts 0: those of roughness alone, --only
 * annealed: the rows of descents of that name). Roughness of three slices under every loss, under four peak widths and
 * under six widths α of GPWDF, and how often each way of descending reaches the truth from seeded starts in the ±10 % box. Markdown on standard output; the same on every machine.
 */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { CellKey } from '../../src/crystal/cell.ts';
import { fwhm } from '../../src/diffraction/caglioti.ts';
import { blurred, PAPER_INSTRUMENT } from '../../src/diffraction/instrument.ts';
import { simulatedTarget } from '../../src/diffraction/pattern.ts';
import type { LossProblem } from '../../src/engine/engine.ts';
import { METHODS } from '../../src/engine/methods/analysis.ts';
import { groundsOf } from '../../src/engine/methods/grounds.ts';
import { boxStarts } from '../../src/landscape/boxStarts.ts';
import { roughness } from '../../src/landscape/roughness.ts';
import { type Slice, sliceAxis, sliceCell, slicePlaces, slicePoints } from '../../src/landscape/slice.ts';
import { DEFAULT_SCALE, type LossId } from '../../src/losses/loss.ts';
import { LOSSES, lossOf } from '../../src/losses/registry.ts';
import { seededRng } from '../../src/num/rng.ts';
import type { DescentPlan } from '../../src/optimise/descent.ts';
import { reachesTruth } from '../../src/optimise/outcome.ts';
import {
  annealingFactor,
  OWN_GROUND,
  plainStrategy,
  STRATEGY_IDS,
  type Strategy,
  strategyOf,
} from '../../src/optimise/strategy.ts';
import { jeffreysInterval } from '../../src/stats/jeffreys.ts';
import { libraryStructure } from '../support/library.ts';
import { sliceFor } from './cases.ts';

const SLICES: readonly (readonly [string, CellKey, CellKey])[] = [
  ['U2Ti', 'a', 'c'],
  ['Au2S', 'a', 'b'],
  ['Na3MnCoNiO6', 'a', 'gamma'],
];
const BLURS = [1, 2, 4, 8] as const;
/** Widths of GPWDF, degrees; 0.5 is its default. */
const ALPHAS = [0.25, 0.5, 1, 1.5, 2, 4] as const;
const SEED = 1;
/** The explorer's defaults (paper, S1.4). */
const RATE = 0.0005;

const argument = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};

type Job =
  | {
      readonly kind: 'roughness';
      readonly slice: number;
      readonly loss: LossId;
      /** Of GPWDF, degrees. */
      readonly alpha?: number;
      readonly blur: number;
      readonly side: number;
    }
  | {
      readonly kind: 'success';
      readonly slice: number;
      readonly strategy: number;
      readonly starts: number;
      readonly steps: number;
    };

function problemOn(id: string, loss: LossId, blur: number, alpha: number = DEFAULT_SCALE.alpha): LossProblem {
  const { sites, cell } = libraryStructure(id);
  const instrument = blurred(PAPER_INSTRUMENT, blur);
  return {
    kind: 'loss',
    sites,
    instrument,
    loss,
    lossWidths: { ...DEFAULT_SCALE, alpha },
    ...simulatedTarget(sites, instrument, cell),
  };
}

function sliceOf([id, x, y]: (typeof SLICES)[number], side: number): Slice {
  return sliceFor(libraryStructure(id), x, y, side);
}

function roughnessRow(job: Extract<Job, { kind: 'roughness' }>): string {
  const of = SLICES[job.slice]!;
  const slice = sliceOf(of, job.side);
  const objective = groundsOf(problemOn(of[0], job.loss, job.blur, job.alpha))(OWN_GROUND);
  const cells = slicePoints(slice);
  const scratch = new Float64Array(6);
  const values = Float64Array.from({ length: cells.length / 6 }, (_, i) =>
    objective(cells.subarray(6 * i, 6 * i + 6), scratch),
  );
  const figures = roughness({ xs: sliceAxis(slice, 'x'), ys: sliceAxis(slice, 'y'), values });
  const percent = (share: number): string => (100 * share).toFixed(1);
  return [
    figures.minima,
    percent(figures.nonConvex),
    percent(figures.medianBasin),
    percent(figures.lowestBasin),
  ].join(' | ');
}

/** The plain descent in the paper's settings, then everything beyond, all against the unconstrained plain one. */
function strategiesOn(slice: Slice): { name: string; strategy: Strategy }[] {
  const settings = {
    mode: 'unconstrained',
    family: slice.family,
    momentum: 0.9,
    starts: 8,
    widthFactor: annealingFactor(3, fwhm(PAPER_INSTRUMENT, 40)),
    pull: 0.05,
    pullSteps: 1000,
    jitter: 1e-3,
  } as const;
  const moved = slicePlaces(slice);
  return [
    {
      name: 'plain, unconstrained',
      strategy: plainStrategy({ mode: 'unconstrained', family: slice.family }),
    },
    {
      name: 'plain, constrained start',
      strategy: {
        ...plainStrategy({ mode: 'unconstrained', family: slice.family }),
        mode: 'constrainedStart',
      },
    },
    { name: 'plain, constrained', strategy: plainStrategy({ mode: 'constrained', family: slice.family }) },
    ...STRATEGY_IDS.map(id => ({ name: id, strategy: strategyOf(id, settings, slice.base, moved) })),
    {
      name: 'annealed, constrained',
      strategy: strategyOf('annealed', { ...settings, mode: 'constrained' }, slice.base, moved),
    },
  ];
}

async function successRow(job: Extract<Job, { kind: 'success' }>): Promise<string> {
  const of = SLICES[job.slice]!;
  const slice = sliceOf(of, 101);
  const { name, strategy } = strategiesOn(slice)[job.strategy]!;
  const points = boxStarts(slice, job.starts, seededRng(SEED));
  const plan: DescentPlan = {
    start: slice.base,
    mode: strategy.mode,
    space: { kind: 'slice', x: slice.x, y: slice.y, base: slice.base, tied: false },
    reading: 'full',
    family: slice.family,
    learningRate: RATE,
    maxIterations: job.steps,
    stopGain: 1e-4,
    stopWindow: 1000,
    momentum: 0,
  };
  const ends = await METHODS.ends(
    problemOn(of[0], 'cosine', 1),
    {
      plan,
      strategy,
      spread: slice.base.map(value => 0.1 * value),
      seed: SEED,
      starts: Float64Array.from(points.flatMap(({ x, y }) => sliceCell(slice, x, y))),
    },
    { progress: () => {}, breathe: () => Promise.resolve() },
  );
  let reached = 0;
  for (let i = 0; i < job.starts; i++)
    if (reachesTruth(ends.cells.subarray(6 * i, 6 * i + 6), slice.base)) reached++;
  const [low, high] = jeffreysInterval(reached, job.starts);
  const steps = Math.round(ends.steps.reduce((sum, n) => sum + n, 0) / job.starts);
  const bouncing = ends.bouncing.reduce((sum, n) => sum + n, 0);
  const percent = (share: number): string => (100 * share).toFixed(0);
  return `${name} | ${percent(reached / job.starts)} | ${percent(low)}–${percent(high)} | ${steps} | ${bouncing}`;
}

const answer = (job: Job): Promise<string> =>
  job.kind === 'roughness' ? Promise.resolve(roughnessRow(job)) : successRow(job);

/** Runs jobs on all cores; each worker takes the next when it is done. */
async function shared(jobs: readonly Job[]): Promise<string[]> {
  const out = new Array<string>(jobs.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    const child = fork(import.meta.filename, ['--child']);
    try {
      while (next < jobs.length) {
        const at = next++;
        out[at] = await new Promise<string>((resolve, reject) => {
          child.removeAllListeners();
          child.once('message', text => resolve(String(text)));
          child.once('exit', code => reject(new Error(`a worker ended with code ${code}`)));
          child.send(jobs[at]!);
        });
        process.stderr.write(`${at + 1} of ${jobs.length}: ${out[at]}\n`);
      }
    } finally {
      child.kill();
    }
  };
  await Promise.all(Array.from({ length: argument('workers', availableParallelism()) }, worker));
  return out;
}

async function main(): Promise<void> {
  const side = argument('side', 101);
  const starts = argument('starts', 100);
  const steps = argument('steps', 5000);
  const chosen = process.argv.includes('--only')
    ? (process.argv[process.argv.indexOf('--only') + 1] ?? '')
    : null;
  const names = SLICES.map(([id, x, y]) => `${id} (${x}, ${y})`);
  const rough: Extract<Job, { kind: 'roughness' }>[] = (chosen === null ? SLICES : []).flatMap((_, slice) => [
    ...LOSSES.flatMap(({ id }) =>
      (id === 'gpwdf' ? ALPHAS : [DEFAULT_SCALE.alpha]).map(
        alpha => ({ kind: 'roughness', slice, loss: id, blur: 1, side, alpha }) as const,
      ),
    ),
    ...BLURS.slice(1).map(blur => ({ kind: 'roughness', slice, loss: 'cosine', blur, side }) as const),
  ]);
  const success: Extract<Job, { kind: 'success' }>[] = (starts > 0 ? SLICES : []).flatMap((of, slice) =>
    strategiesOn(sliceOf(of, 11)).flatMap(({ name }, strategy) =>
      chosen === null || name.includes(chosen)
        ? [{ kind: 'success', slice, strategy, starts, steps } as const]
        : [],
    ),
  );
  const rows = await shared([...rough, ...success]);
  const labelOf = ({ loss, alpha }: Extract<Job, { kind: 'roughness' }>): string =>
    loss === 'gpwdf' ? `GPWDF, α = ${alpha}°` : lossOf(loss).label;
  for (const [at, name] of names.entries()) {
    if (chosen === null) {
      console.log(`\n### ${name}: roughness, ${side} × ${side} points\n`);
      console.log('| loss | peak width | minima | non-convex, % | median basin, % | basin of the truth, % |');
      console.log('| --- | --- | --- | --- | --- | --- |');
    }
    for (const [i, job] of rough.entries())
      if (job.slice === at) console.log(`| ${labelOf(job)} | × ${job.blur} | ${rows[i]} |`);
    if (starts === 0) continue;
    console.log(`\n### ${name}: ${starts} starts, at most ${steps} steps\n`);
    console.log('| descent | reaches the truth, % | 95 % interval | steps a start | bouncing |');
    console.log('| --- | --- | --- | --- | --- |');
    for (const [i, job] of success.entries())
      if (job.slice === at) console.log(`| ${rows[rough.length + i]} |`);
  }
}

if (process.argv.includes('--child'))
  process.on('message', (job: Job) => void answer(job).then(text => process.send?.(text)));
else await main();
