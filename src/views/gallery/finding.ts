import { type Cell, type CellKey, cellIndex, isLength } from '../../crystal/cell.ts';
import { familyOf } from '../../crystal/family.ts';
import { truthsOf } from '../../landscape/slice.ts';
import type { LossId } from '../../losses/loss.ts';
import { SYMBOLS } from '../../model/cellParameter.ts';
import { offBy, STRICT } from '../../optimise/outcome.ts';
import { CYCLOTOMIC_PAIR } from '../../phasing/homometric.ts';
import type { DescentRun } from '../../state/explore/descentRun.ts';
import { latticeAxes } from '../../state/explore/modelChoice.ts';
import type { Figure, FigureRow, Reached, RowRole } from '../../state/gallery/gallerySlice.ts';
import type { Preset } from '../../state/gallery/preset.ts';
import { formatNumber, formatPercent, formatPlain } from '../../ui/format.ts';
import { formatParameter } from '../CellParameter.tsx';
import { hklWords } from '../pattern/HklText.tsx';
import {
  cellAt,
  cellAtEnd,
  crossings,
  departures,
  firstReversal,
  floorPower,
  isTruth,
  lossAtEnd,
  partners,
  runOf,
  tradeAt,
} from './facts.ts';

/** True where a cell is recovered strictly, by the measure of the study. */
export function isRecovered(cell: ArrayLike<number>, truth: Cell): boolean {
  const { length, angle } = offBy(cell, truth);
  return length <= STRICT.length && angle <= STRICT.angle;
}

/** One finding of a picture, in words, every number computed; prose with its marks. */
export function findingOf(preset: Preset, figure: Figure): string {
  const { kind } = preset;
  const ofParameters = PARAMETERS[preset.id];
  if (ofParameters) return ofParameters(preset, figure);
  if (kind === 'minima') return minimaFinding(preset, figure);
  if (kind === 'wall') return wallFinding(figure);
  if (kind === 'rows') return rowsFinding(figure);
  if (kind === 'wayDown') return wayDownFinding(preset, figure);
  if (kind === 'readings') return readingsFinding(preset, figure);
  return kind === 'descents' ? descentsFinding(preset, figure) : FAILURES[preset.id]!(preset, figure);
}

const NUMBERS = 'No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve'.split(' ');
const counted = (n: number): string => NUMBERS[n] ?? String(n);
const symbol = (key: CellKey): string => (isLength(key) ? `*${SYMBOLS[key]}*` : SYMBOLS[key]);
const loss = (value: number): string => formatNumber(value, 3);
const steps = (n: number): string => `${formatNumber(n, 0)} ${n === 1 ? 'step' : 'steps'}`;
const hkl = (name: readonly [number, number, number]): string => hklWords(name).replaceAll(' ', '\u202f');

/** "*a* 4.616 Å, *b* 4.812 Å"; "*a* = *b* = 4.796 Å" where both are the same. */
function place(cell: Cell, keys: readonly CellKey[]): string {
  const texts = keys.map(key => formatParameter(key, cell[cellIndex(key)]!, 2));
  const [first] = texts;
  if (texts.length === 2 && keys.every(isLength) && texts.every(text => text === first))
    return `${keys.map(symbol).join(' = ')} = ${first}`;
  return keys.map((key, i) => `${symbol(key)} ${texts[i]}`).join(', ');
}

/** "2.6 % short", "0.4° wide". */
function off(key: CellKey, value: number, truth: number): string {
  if (!isLength(key))
    return `${formatNumber(Math.abs(value - truth), 1)}° ${value < truth ? 'narrow' : 'wide'}`;
  return `${formatPercent(Math.abs(value / truth - 1))} ${value < truth ? 'short' : 'long'}`;
}

function minimaFinding({ inputs }: Preset, { minima, structure, map }: Figure): string {
  const lowest = minima[0];
  if (!lowest || !map) return 'No false minimum.';
  const { x, y } = latticeAxes(inputs);
  const { minimum } = lowest;
  const where = [
    [x, minimum.x],
    [y, minimum.y],
  ] as const;
  const offs = where.map(
    ([key, value]) => `${symbol(key)} ${off(key, value, structure.cell[cellIndex(key)]!)}`,
  );
  const name = minima.length === 1 ? 'minimum' : 'minima';
  return `${counted(minima.length)} false ${name}. The deepest reaches ${loss(minimum.value)} with ${offs.join(' and ')}.`;
}

/** "reaches the truth", or where it ends and how well that scores. */
function ending(run: DescentRun, truth: Cell, keys: readonly CellKey[]): string {
  const end = cellAtEnd(run);
  return isTruth(end, truth, keys)
    ? 'reaches the truth'
    : `ends at ${place(end, keys)}, loss ${loss(lossAtEnd(run))}`;
}

const keysOf = ({ inputs }: Preset): readonly [CellKey, CellKey] => {
  const { x, y } = latticeAxes(inputs);
  return [x, y];
};

function descentsFinding(preset: Preset, figure: Figure): string {
  const truth = figure.structure.cell;
  const keys = keysOf(preset);
  const free = runOf(figure, 'unconstrained');
  const [start, held] = [runOf(figure, 'constrainedStart'), runOf(figure, 'constrained')];
  const words = (run: DescentRun): string => ending(run, truth, keys);
  const first = `Unconstrained, it ${words(free)} after ${steps(free.count - 1)}.`;
  if (words(start) === words(held))
    return `${first} Projected at the start or throughout, it ${words(held)} in ${steps(held.count - 1)}.`;
  return `${first} The constrained start ${words(start)}; only the constrained descent ${words(held)}.`;
}

/** What became of the descents of the paper, and of the continued path from the same start. */
function wayDownFinding({ inputs }: Preset, { runs, continued, structure }: Figure): string {
  if (!continued) throw new Error('the figure has no continued path');
  const truth = structure.cell;
  const full = inputs.descent.space === 'full';
  const { widths, evaluations, tried } = continued;
  const end = cellAtEnd(continued);
  const arrived = runs.filter(run => isRecovered(cellAtEnd(run), truth)).length;
  const some = arrived === 0 ? 'none' : counted(arrived).toLowerCase();
  const first =
    runs.length === 1
      ? `The descent ${arrived ? 'reaches' : 'does not reach'} the truth.`
      : `Of ${counted(runs.length).toLowerCase()} descents ${some} ${arrived > 1 ? 'reach' : 'reaches'} the truth.`;
  const far = offBy(end, truth);
  const ends = isRecovered(end, truth)
    ? 'reaches the truth'
    : `ends at a loss of ${formatNumber(lossAtEnd(continued), 4)}${full ? ` with lengths up to ${formatPercent(far.length)} and angles up to ${formatNumber(far.angle, 1)}° off` : ''}`;
  return `${first} Continued from ${formatPlain(widths[0]!)}° to the plain patterns, it ${ends} in ${formatNumber(evaluations, 0)} evaluations, ${formatNumber(tried, 0)} with the other ladders.`;
}

const READING_WORDS = {
  full: 'with the true *c* averaged in',
  movedOnly: 'with *a* and *b* tied alone',
  tied: 'with *c* following',
} as const;

function readingsFinding(preset: Preset, { runs, structure }: Figure): string {
  const keys = keysOf(preset);
  const of = (reading: keyof typeof READING_WORDS, mode: DescentRun['mode']): string => {
    const run = runs.find(entry => entry.plan.reading === reading && entry.mode === mode);
    if (!run) throw new Error(`the figure has no ${mode} descent read as ${reading}`);
    const end = cellAtEnd(run);
    const words = isTruth(end, structure.cell, keys)
      ? 'reaches the truth'
      : `ends at ${place(end, keys)} (loss ${loss(lossAtEnd(run))})`;
    return `${words} ${READING_WORDS[reading]}`;
  };
  const all = (mode: DescentRun['mode']): string =>
    `${of('full', mode)}, ${of('movedOnly', mode)}, ${of('tied', mode)}`;
  return `Held on the line, it ${all('constrained')}. Projected at the start alone, it ${all('constrainedStart')}.`;
}

const rowOf = ({ rows }: Figure, role: RowRole): FigureRow => {
  const found = rows.find(row => row.role === role);
  if (!found) throw new Error(`the figure has no row "${role}"`);
  return found;
};
export const verdict = (row: FigureRow): string => (row.match?.matched ? 'match' : 'no match');
export const similarity = (row: FigureRow): string => formatNumber(-row.loss, 2);

function rowsFinding(figure: Figure): string {
  const [start, free, held] = (['distorted', 'unconstrained', 'constrained'] as const).map(role =>
    rowOf(figure, role),
  ) as [FigureRow, FigureRow, FigureRow];
  const end = (row: FigureRow): string =>
    `${similarity(row)} and ${row.match?.matched ? 'a match' : 'no match'}`;
  return `Distorted by 0.1 it scores ${similarity(start)}. Descent without constraints ends at ${end(free)}, with them at ${end(held)}.`;
}

function wallFinding({ tiles }: Figure): string {
  const pairs = (found: readonly { x: CellKey; y: CellKey }[]): string =>
    found.map(({ x, y }) => `${symbol(x)}, ${symbol(y)}`).join(' and over ');
  const most = Math.max(...tiles.map(tile => tile.minima.length));
  const roughest = tiles.filter(tile => tile.minima.length === most);
  const smooth = tiles.filter(tile => tile.minima.length === 0);
  const none = smooth.length
    ? `none over ${smooth.map(({ x, y }) => `${symbol(x)}, ${symbol(y)}`).join('; ')}`
    : 'no slice without one';
  return `${counted(most)} false ${most === 1 ? 'minimum' : 'minima'} over ${pairs(roughest)}; ${none}.`;
}

/** The descent and the step that a picture opens with. */
function failing({ inputs }: Preset, figure: Figure): { run: DescentRun; step: number } {
  const { focus } = inputs;
  if (focus.kind !== 'step' || focus.mode === 'continued') throw new Error('a failure opens at a step');
  const run = runOf(figure, focus.mode);
  return { run, step: Math.min(focus.step, run.count - 1) };
}

const FAILURES: Readonly<Record<string, (preset: Preset, figure: Figure) => string>> = {
  jitter(preset, figure) {
    const keys = keysOf(preset);
    const truth = figure.structure.cell;
    const line = runOf(figure, 'constrainedStart', 'contrast');
    const pushed = runOf(figure, 'constrainedStart');
    return `On the line it ${ending(line, truth, keys)}, after ${steps(line.count - 1)}. Pushed off it by ${formatPlain(preset.inputs.descent.jitter)}°, it ${ending(pushed, truth, keys)} in ${steps(pushed.count - 1)}.`;
  },
  trade(preset, figure) {
    const { run, step } = failing(preset, figure);
    const trade = tradeAt(figure, cellAt(run, step));
    if (!trade) return 'No two reflections have traded places at this step.';
    const [one, other] = [hkl(trade.one), hkl(trade.other)];
    return `At step ${formatNumber(step, 0)} of ${formatNumber(run.count - 1, 0)}, ${one} lies where ${other} belongs and ${other} where ${one} does. The descent ${ending(run, figure.structure.cell, keysOf(preset))}.`;
  },
  window(preset, figure) {
    const { run, step } = failing(preset, figure);
    const gone = departures(figure, cellAt(run, step - 1), cellAt(run, step))[0];
    if (!gone) return 'No reflection leaves the window at this step.';
    const { twoThetaMax } = figure.problem.instrument;
    const fall = run.losses[step - 1]! - run.losses[step]!;
    const times = crossings(figure, run, gone.hkl);
    return `At step ${formatNumber(step, 0)} ${hkl(gone.hkl)} leaves at ${formatNumber(twoThetaMax, 0)}° and the loss falls by ${scientific(fall)}, only to jump up again. It crosses the edge ${formatNumber(times, 0)} times before the descent stops at step ${formatNumber(run.count - 1, 0)}, loss ${loss(lossAtEnd(run))}.`;
  },
  'long-steps'(preset, figure) {
    const { run } = failing(preset, figure);
    const contrast = runOf(figure, run.mode, 'contrast');
    const keys = keysOf(preset);
    const truth = figure.structure.cell;
    const from = firstReversal(run);
    const hops =
      from === null
        ? 'its last step is no hop'
        : `from step ${formatNumber(from, 0)} on every step takes back the last`;
    return `At rate ${formatPlain(run.plan.learningRate)} ${hops}; it ${ending(run, truth, keys)}. At ${formatPlain(contrast.plan.learningRate)} it ${ending(contrast, truth, keys)}.`;
  },
  early(preset, figure) {
    const { run } = failing(preset, figure);
    const on = runOf(figure, run.mode, 'contrast');
    const keys = keysOf(preset);
    const truth = figure.structure.cell;
    return `After ${steps(run.count - 1)} it ${ending(run, truth, keys)}: the last ${steps(run.plan.stopWindow)} gained less than ${formatPlain(run.plan.stopGain)}. Going on, it ${ending(on, truth, keys)}, after ${steps(on.count - 1)}.`;
  },
  flat(preset, figure) {
    const { run } = failing(preset, figure);
    const [, key] = keysOf(preset);
    const apart = Math.abs(cellAtEnd(run)[cellIndex(key)]! - figure.structure.cell[cellIndex(key)]!);
    const [near, far] = figure.floor as [readonly [number, number], readonly [number, number]];
    return `It stops with ${symbol(key)} ${formatNumber(apart, 2)}° off at loss ${formatNumber(lossAtEnd(run), 4)}. From ${near[0]}° to ${far[0]}° the loss rises ${formatNumber(far[1] / near[1], 1)}-fold, as the power ${formatNumber(floorPower(figure), 1)}: a parabola would rise 4-fold, a quartic 16-fold.`;
  },
  family(preset, figure) {
    const { run } = failing(preset, figure);
    const right = runOf(figure, run.mode, 'contrast');
    const keys = keysOf(preset);
    const truth = figure.structure.cell;
    return `Held ${familyOf(run.plan.family).label.toLowerCase()}, it ${ending(run, truth, keys)}. Held ${familyOf(right.plan.family).label.toLowerCase()}, it ${ending(right, truth, keys)}.`;
  },
};

const mseLabel = (id: LossId): string => (id === 'mse' ? 'the MSE' : `the ${id}`);

/** "3.2" times, or whole where it is large. */
const fold = (ratio: number): string => formatNumber(ratio, ratio < 10 ? 1 : 0);

const nudgedOf = ({ nudged }: Figure): NonNullable<Figure['nudged']> => {
  if (!nudged) throw new Error('the figure has no changes of its parameters');
  return nudged;
};

const PARAMETERS: Readonly<Record<string, (preset: Preset, figure: Figure) => string>> = {
  oxygen(_, { map, equal, minima }) {
    const times = truthsOf(map!.slice).length + equal.length;
    const others =
      minima.length === 0
        ? 'no false minimum beside them'
        : `${counted(minima.length).toLowerCase()} false ${minima.length === 1 ? 'minimum' : 'minima'} beside them`;
    return `Over one period of *x* and *y* the true pattern is there ${counted(times).toLowerCase()} times, with ${others}.`;
  },
  homometric(_, figure) {
    const { same, other } = partners(figure);
    const [first] = other;
    return `The true pattern is there ${counted(1 + same.length + other.length).toLowerCase()} times. ${counted(1 + same.length)} of them are the same crystal; ${counted(other.length).toLowerCase()} are another, {${first?.join(', ')}} of ${CYCLOTOMIC_PAIR.n} where the truth is {${CYCLOTOMIC_PAIR.first.join(', ')}}.`;
  },
  'light-atom'(_, figure) {
    const [light, heavy] = nudgedOf(figure);
    const { cell } = figure.structure;
    return `Moved by ${formatNumber(light.by * cell[0], 2)} Å, lithium raises the loss by ${scientific(light.alone)}, iridium by ${scientific(heavy.alone)}: ${fold(heavy.alone / light.alone)} times as much.`;
  },
  losses({ nudge }, { reached, structure }) {
    const [one, two] = reached as readonly [Reached, Reached];
    const share = ({ count, of }: Reached): string => `${formatNumber(count, 0)} of ${formatNumber(of, 0)}`;
    const moved = formatNumber((nudge?.[0] ?? 0) * structure.cell[0], 2);
    const more = two.count - one.count;
    const better = more > 0 ? 'Here it does' : more < 0 ? 'Here it does not' : 'Here it makes no difference';
    return `${better}: ${share(two)} starts reach the true pattern by ${mseLabel(two.loss)}, ${share(one)} by ${mseLabel(one.loss)}. With *x* ${moved} Å off, it rises by ${formatPercent(two.rise)} of its height, the ${one.loss} by ${formatPercent(one.rise)}.`;
  },
  motion(_, figure) {
    const [motion, occupancy] = nudgedOf(figure);
    return `*B* wrong by ${formatNumber(motion.by, 0)} Å² costs ${scientific(motion.alone)}; where the occupancy may follow, ${scientific(motion.followed)}, ${fold(motion.alone / motion.followed)} times less. An occupancy wrong by ${formatPlain(occupancy.by)} costs ${scientific(occupancy.alone)}, and ${fold(occupancy.alone / occupancy.followed)} times less with *B*.`;
  },
  'zero-shift'(_, figure) {
    const [, zero] = nudgedOf(figure);
    return `A zero wrong by ${formatPlain(zero.by)}° costs ${scientific(zero.alone)}; where *a* may follow, ${scientific(zero.followed)}, ${fold(zero.alone / zero.followed)} times less, and *a* is wrong for it.`;
  },
};

/** 4.6e-5 as 4.6·10⁻⁵. */
function scientific(value: number): string {
  const [digits = '', exponent = ''] = Math.abs(value).toExponential(1).split('e');
  const raised = exponent
    .replace('+', '')
    .replace(/./g, sign => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)]!));
  return `${value < 0 ? '\u2212' : ''}${digits}\u202f·\u202f10${raised}`;
}
