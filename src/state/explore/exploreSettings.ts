import { cellIndex, cellProblem } from '../../crystal/cell.ts';
import { FAMILIES } from '../../crystal/family.ts';
import { type Instrument, instrumentProblem, PAPER_INSTRUMENT } from '../../diffraction/instrument.ts';
import { DEFAULT_SCALE } from '../../losses/loss.ts';
import { LOSSES } from '../../losses/registry.ts';
import { isCellKey } from '../../model/cellParameter.ts';
import type { Point } from '../../model/parameter.ts';
import type { DescentMode } from '../../optimise/modes.ts';
import {
  type Codec,
  distinct,
  flag,
  list,
  number,
  oneOf,
  optional,
  orAbsent,
  range,
  tuple,
  whole,
} from '../core/codecs.ts';
import { DEFAULT_INPUTS } from '../core/inputs.ts';
import { type Check, quote } from '../core/permalink.ts';
import { choice, setting, type ValuesOf } from '../core/settings.ts';
import { crystalId, isMissing } from '../files/sourceIds.ts';
import type { ViewInputs } from './viewSettings.ts';

/** The settings of the explorer, which all pages share. */

export const ALL_MODES: readonly DescentMode[] = ['unconstrained', 'constrainedStart', 'constrained'];

/** A path on the map: one of the paper's descents, or the width continuation beyond it. */
export type PathMode = DescentMode | 'continued';
export const PATH_MODES: readonly PathMode[] = [...ALL_MODES, 'continued'];

/** A start, in slice coordinates. */
export interface Start {
  readonly x: number;
  readonly y: number;
  /** All numbers of a start off the slice, the cell first, which the map draws at its projection (x, y). */
  readonly cell?: Point;
}

/** The crystal that is the current one. */
export type Focus =
  | { readonly kind: 'truth' }
  | { readonly kind: 'probe'; readonly x: number; readonly y: number }
  | { readonly kind: 'minimum'; readonly index: number }
  | { readonly kind: 'step'; readonly start: number; readonly mode: PathMode; readonly step: number };

/** Numbers of a start at most: a cell and the coordinates of so many atoms. */
const MOST_NUMBERS = 6 + 3 * 400;

/**
 * Two numbers on the slice; a whole cell, whose projection the check of the link finds from the axes; or two numbers
 * and a whole point of more than a cell.
 */
const start: Codec<Start> = (() => {
  const few = list(number(-1e4, 1e4), '~', 2, 6);
  const many = list(number(-1e4, 1e4), '~', 9, MOST_NUMBERS);
  return {
    encode: ({ x, y, cell }) => few.encode(cell ? (cell.length > 6 ? [x, y, ...cell] : cell) : [x, y]),
    decode(text) {
      const decoded = (text.split('~').length > 8 ? many : few).decode(text);
      if ('refused' in decoded) return decoded;
      const [x = 0, y = 0] = decoded.value;
      if (decoded.value.length === 2) return { value: { x, y } };
      const { length } = decoded.value;
      if (length < 6) return { refused: 'has neither two numbers nor six' };
      const cell = length === 6 ? decoded.value : decoded.value.slice(2);
      const problem = cellProblem(cell);
      return problem ? { refused: `is no cell: ${problem}` } : { value: { x, y, cell } };
    },
  };
})();

const point = tuple<readonly [number, number]>(number(-1e4, 1e4), 2);

const focus: Codec<Focus> = {
  encode(value) {
    if (value.kind === 'probe') return `probe~${point.encode([value.x, value.y])}`;
    if (value.kind === 'minimum') return `minimum~${value.index}`;
    if (value.kind === 'step') return `step~${value.start}~${value.mode}~${value.step}`;
    return value.kind;
  },
  decode(text) {
    const [kind, ...rest] = text.split('~');
    const refused = { refused: 'is not truth, probe~x~y, minimum~n or step~start~mode~n' };
    const count = whole(0, 1e6);
    if (kind === 'truth' && rest.length === 0) return { value: { kind } };
    if (kind === 'probe') {
      const decoded = point.decode(rest.join('~'));
      if ('refused' in decoded) return refused;
      const [x, y] = decoded.value;
      return { value: { kind, x, y } };
    }
    const numbers = (kind === 'minimum' ? rest : [rest[0], rest[2]]).map(part => count.decode(part ?? ''));
    if (numbers.some(entry => 'refused' in entry)) return refused;
    const [first = 0, second = 0] = numbers.map(entry => ('value' in entry ? entry.value : 0));
    if (kind === 'minimum' && rest.length === 1) return { value: { kind, index: first } };
    const mode = oneOf(PATH_MODES).decode(rest[1] ?? '');
    if (kind === 'step' && rest.length === 3 && 'value' in mode)
      return { value: { kind, start: first, mode: mode.value, step: second } };
    return refused;
  },
};

export const CRYSTAL = { structureId: setting('s', 'structure', 'U2Ti', crystalId) };

/** Names of parameters beyond the cell: of a site or an atom, of an element, of the measurement. */
const BEYOND_CELL =
  /^(?:(?:[xyz]|occ)\.[\w.()'*+-]{1,24}|B(?:\.[A-Z][a-z]?)?|zero|displacement|widthFactor|eta|march)$/;

/** A parameter of the cell, or another: which a crystal has is known once it is read. */
const parameterId: Codec<string> = {
  encode: value => value,
  decode: text =>
    isCellKey(text) || BEYOND_CELL.test(text) ? { value: text } : { refused: 'is no name of a parameter' },
};

export const SLICE = {
  x: setting('x', 'horizontal parameter', 'a', parameterId),
  y: setting('y', 'vertical parameter', 'c', parameterId),
  /** Null: ±10 % around the true cell, and the usual range of another parameter. */
  xRange: setting('xr', 'horizontal range', null, optional(range(-1000, 1000))),
  yRange: setting('yr', 'vertical range', null, optional(range(-1000, 1000))),
  /** Points along each axis. */
  resolution: setting('n', 'resolution', 201, whole(11, 201)),
  tied: setting('tie', 'tied parameters', false, flag),
};

export const LOSS = {
  loss: setting('loss', 'loss', 'cosine', oneOf(LOSSES.map(entry => entry.id))),
  /** End of the triangular weight of de Gelder's loss, degrees. */
  lossWidth: setting('lw', 'width of the loss', DEFAULT_SCALE.width, number(0.01, 20), {
    row: 'Triangle ends at',
    name: 'Where the triangle of de Gelder’s loss ends',
    unit: '° 2θ',
    step: 0.1,
  }),
  /** Width α of the Gaussian weight of GPWDF, degrees. */
  lossAlpha: setting('la', 'α of GPWDF', DEFAULT_SCALE.alpha, number(0.1, 16), {
    row: 'Width *α*',
    name: 'Width α of GPWDF',
    unit: '°',
    step: 0.1,
    slider: [0.1, 16],
    logarithmic: true,
    about: 'the width α',
    help: [
      'Two peaks count as alike by exp(−π d²/α²) of their distance *d*. Narrow, the landscape is as rough as the cosine’s; wide, it is a bowl, and shallower the wider it is. The program critic2 takes 0.5°.',
    ],
  }),
};

const PAPER = PAPER_INSTRUMENT;
const caglioti = { step: 0.01, steppers: false };
const second = { steppers: false };

/** Documented at `Instrument`. */
export const INSTRUMENT = {
  wavelength: setting('wl', 'wavelength', PAPER.wavelength, number(0.1, 10), {
    name: 'Wavelength',
    unit: 'Å',
    step: 0.01,
    steppers: false,
  }),
  twoThetaMin: setting('tt0', 'two-theta start', PAPER.twoThetaMin, number(0, 169), {
    name: 'Two-theta from',
    unit: '°',
    step: 1,
    steppers: false,
  }),
  twoThetaMax: setting('tt1', 'two-theta end', PAPER.twoThetaMax, number(1, 170), {
    name: 'Two-theta to',
    unit: '°',
    step: 1,
    steppers: false,
  }),
  step: setting('step', 'two-theta step', PAPER.step, number(0.001, 0.1)),
  margin: setting('margin', 'margin', PAPER.margin, number(0, 10)),
  u: setting('U', 'Caglioti U', PAPER.u, number(-100, 100), { ...caglioti, prefix: '*U*' }),
  v: setting('V', 'Caglioti V', PAPER.v, number(-100, 100), { ...caglioti, prefix: '*V*' }),
  w: setting('W', 'Caglioti W', PAPER.w, number(0, 100), { ...caglioti, prefix: '*W*' }),
  eta: setting('eta', 'Gaussian share η', PAPER.eta, number(0, 1), { ...caglioti, prefix: 'η' }),
  secondWavelength: setting('wl2', 'second wavelength', undefined, orAbsent(number(0.1, 10)), {
    ...second,
    name: 'Second wavelength',
    unit: 'Å',
    step: 0.001,
    about: 'the second line',
    help: [
      'Laboratory tubes give two lines, Kα₁ and Kα₂, half as strong. Every reflection then has a second peak at a slightly higher angle, further away the higher the angle. The paper is monochromatic.',
      'With a second line the CPU computes everything; WebGL does not know it.',
    ],
  }),
  secondRatio: setting('r2', 'intensity of the second line', undefined, orAbsent(number(1e-6, 1)), {
    ...second,
    name: 'Intensity of the second line over the first',
    step: 0.05,
  }),
  maxIndex: setting('hmax', 'largest index', undefined, orAbsent(whole(1, 1000))),
};

export const DESCENT = {
  space: choice(
    'space',
    'descent space',
    'slice',
    'Parameters that move',
    { slice: ['Slice', 'The two parameters of the map'], full: 'All six' },
    { row: 'Moves' },
  ),
  reading: choice(
    'proj',
    'reading of the projector',
    'full',
    'Reading of the projector',
    { full: 'all six, moved kept', movedOnly: 'moved ones only', tied: 'equal ones follow' },
    {
      row: 'Projector',
      select: true,
      about: 'the projector in a slice',
      help: [
        'The paper’s projector *P* sets equal lengths to their mean and fixed angles to their values. In a slice only two parameters move, and it can be read three ways:',
        '**all six, moved kept**: means are taken over all equal lengths, the unmoved entering with their true values; only the moved ones are changed.',
        '**moved ones only**: the moved ones are tied to each other only.',
        '**equal ones follow**: every length that symmetry makes equal follows, which leaves the slice.',
      ],
    },
  ),
  /** Null: the family of the crystal. */
  family: setting('fam', 'crystal family', null, optional(oneOf(FAMILIES.map(entry => entry.id)))),
  learningRate: setting('lr', 'learning rate', 0.0005, number(1e-6, 1), {
    row: 'Learning rate',
    step: 0.0001,
  }),
  maxIterations: setting('it', 'iterations', 30_000, whole(1, 30_000), {
    row: 'Stop after',
    name: 'Most steps',
    unit: 'steps',
    step: 1000,
  }),
  stopGain: setting('gain', 'least gain', 1e-4, number(0, 1), {
    row: 'or gain <',
    name: 'Least gain of the loss in 1000 steps',
    unit: 'in 1 000',
    step: 1e-4,
  }),
  momentum: setting('mom', 'momentum', 0, number(0, 0.999), { row: 'Momentum', step: 0.1 }),
  /** Push of a constrained start off its symmetry line, degrees (see `optimise/jitter.ts`). */
  jitter: setting('jit', 'jitter', 0, number(0, 0.5), {
    row: 'Jitter',
    name: 'Jitter of the constrained start',
    unit: '°',
    step: 0.01,
    about: 'the jitter of a constrained start',
    help: [
      'On a symmetry line the gradient across it vanishes: unconstrained descent from a projected start stays on the line, and is constrained descent, until rounding breaks the symmetry.',
      'The jitter pushes the constrained start off the line after its projection: fixed angles by this tilt, equal lengths apart by the same arc (1° is 1.7 % of a length). 10⁻⁶ to 0.5° shows what breaking the symmetry does; 0 is the paper’s.',
    ],
  }),
  modes: setting('modes', 'descents', ALL_MODES, distinct(list(oneOf(ALL_MODES), ',', 1, 3))),
  /** The fourth path, beyond the paper: from wide peaks to narrow ones. */
  continued: setting('cont', 'continued descent', true, flag),
};

export const PLACES = {
  /** In the order in which they were dropped. */
  starts: setting('at', 'starts', [], list(start, ',', 0, 12)),
  focus: setting('focus', 'current crystal', { kind: 'truth' }, focus),
};

export const ENGINE = {
  engine: choice('engine', 'engine', 'auto', 'Engine', { auto: 'Automatic', webgl: 'WebGL', worker: 'CPU' }),
};

export type SliceInputs = ValuesOf<typeof SLICE>;
export type DescentInputs = ValuesOf<typeof DESCENT>;
type Alone = ValuesOf<typeof CRYSTAL & typeof LOSS & typeof PLACES & typeof ENGINE>;
export type EngineChoice = Alone['engine'];

declare module '../core/inputs.ts' {
  interface Inputs extends Alone {
    readonly slice: SliceInputs;
    readonly instrument: Instrument;
    readonly descent: DescentInputs;
    readonly view: ViewInputs;
  }
}

/** Axes that differ, starts where the axes draw them, a focus that is there, a crystal that the link brings. */
export const checkExplorer: Check = (inputs, refuse) => {
  let checked = inputs;
  const { x, y } = inputs.slice;
  if (x === y) {
    refuse(`The link asks for a slice over ${x} and ${y}; two different parameters are needed.`);
    checked = { ...checked, slice: DEFAULT_INPUTS.slice };
  }
  // A start of six parameters is written without its projection, which the axes decide.
  const axes = checked.slice;
  const starts = checked.starts.map(entry =>
    entry.cell?.length === 6 && isCellKey(axes.x) && isCellKey(axes.y)
      ? { ...entry, x: entry.cell[cellIndex(axes.x)]!, y: entry.cell[cellIndex(axes.y)]! }
      : entry,
  );
  const problem = instrumentProblem(checked.instrument);
  if (problem) {
    refuse(`The link's instrument is refused: ${problem}.`);
    checked = { ...checked, instrument: DEFAULT_INPUTS.instrument };
  }
  if (isMissing(checked, checked.structureId)) {
    refuse(`The link shows the crystal ${quote(checked.structureId)} but does not bring it.`);
    checked = { ...checked, structureId: DEFAULT_INPUTS.structureId };
  }
  const gone = checked.focus.kind === 'step' && checked.focus.start >= starts.length;
  return { ...checked, starts, focus: gone ? DEFAULT_INPUTS.focus : checked.focus };
};
