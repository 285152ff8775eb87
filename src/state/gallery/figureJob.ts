import { CELL_KEYS, type Cell, type CellKey, cellIndex } from '../../crystal/cell.ts';
import type { Structure } from '../../crystal/structure.ts';
import type { Engine, LossProblem } from '../../engine/engine.ts';
import type { RecoveryEngine } from '../../engine/recoveryEngine.ts';
import type { WorkerEngine } from '../../engine/workerEngine.ts';
import { EQUAL, equalMinima, falseMinima, isSameLoss } from '../../landscape/falseMinima.ts';
import {
  cellAt,
  type Slice,
  type SliceModel,
  sliceDirections,
  sliceParameter,
  slicePoint,
  slicePoints,
  strideOf,
} from '../../landscape/slice.ts';
import { sliceModel } from '../../landscape/sliceModel.ts';
import { lossOf } from '../../losses/registry.ts';
import { matchReduced, type ReducedCrystal, reduceCrystal } from '../../matching/matcher.ts';
import type { FoundParameters } from '../../model/foundParameters.ts';
import type { Point } from '../../model/parameter.ts';
import { PROJECTOR_READINGS } from '../../optimise/modes.ts';
import type { Inputs } from '../core/inputs.ts';
import { continuedFrom } from '../explore/continuedJob.ts';
import { emptyContinued, walked } from '../explore/continuedRun.ts';
import { planOf } from '../explore/descentJob.ts';
import { type DescentRun, emptyRun, runDescent } from '../explore/descentRun.ts';
import { settledOn, tellMinima } from '../explore/equalMinimaJob.ts';
import type { MapState, StageMap } from '../explore/exploreState.ts';
import { reflectionsAt } from '../explore/problem.ts';
import { computeMap, minimaOf } from '../explore/refine.ts';
import { sliceOf } from '../explore/selectors.ts';
import { stageMapOf } from '../explore/stageMap.ts';
import type { Figure, FigureCrystal, FigureRow, Nudge, Reached, RowRole } from './gallerySlice.ts';
import type { Preset } from './preset.ts';

/** Engines that compute figures: descents in float64, maps on the engine that maps are computed on at present. */
export interface FigureEngines {
  readonly cpu: WorkerEngine;
  readonly recovery: RecoveryEngine;
  mapEngine(): Engine;
}

export type FigureProblem = Pick<Figure, 'structure' | 'problem' | 'targetPeaks' | 'model'>;

/** The figure as far as it is computed, and its share of the whole, 0 to 1. */
export type Report = (figure: Figure, share: number) => void;

/** As many minima as the paper labels. */
const LABELLED = 3;
/** Deviations at which the floor of a valley is sounded, in angstrom or degrees. */
const SOUNDINGS = [0.1, 0.2, 0.4] as const;

/** Computes a picture of the gallery, coarse to fine. Rejects with AbortError when the signal fires. */
export async function computeFigure(
  preset: Preset,
  given: FigureProblem,
  engines: FigureEngines,
  signal: AbortSignal,
  report: Report,
): Promise<void> {
  let figure: Figure = {
    ...given,
    map: null,
    minima: [],
    equal: [],
    shown: [],
    runs: [],
    contrast: [],
    continued: null,
    stages: [],
    rows: [],
    tiles: [],
    stableRate: null,
    floor: [],
    nudged: null,
    reached: [],
    complete: false,
  };
  const show = (change: Partial<Figure>, share: number): void => {
    signal.throwIfAborted();
    figure = { ...figure, ...change };
    report(figure, share);
  };
  const context: Context = { preset, given, engines, signal, show, now: () => figure };
  if (preset.kind === 'wall') await drawWall(context);
  else if (preset.kind === 'rows') await drawRows(context);
  else await drawSlice(context);
  show({ complete: true }, 1);
}

/** What the slice of a picture moves. */
export function modelOfFigure(
  { slice, descent }: Pick<Inputs, 'slice' | 'descent'>,
  structure: Structure,
  parameters: FoundParameters,
): SliceModel {
  const model = sliceModel(slice, descent.space === 'full', { ...parameters, structure });
  if (!model) throw new Error(`${structure.formula} has no ${slice.x} or no ${slice.y}`);
  return model;
}

interface Context {
  readonly preset: Preset;
  readonly given: FigureProblem;
  readonly engines: FigureEngines;
  readonly signal: AbortSignal;
  show(change: Partial<Figure>, share: number): void;
  now(): Figure;
}

const sliceFor = ({ preset, given }: Context, x: string, y: string, resolution: number): Slice => {
  const { slice } = preset.inputs;
  return sliceOf(
    { slice: { ...slice, x, y, resolution } },
    given.structure.cell,
    preset.inputs.descent.family ?? given.structure.family,
    given.model,
  );
};

async function mapOf(
  { given, engines, signal }: Context,
  slice: Slice,
  level: (map: MapState, share: number) => void,
): Promise<MapState> {
  let last: MapState | null = null;
  const total = slice.nx * slice.ny;
  await computeMap(given.problem, slice, async () => engines.mapEngine(), signal, {
    progress: () => {},
    level: map => {
      last = map;
      level(map, map.final ? 1 : map.values.length / total);
    },
  });
  return last!;
}

/** A map with what happens on it: minima and their patterns, descents, what a failure rests on. */
async function drawSlice(context: Context): Promise<void> {
  const { preset, given, engines, signal, show } = context;
  const { x, y } = preset.inputs.slice;
  const map = await mapOf(context, sliceFor(context, x, y, preset.resolution), (level, share) =>
    show({ map: level }, 0.4 * share),
  );
  if (preset.kind === 'minima') {
    const found = minimaOf(map, preset.inputs.loss);
    const told = given.model ? await tellMinima(engines.cpu, given.problem, map, found, signal) : found;
    const minima = falseMinima(told, map.slice);
    const equal = equalMinima(told, map.slice);
    const prominent = [...minima].sort((p, q) => q.minimum.prominence - p.minimum.prominence);
    const chosen = prominent.slice(0, LABELLED).sort((p, q) => p.number - q.number);
    show({ minima, equal }, 0.8);
    const marked = [
      ...equal.map(({ minimum }) => ({ mark: EQUAL, ...minimum })),
      ...chosen.map(({ number, minimum }) => ({ mark: String(number), ...minimum })),
    ];
    show({ shown: await crystalsAt(context, map.slice, marked.slice(0, LABELLED)) }, 0.9);
    if (preset.against) show({ reached: await compared(context, map.slice, preset.against) }, 0.98);
    return;
  }
  if (preset.kind === 'nudged') return nudge(context, map.slice);
  const plans = preset.kind === 'readings' ? readingsOf(preset.inputs) : [preset.inputs];
  await descend(context, plans, 'runs', 0.4, preset.contrast ? 0.7 : 0.95);
  if (preset.contrast) {
    const inputs = { ...preset.inputs, descent: { ...preset.inputs.descent, ...preset.contrast } };
    await descend(context, [inputs], 'contrast', 0.7, 0.9);
  }
  if (preset.kind === 'wayDown') await goDown(context, map.slice);
  if (preset.kind !== 'failure') return;
  const base = given.structure.cell;
  const soundings = SOUNDINGS.map(step => sounded(base, y, step));
  const { loss } = await engines.cpu.evaluate(given.problem, Float64Array.from([base, ...soundings].flat()), {
    signal,
  });
  show({ floor: SOUNDINGS.map((step, i) => [step, loss[i + 1]! - loss[0]!] as const) }, 0.95);
  const plan = { ...context.now().runs[0]!.plan, start: base };
  const stableRate = await engines.cpu.stableRate(given.problem, plan, signal).catch(() => null);
  show({ stableRate: stableRate !== null && stableRate > 0 ? stableRate : null }, 0.98);
}

/** The continued path and the maps of its stages. */
async function goDown({ preset, given, engines, signal, show }: Context, slice: Slice): Promise<void> {
  const { inputs } = preset;
  const path = await continuedFrom(engines, given.problem, inputs, slice, inputs.starts[0]!, signal);
  const stages: StageMap[] = [];
  for (const width of path.widths) {
    if (width > 0)
      stages.push(
        await stageMapOf(
          engines.recovery,
          given.problem,
          slice,
          { width, smoothing: path.smoothing, background: path.background },
          { signal },
        ),
      );
    show({ continued: walked(emptyContinued(0), path), stages: [...stages] }, 0.98);
  }
}

function sounded(base: Cell, key: string, step: number): Cell {
  const out = Array.from(base);
  out[cellIndex(key as CellKey)]! += step;
  return out as unknown as Cell;
}

const readingsOf = (inputs: Inputs): Inputs[] =>
  PROJECTOR_READINGS.map(reading => ({ ...inputs, descent: { ...inputs.descent, reading } }));

/** The descents of each of the inputs, all at once on the pool. */
async function descend(
  context: Context,
  asked: readonly Inputs[],
  part: 'runs' | 'contrast',
  from: number,
  to: number,
): Promise<void> {
  const { given, engines, signal, show } = context;
  const { structure, problem } = given;
  const runs: DescentRun[] = asked.flatMap(inputs => {
    const family = inputs.descent.family ?? structure.family;
    const slice = sliceOf(inputs, structure.cell, family);
    const start = inputs.starts[0]!;
    return inputs.descent.modes.map(mode => emptyRun(0, mode, planOf(inputs, slice, family, start, mode)));
  });
  let ended = 0;
  const share = (): number => from + ((to - from) * ended) / runs.length;
  await Promise.all(
    runs.map((_, i) =>
      runDescent(
        signal,
        onChunk => engines.cpu.descend(problem, runs[i]!.plan, { signal, onChunk }),
        change => {
          if (signal.aborted) return;
          runs[i] = change(runs[i]!);
          if (runs[i]!.status === 'done') ended++;
          show({ [part]: [...runs] }, share());
        },
      ),
    ),
  );
  const failed = runs.find(run => run.status === 'failed');
  if (failed) throw new Error(failed.message ?? 'A descent failed.');
  signal.throwIfAborted();
}

async function crystals(context: Context, points: readonly Point[]): Promise<FigureCrystal[]> {
  const { given, engines, signal } = context;
  const { structure, problem, model } = given;
  const of = (point: Point, pattern: Float64Array, peaks: FigureCrystal['peaks']): FigureCrystal => ({
    cell: cellAt(point),
    pattern,
    loss: lossOf(problem.loss).value(problem.target, pattern),
    peaks,
  });
  if (model)
    return Promise.all(
      points.map(async point => {
        const { pattern, peaks } = await engines.cpu.crystalAt(problem, point, signal);
        return of(point, pattern, peaks);
      }),
    );
  const bins = problem.target.length;
  const patterns = await engines.cpu.patterns(problem, Float64Array.from(points.flat()), { signal });
  return points.map((cell, i) =>
    of(
      cell,
      patterns.slice(i * bins, (i + 1) * bins),
      reflectionsAt(structure, problem.instrument, cellAt(cell)),
    ),
  );
}

async function crystalsAt(
  context: Context,
  slice: Slice,
  places: readonly { readonly mark: string; readonly x: number; readonly y: number }[],
): Promise<Figure['shown']> {
  const found = await crystals(
    context,
    places.map(({ x, y }) => slicePoint(slice, x, y)),
  );
  return places.map(({ mark, x, y }, i) => ({ mark, x, y, crystal: found[i]! }));
}

/** What a change of each parameter costs while the other stays, and where it may follow. */
async function nudge(context: Context, slice: Slice): Promise<void> {
  const { preset, given, engines, signal, show } = context;
  const [dx, dy] = preset.nudge ?? [0, 0];
  const [x, y] = [sliceParameter(slice, 'x').value, sliceParameter(slice, 'y').value];
  const places = [
    { mark: '1', x: x + dx, y },
    { mark: '2', x, y: y + dy },
  ];
  const points = places.map(place => slicePoint(slice, place.x, place.y));
  const { loss } = await engines.cpu.evaluate(
    given.problem,
    Float64Array.from([slice.base, ...points].flat()),
    { signal },
  );
  const [alongX, alongY] = sliceDirections(slice);
  const follow = (point: Point, direction: Float64Array, unit: number): Promise<Float64Array> =>
    engines.cpu.settle(
      given.problem,
      { points: Float64Array.from(point), directions: [direction], units: [Math.abs(unit)] },
      signal,
    );
  const [first, second] = await Promise.all([follow(points[0]!, alongY, dy), follow(points[1]!, alongX, dx)]);
  const told = (by: number, at: number, followed: Float64Array): Nudge => ({
    by,
    alone: loss[at]! - loss[0]!,
    followed: followed[0]! - loss[0]!,
  });
  show({ nudged: [told(dx, 1, first), told(dy, 2, second)] }, 0.9);
  show({ shown: await crystalsAt(context, slice, places) }, 0.98);
}

/** Starts along each axis of a comparison of losses. */
const STARTS = 13;

/** Descents under two losses from the same grid of starts, and how steeply each rises from the truth. */
async function compared(
  { preset, given, engines, signal }: Context,
  slice: Slice,
  against: Reached['loss'],
): Promise<Reached[]> {
  const flat = slicePoints({ ...slice, nx: STARTS, ny: STARTS });
  const stride = strideOf(slice);
  const starts = Array.from({ length: STARTS ** 2 }, (_, i) =>
    Array.from(flat.subarray(i * stride, (i + 1) * stride)),
  );
  const beside = slicePoint(
    slice,
    sliceParameter(slice, 'x').value + (preset.nudge?.[0] ?? 0),
    sliceParameter(slice, 'y').value,
  );
  const of = async (loss: Reached['loss']): Promise<Reached> => {
    const problem: LossProblem = { ...given.problem, loss };
    const points = Float64Array.from([slice.base, beside, ...starts].flat());
    const { loss: values } = await engines.cpu.evaluate(problem, points, { signal });
    const ends = await settledOn(engines.cpu, problem, slice, starts, signal);
    return {
      loss,
      count: ends.subarray(1).filter(end => isSameLoss(end, ends[0]!, { values })).length,
      of: starts.length,
      rise: (values[1]! - values[0]!) / (Math.max(...values) - values[0]!),
    };
  };
  return [await of(preset.inputs.loss), await of(against)];
}

/** Truth, distorted cell and what descent makes of it with and without the constraint. */
async function drawRows(context: Context): Promise<void> {
  const { preset, given, show } = context;
  const { structure } = given;
  const start = cellAt(preset.inputs.starts[0]?.cell ?? structure.cell);
  const reduced = reduceCrystal(structure);
  const rows = async (parts: readonly (readonly [RowRole, Cell])[]): Promise<FigureRow[]> => {
    const found = await crystals(
      context,
      parts.map(([, cell]) => cell),
    );
    return parts.map(([role], i) => ({
      ...found[i]!,
      role,
      match: matchOf(given, reduced, role, found[i]!.cell),
    }));
  };
  const first = await rows([
    ['truth', structure.cell],
    ['distorted', start],
  ]);
  show({ rows: first }, 0.1);
  await descend(context, [preset.inputs], 'runs', 0.1, 0.95);
  const endOf = (mode: RowRole): Cell => {
    const run = context.now().runs.find(entry => entry.mode === mode);
    const at = 6 * ((run?.count ?? 1) - 1);
    return Array.from(run?.cells.subarray(at, at + 6) ?? []) as unknown as Cell;
  };
  const ends = await rows([
    ['unconstrained', endOf('unconstrained')],
    ['constrained', endOf('constrained')],
  ]);
  show({ rows: [...first, ...ends] }, 0.98);
}

const matchOf = (
  { structure }: FigureProblem,
  truth: ReducedCrystal,
  role: RowRole,
  cell: Cell,
): FigureRow['match'] =>
  role === 'truth' ? null : matchReduced(truth, reduceCrystal({ cell, sites: structure.sites }));

/** All pairs of parameters, in the order of the paper's figure. */
export const PARAMETER_PAIRS: readonly (readonly [CellKey, CellKey])[] = CELL_KEYS.flatMap((x, i) =>
  CELL_KEYS.slice(i + 1).map(y => [x, y] as const),
);

async function drawWall(context: Context): Promise<void> {
  const { preset, show, now } = context;
  for (const [done, [x, y]] of PARAMETER_PAIRS.entries()) {
    const put = (map: MapState, share: number): void => {
      const minima = map.final ? falseMinima(minimaOf(map, preset.inputs.loss), map.slice) : [];
      const tiles = now().tiles.slice(0, done);
      show({ tiles: [...tiles, { x, y, map, minima }] }, (done + share) / PARAMETER_PAIRS.length);
    };
    await mapOf(context, sliceFor(context, x, y, preset.resolution), put);
  }
}
