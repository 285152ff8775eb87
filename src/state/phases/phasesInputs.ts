import type { Fract } from '../../phasing/positions.ts';

/** The settings of the phase-problem laboratory that a link carries. */

export const EXPERIMENTS = [
  { id: 'waves', label: 'Waves and arrows', short: 'Waves' },
  { id: 'swap', label: 'Same pattern, another crystal', short: 'Same pattern' },
  { id: 'patterson', label: 'Without phases', short: 'Patterson' },
  { id: 'homometric', label: 'Homometric crystals', short: 'Homometric' },
  { id: 'powder', label: 'Powder loses more', short: 'Powder' },
  { id: 'flipping', label: 'Phases back', short: 'Phases back' },
] as const;
export type ExperimentId = (typeof EXPERIMENTS)[number]['id'];

export const PHASE_KINDS = ['true', 'zero', 'random', 'perturbed', 'borrowed'] as const;
export type PhaseKind = (typeof PHASE_KINDS)[number];

export const PLANES = ['x', 'y', 'z'] as const;
/** The coordinate that a section keeps constant. */
export type PlaneAxis = (typeof PLANES)[number];

/** An atom put elsewhere; its symmetry copies stay. */
export interface Move {
  /** Index into the sites of the crystal. */
  readonly site: number;
  readonly fract: Fract;
}

export interface PhasesInputs {
  readonly experiment: ExperimentId;
  /** Step of the experiment's lesson, from 0. */
  readonly step: number;
  /** The chosen reflection; null is a strong one whose arrows spread. */
  readonly hkl: Fract | null;
  readonly moves: readonly Move[];
  /** Site that the arrow keys move and whose coordinates are shown. */
  readonly atom: number;
  /** All atoms moved by this, unit fractions: another origin. */
  readonly origin: Fract;
  /** Smallest spacing of the synthesis, angstrom. */
  readonly dMin: number;
  /** Gaussian fall-off of the amplitudes, square angstrom. */
  readonly blur: number;
  readonly phases: PhaseKind;
  readonly seed: number;
  /** Standard deviation of perturbed phases, degrees. */
  readonly spread: number;
  /** Library crystal that lends its phases. */
  readonly lender: string;
  /** How far borrowed phases go from the true ones (0) to the lender's (1). */
  readonly share: number;
  readonly plane: PlaneAxis;
  readonly height: number;
  /** Distance of contour lines, electrons per cubic angstrom; null is a sixteenth of the highest point, rounded. */
  readonly contour: number | null;
  readonly atoms: boolean;
  readonly negative: boolean;
  readonly picture: 'section' | 'surface';
  /** Of the isosurface, as a share of the highest point of the true map. */
  readonly level: number;
  readonly sharpen: boolean;
  readonly removeOrigin: boolean;
  /** Of the sharpened Patterson map, square angstrom. */
  readonly damping: number;
  readonly vectors: boolean;
  readonly divisions: number;
  readonly points: number;
  /** Of the homometric classes found; and the set in it that is held against the first. */
  readonly pairClass: number;
  readonly pairSet: number;
  /** Times this, the widths of the instrument. */
  readonly widthScale: number;
  readonly amplitudes: 'ideal' | 'powder';
  readonly flipDMin: number;
  readonly flipBlur: number;
  /** Threshold in standard deviations of the density. */
  readonly delta: number;
  readonly weak: number;
  readonly flipSeed: number;
  readonly cycles: number;
  /** Of the powder that the amplitudes are extracted from: angstrom, and times the widths of the instrument. */
  readonly powderWavelength: number;
  readonly powderWidth: number;
  /** Whether the run starts by itself. */
  readonly running: boolean;
}

export const DEFAULT_PHASES: PhasesInputs = {
  experiment: 'waves',
  step: 0,
  hkl: null,
  moves: [],
  atom: 0,
  origin: [0, 0, 0],
  dMin: 1,
  blur: 0,
  phases: 'borrowed',
  seed: 1,
  spread: 45,
  lender: 'Ga2O3',
  share: 1,
  plane: 'y',
  height: 0,
  contour: null,
  atoms: true,
  negative: true,
  picture: 'section',
  level: 0.15,
  sharpen: false,
  removeOrigin: false,
  damping: 1,
  vectors: true,
  divisions: 8,
  points: 4,
  pairClass: 0,
  pairSet: 1,
  widthScale: 1,
  amplitudes: 'ideal',
  flipDMin: 0.8,
  flipBlur: 0,
  delta: 1,
  weak: 0.2,
  flipSeed: 1,
  cycles: 200,
  powderWavelength: 0.7093,
  powderWidth: 0.2,
  running: false,
};

/** Limits that the settings may not leave. */
export const PHASES_LIMITS = {
  index: 99,
  moves: 48,
  site: 9999,
  dMin: [0.5, 5],
  blur: [0, 20],
  seed: [1, 999_999],
  spread: [0, 180],
  contour: [1e-3, 1e6],
  level: [0.01, 0.95],
  divisions: [4, 20],
  points: [3, 10],
  widthScale: [0.05, 3],
  delta: [0, 5],
  weak: [0, 0.9],
  cycles: [10, 2000],
  wavelength: [0.1, 10],
} as const;

/** What stays when another crystal comes: nothing that speaks of its atoms or its indices. */
export const forAnotherCrystal = (phases: PhasesInputs): PhasesInputs => ({
  ...phases,
  hkl: null,
  moves: [],
  atom: 0,
  contour: null,
  running: false,
});
