import { type Cell, cellProblem } from '../crystal/cell.ts';
import type { Structure } from '../crystal/structure.ts';
import { binCount, type Instrument, instrumentProblem, PAPER_INSTRUMENT } from '../diffraction/instrument.ts';
import { peaksAt, scatteringModel, simulatedTarget, simulatePattern } from '../diffraction/pattern.ts';
import {
  type Slice,
  type SliceModel,
  sliceParameter,
  slicePoints,
  sliceProblem,
  strideOf,
} from '../landscape/slice.ts';
import { parameterOf, sliceModel } from '../landscape/sliceModel.ts';
import { DEFAULT_SCALE } from '../losses/loss.ts';
import { LOSSES, lossFor } from '../losses/registry.ts';
import {
  averageMinimumDistances,
  chebyshevDistance,
  pointwiseDistance,
  pointwiseDistances,
} from '../matching/invariants.ts';
import { MATCH_OPTIONS, matchCrystals } from '../matching/matcher.ts';
import { isCellKey } from '../model/cellParameter.ts';
import { parametersOf } from '../model/foundParameters.ts';
import { latticeNoise } from '../noise/noise.ts';
import { seededRng } from '../num/rng.ts';
import { isTwoCycle, startDescent, stepDescent } from '../optimise/descent.ts';
import type { CellObjective } from '../peakspace/denseObjective.ts';
import { modelObjective } from '../peakspace/model/modelObjective.ts';
import { objectiveFor } from '../peakspace/objective.ts';
import { operatorsOf } from '../symmetry/operatorsOf.ts';
import { crystalFrom, nameOf } from './crystals.ts';
import { moyoInNode } from './moyoInNode.ts';
import { type CommandLine, commandLine, UsageError } from './options.ts';

export const INSTRUMENT_OPTIONS = ['wavelength', 'two-theta', 'step', 'max-index'] as const;
const LOSS_IDS = LOSSES.map(({ id }) => id);

const print = (value: object): void => console.log(JSON.stringify(value));

function oneCrystal(line: CommandLine, command: string): string {
  const [name] = line.files;
  if (name === undefined || line.files.length > 1)
    throw new UsageError(`${command} takes one crystal: an id of the library or a CIF`);
  return name;
}

export function instrumentFrom(line: CommandLine): Instrument {
  const [low = PAPER_INSTRUMENT.twoThetaMin, high = PAPER_INSTRUMENT.twoThetaMax] =
    line.numbers('two-theta') ?? [];
  const maxIndex = line.number('max-index');
  const instrument = {
    ...PAPER_INSTRUMENT,
    wavelength: line.number('wavelength') ?? PAPER_INSTRUMENT.wavelength,
    twoThetaMin: low,
    twoThetaMax: high,
    step: line.number('step') ?? PAPER_INSTRUMENT.step,
    ...(maxIndex === undefined ? {} : { maxIndex }),
  };
  const problem = instrumentProblem(instrument);
  if (problem) throw new UsageError(problem);
  return instrument;
}

export function cellFrom(line: CommandLine, option: string, otherwise: Cell): Cell {
  const numbers = line.numbers(option);
  if (!numbers) return otherwise;
  const problem = numbers.length === 6 ? cellProblem(numbers) : `${numbers.length} numbers are not six`;
  if (problem) throw new UsageError(`--${option}: ${problem}`);
  return numbers as unknown as Cell;
}

/** pattern: a simulated pattern, or with --peaks its reflections. */
export function patternCommand(args: readonly string[]): void {
  const line = commandLine(args, [...INSTRUMENT_OPTIONS, 'cell'], ['peaks']);
  const name = oneCrystal(line, 'pattern');
  const structure = crystalFrom(name);
  const instrument = instrumentFrom(line);
  const cell = cellFrom(line, 'cell', structure.cell);
  const model = scatteringModel(structure.sites, instrument, cell);
  if (line.flag('peaks')) {
    const peaks = peaksAt(model, cell);
    for (let k = 0; k < peaks.count; k++)
      print({
        hkl: Array.from(model.sums.hkl.subarray(3 * peaks.index[k]!, 3 * peaks.index[k]! + 3)),
        twoTheta: peaks.twoTheta[k],
        intensity: peaks.intensity[k],
      });
    return;
  }
  const { twoThetaMin, step, wavelength } = instrument;
  const intensity = Array.from(simulatePattern(model, cell));
  print({
    crystal: nameOf(name),
    cell,
    wavelength,
    twoThetaMin,
    step,
    bins: binCount(instrument),
    intensity,
  });
}

/** landscape: the loss over two parameters, a line for each value of the vertical one. */
export function landscapeCommand(args: readonly string[]): void {
  const line = commandLine(
    args,
    [...INSTRUMENT_OPTIONS, 'x', 'y', 'x-range', 'y-range', 'n', 'loss', 'alpha'],
    ['tied'],
  );
  const structure = crystalFrom(oneCrystal(line, 'landscape'));
  const instrument = instrumentFrom(line);
  const [x, y] = [line.text('x') ?? 'a', line.text('y') ?? 'c'];
  if (x === y) throw new UsageError(`--x and --y are both ${x}: two different parameters are needed`);
  const n = line.number('n') ?? 61;
  if (!Number.isInteger(n) || n < 2 || n > 2001)
    throw new UsageError(`--n ${n}: give a whole number from 2 to 2001`);
  const model = modelFrom(x, y, structure, instrument);
  const { cell, family } = structure;
  const asked: Slice = {
    ...{ x, y, xRange: [0, 0], yRange: [0, 0], nx: n, ny: n, tied: line.flag('tied'), family },
    base: [...cell, ...(model?.moved ?? []).map(({ value }) => value)],
    ...(model ? { model } : {}),
  };
  const slice: Slice = {
    ...asked,
    xRange: rangeFrom(line, 'x-range') ?? sliceParameter(asked, 'x').range,
    yRange: rangeFrom(line, 'y-range') ?? sliceParameter(asked, 'y').range,
  };
  const problem = sliceProblem(slice);
  if (problem && model) throw new UsageError(problem);
  const objective = objectiveFrom(line, structure, instrument, model);
  const points = slicePoints(slice);
  const stride = strideOf(slice);
  const at = ([low, high]: readonly [number, number], k: number): number =>
    low + ((high - low) * k) / (n - 1);
  for (let iy = 0; iy < n; iy++)
    print({
      [y]: at(slice.yRange, iy),
      [x]: slice.xRange,
      // A cell that does not exist has no loss, and JSON no word for NaN.
      loss: Array.from({ length: n }, (_, ix) => {
        const start = stride * (iy * n + ix);
        const value = objective(points.subarray(start, start + stride), null);
        return Number.isFinite(value) ? value : null;
      }),
    });
}

/** What two axes move where one is none of the cell; null where both are. */
function modelFrom(x: string, y: string, structure: Structure, instrument: Instrument): SliceModel | null {
  if (isCellKey(x) && isCellKey(y)) return null;
  const found = parametersOf(structure, operatorsOf(moyoInNode(), structure), instrument);
  const parameters = { ...found, structure };
  for (const [option, id] of [
    ['x', x],
    ['y', y],
  ] as const)
    if (!parameterOf(id, parameters)) {
      const known = found.list.filter(({ group }) => group !== 'atom').map(parameter => parameter.id);
      throw new UsageError(
        `--${option} ${id} is none of ${known.join(', ')}, nor x, y or z of an atom alone, such as x.0`,
      );
    }
  return sliceModel({ x, y }, false, parameters);
}

/** The loss against the pattern of the true crystal. */
function objectiveFrom(
  line: CommandLine,
  { sites, cell }: Structure,
  instrument: Instrument,
  model: SliceModel | null = null,
): CellObjective {
  const alpha = line.number('alpha') ?? DEFAULT_SCALE.alpha;
  if (!(alpha > 0)) throw new UsageError(`--alpha ${alpha}: give degrees above 0`);
  const scale = { ...DEFAULT_SCALE, alpha, step: instrument.step };
  const loss = lossFor(line.oneOf('loss', LOSS_IDS) ?? 'cosine', scale);
  const { target, sticks } = simulatedTarget(sites, instrument, cell);
  if (!model) return objectiveFor(sites, instrument, loss, target, null, null, sticks);
  const { moved, cellMoves } = model;
  return modelObjective({ sites, instrument, loss, target, excluded: null, sticks, moved, cellMoves });
}

function rangeFrom(line: CommandLine, option: string): readonly [number, number] | null {
  const numbers = line.numbers(option);
  if (!numbers) return null;
  const [low, high] = numbers;
  if (numbers.length !== 2 || !(low! < high!)) throw new UsageError(`--${option}: give low,high`);
  return [low!, high!];
}

/** descend: one descent, every so many iterates and the last, with the reason why it stopped. */
export function descendCommand(args: readonly string[]): void {
  const line = commandLine(
    args,
    [
      ...INSTRUMENT_OPTIONS,
      'start',
      'sigma',
      'seed',
      'loss',
      'alpha',
      'mode',
      'rate',
      'max-steps',
      'stop-gain',
      'every',
    ],
    [],
  );
  const structure = crystalFrom(oneCrystal(line, 'descend'));
  const instrument = instrumentFrom(line);
  const sigma = line.number('sigma');
  const noisy =
    sigma === undefined
      ? structure.cell
      : latticeNoise(structure.cell, sigma, seededRng(line.number('seed') ?? 0));
  const objective = objectiveFrom(line, structure, instrument);
  const every = line.number('every') ?? 100;
  const state = startDescent(
    {
      start: cellFrom(line, 'start', noisy),
      mode:
        line.oneOf('mode', ['unconstrained', 'constrainedStart', 'constrained'] as const) ?? 'unconstrained',
      space: { kind: 'full' },
      reading: 'full',
      family: structure.family,
      learningRate: line.number('rate') ?? 0.005,
      maxIterations: line.number('max-steps') ?? 30_000,
      stopGain: line.number('stop-gain') ?? 1e-4,
      stopWindow: 1000,
      momentum: 0,
    },
    objective,
  );
  const show = (): void => print({ step: state.step, loss: state.loss, cell: [...state.cell] });
  while (!state.stopped) {
    if (state.step % every === 0) show();
    stepDescent(state, objective);
  }
  print({
    step: state.step,
    loss: state.loss,
    cell: [...state.cell],
    stop: state.stopped,
    twoCycle: isTwoCycle(state),
    bestStep: state.bestStep,
    bestLoss: state.bestLoss,
  });
}

/** match: the verdict of the matcher on two crystals, with its gauges, and the verdict in the other order. */
export function matchCommand(args: readonly string[]): void {
  const line = commandLine(args, ['ltol', 'stol', 'angle-tol'], ['no-primitive', 'no-scale']);
  if (line.files.length !== 2) throw new UsageError('match takes two crystals');
  const [first, second] = line.files.map(crystalFrom);
  const options = {
    ltol: line.number('ltol') ?? MATCH_OPTIONS.ltol,
    stol: line.number('stol') ?? MATCH_OPTIONS.stol,
    angleTol: line.number('angle-tol') ?? MATCH_OPTIONS.angleTol,
    primitiveCell: !line.flag('no-primitive'),
    scale: !line.flag('no-scale'),
  };
  const { matched: reversed } = matchCrystals(second!, first!, options);
  print({ ...matchCrystals(first!, second!, options), reversed });
}

/** amd: the invariants of one crystal, or the distances of two. */
export function amdCommand(args: readonly string[]): void {
  const line = commandLine(args, ['k'], []);
  const k = line.number('k') ?? 100;
  if (!Number.isInteger(k) || k < 1 || k > 10_000)
    throw new UsageError(`--k ${k}: give a whole number from 1 to 10000`);
  const [first, second, ...more] = line.files.map(name => pointwiseDistances(crystalFrom(name), k));
  if (!first || more.length) throw new UsageError('amd takes one crystal or two');
  const amd = averageMinimumDistances(first);
  print(
    second
      ? {
          k,
          amd: chebyshevDistance(amd, averageMinimumDistances(second)),
          emd: pointwiseDistance(first, second),
        }
      : { k, amd: Array.from(amd) },
  );
}
