import { LIBRARY } from '../../crystal/library.ts';
import type { Fract } from '../../phasing/positions.ts';
import {
  type Codec,
  checked,
  distinct,
  flag,
  list,
  number,
  oneOf,
  optional,
  tuple,
  whole,
} from '../core/codecs.ts';
import { choice, setting, type ValuesOf } from '../core/settings.ts';

export const EXPERIMENTS = [
  { id: 'waves', label: 'Waves and arrows', short: 'Waves' },
  { id: 'swap', label: 'Same pattern, another crystal', short: 'Same pattern' },
  { id: 'patterson', label: 'Without phases', short: 'Patterson' },
  { id: 'homometric', label: 'Homometric crystals', short: 'Homometric' },
  { id: 'powder', label: 'Powder loses more', short: 'Powder' },
  { id: 'flipping', label: 'Phases back', short: 'Phases back' },
] as const;

/** An atom put elsewhere; its symmetry copies stay. */
export interface Move {
  /** Index into the sites of the crystal. */
  readonly site: number;
  readonly fract: Fract;
}

/** Highest index of a site. */
const LAST_SITE = 9999;

/** "site~x~y~z". */
const move: Codec<Move> = (() => {
  const numbers = tuple<readonly [number, number, number, number]>(number(-1e4, 1e4), 4);
  return {
    encode: ({ site, fract }) => numbers.encode([site, ...fract]),
    decode(text) {
      const decoded = numbers.decode(text);
      if ('refused' in decoded) return decoded;
      const [site, x, y, z] = decoded.value;
      return Number.isInteger(site) && site >= 0 && site <= LAST_SITE
        ? { value: { site, fract: [x, y, z] } }
        : { refused: `names atom ${site}, which is not a whole number from 0 to ${LAST_SITE}` };
    },
  };
})();

const hkl: Codec<Fract> = (() => {
  const indices = tuple<Fract>(whole(-99, 99), 3);
  return {
    encode: indices.encode,
    decode: text =>
      checked(indices.decode(text), value =>
        value.every(index => index === 0) ? 'is the primary beam, not a reflection' : null,
      ),
  };
})();

const dMin = number(0.5, 5);
const blur = number(0, 20);
const seed = whole(1, 999_999);
const widthScale = number(0.05, 3);

/** The phase-problem laboratory; its keys in the link have "ph." in front. */
export const PHASES = {
  experiment: setting('ph.exp', 'experiment', 'waves', oneOf(EXPERIMENTS.map(entry => entry.id))),
  /** Of the experiment's lesson, from 0. */
  step: setting('ph.step', 'step of the lesson', 0, whole(0, 9)),
  /** The chosen reflection; null is a strong one whose arrows spread. */
  hkl: setting('ph.hkl', 'reflection', null, optional(hkl)),
  moves: setting(
    'ph.moves',
    'moved atoms',
    [],
    distinct(list(move, ',', 0, 48), one => one.site),
  ),
  /** Site that the arrow keys move and whose coordinates are shown. */
  atom: setting('ph.atom', 'chosen atom', 0, whole(0, LAST_SITE)),
  /** All atoms moved by this, unit fractions: another origin. */
  origin: setting('ph.origin', 'origin', [0, 0, 0], tuple<Fract>(number(-1, 1), 3)),
  /** Smallest spacing of the synthesis, angstrom. */
  dMin: setting('ph.d', 'resolution', 1, dMin, {
    row: 'Resol. *d* ≥',
    name: 'Resolution',
    slider: [0.6, 3],
    step: 0.02,
    unit: 'Å',
  }),
  /** Gaussian fall-off of the amplitudes, square angstrom. */
  blur: setting('ph.B', 'blur', 0, blur, {
    row: 'Blur *B*',
    name: 'Blur B',
    slider: [0, 8],
    step: 0.1,
    unit: 'Å²',
    decimals: 1,
  }),
  phases: choice(
    'ph.phi',
    'choice of phases',
    'borrowed',
    'Phases',
    {
      true: ['True', 'True phases'],
      zero: ['Zero', 'Zero: all phases 0'],
      random: ['Random', 'Random phases from a seed'],
      perturbed: ['Errors', 'Errors: true phases with errors of standard deviation w'],
      borrowed: ['Swap', 'Swapped: phases of the other crystal'],
    },
    { order: ['true', 'borrowed', 'random', 'perturbed', 'zero'] },
  ),
  seed: setting('ph.seed', 'seed of the phases', 1, seed, {
    row: 'Seed',
    name: 'Seed of the phases',
    step: 1,
  }),
  /** Standard deviation of perturbed phases, degrees. */
  spread: setting('ph.spread', 'spread of the phases', 45, number(0, 180), {
    row: 'Error *w*',
    name: 'Standard deviation of the phase errors',
    slider: [0, 180],
    step: 1,
    unit: '°',
    decimals: 0,
  }),
  /** Library crystal that lends its phases. */
  donor: setting('ph.lender', 'lender of phases', 'Ga2O3', oneOf(LIBRARY.map(entry => entry.id))),
  /** Share of the way that borrowed phases go from the true ones (0) to the donor's (1). */
  share: setting('ph.mix', 'share of the borrowed phases', 1, number(0, 1), {
    row: 'Mix',
    name: 'Share of the swapped phases',
    slider: [0, 1],
    step: 0.01,
  }),
  /** The coordinate that a section keeps constant. */
  plane: choice(
    'ph.plane',
    'plane of the section',
    'y',
    'Plane',
    { x: ['*x*', 'Constant x'], y: ['*y*', 'Constant y'], z: ['*z*', 'Constant z'] },
    { row: 'Plane' },
  ),
  height: setting('ph.height', 'height of the section', 0, number(0, 1), {
    row: 'Height',
    name: 'Height of the section',
    slider: [0, 1],
    step: 0.005,
    decimals: 3,
  }),
  /** Distance of contour lines, electrons per cubic angstrom; null is a sixteenth of the highest point, rounded. */
  contour: setting('ph.lines', 'distance of contours', null, optional(number(1e-3, 1e6)), {
    name: 'Distance of the contour lines',
    steppers: false,
  }),
  atoms: setting('ph.atoms', 'atoms', true, flag, { name: 'Atoms' }),
  negative: setting('ph.neg', 'negative lines', true, flag, { name: 'Negative lines' }),
  picture: choice('ph.view', 'picture', 'section', 'Picture', {
    section: ['2-D', '2-D section'],
    surface: ['3-D', '3-D isosurface in the cell'],
  }),
  /** Of the isosurface, as a share of the highest point of the true map. */
  level: setting('ph.level', 'level of the isosurface', 0.15, number(0.01, 0.95), {
    row: 'Level',
    name: 'Level of the surface, per cent of the highest point',
    slider: [1, 95],
    step: 1,
    unit: '%',
    decimals: 0,
    percent: true,
  }),
  sharpen: setting('ph.sharp', 'sharpening', false, flag, { name: 'Sharpened' }),
  removeOrigin: setting('ph.noorigin', 'removal of the origin peak', false, flag, { name: 'No origin peak' }),
  /** Of the sharpened Patterson map, square angstrom. */
  damping: setting('ph.damp', 'damping', 1, blur, {
    row: 'Damping *B*',
    name: 'Damping B',
    slider: [0, 8],
    step: 0.1,
    unit: 'Å²',
    decimals: 1,
  }),
  vectors: setting('ph.vectors', 'interatomic vectors', true, flag, { name: 'Interatomic vectors' }),
  divisions: setting('ph.n', 'divisions of the circle', 8, whole(4, 20), {
    row: 'Divisions n',
    name: 'Divisions of the circle',
    step: 1,
  }),
  points: setting('ph.k', 'points on the circle', 4, whole(3, 10), {
    row: 'Points k',
    name: 'Points on the circle',
    step: 1,
  }),
  /** Of the homometric classes found; and the set in it that is held against the first. */
  pairClass: setting('ph.pair', 'homometric class', 0, whole(0, 9999)),
  pairSet: setting('ph.set', 'set of the class', 1, whole(1, 99)),
  /** Times this, the widths of the instrument. */
  widthScale: setting('ph.width', 'scale of the widths', 1, widthScale, {
    row: '× width',
    name: 'Scale of the peak widths',
    slider: [0.1, 2],
    step: 0.01,
  }),
  amplitudes: choice('ph.F', 'amplitudes', 'ideal', 'Amplitudes', {
    ideal: ['Ideal |F|', 'Ideal amplitudes'],
    powder: ['From a powder', 'Amplitudes extracted from a powder'],
  }),
  flipDMin: setting('ph.fd', 'resolution of charge flipping', 0.8, dMin, {
    row: 'Resol. *d* ≥',
    name: 'Resolution of the run',
    slider: [0.6, 2],
    step: 0.02,
    unit: 'Å',
  }),
  flipBlur: setting('ph.fB', 'blur of charge flipping', 0, blur, {
    row: 'Blur *B*',
    name: 'Blur B of the amplitudes',
    slider: [0, 8],
    step: 0.5,
    unit: 'Å²',
    decimals: 1,
  }),
  /** In standard deviations of the density. */
  delta: setting('ph.delta', 'threshold δ', 1, number(0, 5), {
    row: 'δ / σ',
    name: 'Threshold δ, in standard deviations of the density',
    slider: [0, 3],
    step: 0.05,
  }),
  weak: setting('ph.weak', 'share of weak reflections', 0.2, number(0, 0.9), {
    row: 'Weak share',
    name: 'Share of weak reflections',
    slider: [0, 0.6],
    step: 0.05,
  }),
  flipSeed: setting('ph.fseed', 'seed of the run', 1, seed, { name: 'Seed of the run', step: 1 }),
  cycles: setting('ph.cycles', 'cycles', 200, whole(10, 2000), { name: 'Cycles', step: 50 }),
  /** Of the powder that the amplitudes are extracted from: angstrom, and times the widths of the instrument. */
  powderWavelength: setting('ph.pwl', 'wavelength of the powder', 0.7093, number(0.1, 10)),
  powderWidth: setting('ph.pw', 'scale of the powder’s widths', 0.2, widthScale, {
    row: '× width',
    name: 'Scale of the powder’s peak widths',
    slider: [0.05, 2],
    step: 0.05,
  }),
  /** The run starts by itself. */
  running: setting('ph.go', 'start of the run', false, flag),
};

export type PhasesInputs = ValuesOf<typeof PHASES>;
export type ExperimentId = PhasesInputs['experiment'];

declare module '../core/inputs.ts' {
  interface Inputs {
    readonly phases: PhasesInputs;
  }
}

/** Settings that stay when another crystal comes: nothing that speaks of its atoms or its indices. */
export const forAnotherCrystal = (phases: PhasesInputs): PhasesInputs => ({
  ...phases,
  hkl: null,
  moves: [],
  atom: 0,
  contour: null,
  running: false,
});
