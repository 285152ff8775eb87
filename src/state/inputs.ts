import type { Cell, CellKey } from '../crystal/cell.ts';
import type { FamilyId } from '../crystal/family.ts';
import { type Instrument, PAPER_INSTRUMENT } from '../diffraction/instrument.ts';
import { DEFAULT_SCALE, type LossId } from '../losses/loss.ts';
import type { DescentMode, ProjectorReading } from '../optimise/modes.ts';
import { type CompareInputs, DEFAULT_COMPARE } from './compare/compareInputs.ts';
import type { ControlGroup } from './controlGroups.ts';
import { DEFAULT_ENERGY, type EnergyInputs } from './energy/energyInputs.ts';
import { DEFAULT_GALLERY, type GalleryInputs } from './gallery/galleryInputs.ts';
import { DEFAULT_INSIGHT, type InsightInputs } from './insight/insightInputs.ts';
import { DEFAULT_MEASURED, type MeasuredInputs } from './measured/measuredInputs.ts';
import { DEFAULT_OWN, type OwnInputs } from './own/ownInputs.ts';
import type { PageId } from './pages.ts';
import { DEFAULT_PHASES, type PhasesInputs } from './phases/phasesInputs.ts';
import { STUDY_DEFAULTS, type StudyInputs } from './study/studyInputs.ts';

/** Everything that decides what is on screen and that a link carries. Immutable; replaced as a whole. */
export interface Inputs {
  readonly page: PageId;
  readonly structureId: string;
  readonly own: OwnInputs;
  readonly measured: MeasuredInputs;
  readonly slice: SliceInputs;
  readonly loss: LossId;
  /** Where the triangular weight of de Gelder's loss ends, degrees. */
  readonly lossWidth: number;
  readonly instrument: Instrument;
  readonly descent: DescentInputs;
  /** Starts in slice coordinates, kept in the order they were dropped. */
  readonly starts: readonly Start[];
  readonly focus: Focus;
  readonly view: ViewInputs;
  readonly insight: InsightInputs;
  readonly study: StudyInputs;
  readonly engine: EngineChoice;
  readonly compare: CompareInputs;
  readonly energy: EnergyInputs;
  readonly phases: PhasesInputs;
  /** Groups of controls that are not shown: a teacher's link. */
  readonly hide: readonly ControlGroup[];
  /** Without the bar, to stand in another page. */
  readonly embed: boolean;
  readonly gallery: GalleryInputs;
}

export interface SliceInputs {
  readonly x: CellKey;
  readonly y: CellKey;
  /** Null: ±10 % around the true cell. */
  readonly xRange: readonly [number, number] | null;
  readonly yRange: readonly [number, number] | null;
  /** Points along each axis. */
  readonly resolution: number;
  readonly tied: boolean;
}

export interface DescentInputs {
  readonly space: 'slice' | 'full';
  readonly reading: ProjectorReading;
  /** Null: the family of the crystal. */
  readonly family: FamilyId | null;
  readonly learningRate: number;
  readonly maxIterations: number;
  readonly stopGain: number;
  readonly momentum: number;
  /** How far a constrained start is pushed off its symmetry line, degrees (see `optimise/jitter.ts`). */
  readonly jitter: number;
  readonly modes: readonly DescentMode[];
}

export interface Start {
  readonly x: number;
  readonly y: number;
  /** All six parameters of a start off the slice, which the map draws at its projection (x, y). */
  readonly cell?: Cell;
}

/** Which crystal is the current one. */
export type Focus =
  | { readonly kind: 'truth' }
  | { readonly kind: 'probe'; readonly x: number; readonly y: number }
  | { readonly kind: 'minimum'; readonly index: number }
  | { readonly kind: 'step'; readonly start: number; readonly mode: DescentMode; readonly step: number };

export interface ViewInputs {
  readonly heat: boolean;
  readonly relief: boolean;
  readonly lines: boolean;
  readonly minima: boolean;
  readonly symmetry: boolean;
  readonly colourMap: 'viridis' | 'cividis';
  /** Null: the range of the map. */
  readonly colourRange: readonly [number, number] | null;
  readonly axis: 'twoTheta' | 'q' | 'd';
  readonly intensity: 'linear' | 'sqrt' | 'log';
  readonly style: 'profile' | 'sticks';
  /** Two-theta degrees; null: the whole window. */
  readonly zoom: readonly [number, number] | null;
  readonly projection: 'orthographic' | 'perspective';
  readonly supercell: number;
  readonly bonds: boolean;
  readonly ghost: boolean;
  readonly strain: 1 | 5;
}

export type EngineChoice = 'auto' | 'webgl' | 'worker';

export const ALL_MODES: readonly DescentMode[] = ['unconstrained', 'constrainedStart', 'constrained'];

/** The paper's settings, and U2Ti over (a, c) as in its figure 2. */
export const DEFAULT_INPUTS: Inputs = {
  page: 'explore',
  structureId: 'U2Ti',
  own: DEFAULT_OWN,
  measured: DEFAULT_MEASURED,
  slice: { x: 'a', y: 'c', xRange: null, yRange: null, resolution: 201, tied: false },
  loss: 'cosine',
  lossWidth: DEFAULT_SCALE.width,
  instrument: PAPER_INSTRUMENT,
  descent: {
    space: 'slice',
    reading: 'full',
    family: null,
    learningRate: 0.0005,
    maxIterations: 30_000,
    stopGain: 1e-4,
    momentum: 0,
    jitter: 0,
    modes: ALL_MODES,
  },
  starts: [],
  focus: { kind: 'truth' },
  view: {
    heat: true,
    relief: true,
    lines: true,
    minima: true,
    symmetry: true,
    colourMap: 'viridis',
    colourRange: null,
    axis: 'twoTheta',
    intensity: 'linear',
    style: 'profile',
    zoom: null,
    projection: 'orthographic',
    supercell: 1,
    bonds: true,
    ghost: true,
    strain: 1,
  },
  insight: DEFAULT_INSIGHT,
  study: STUDY_DEFAULTS,
  engine: 'auto',
  compare: DEFAULT_COMPARE,
  energy: DEFAULT_ENERGY,
  phases: DEFAULT_PHASES,
  hide: [],
  embed: false,
  gallery: DEFAULT_GALLERY,
};

/** Limits that inputs may not leave, with the reason to show. */
export const LIMITS = {
  resolution: [11, 201],
  learningRate: [1e-6, 1],
  maxIterations: [1, 30_000],
  stopGain: [0, 1],
  momentum: [0, 0.999],
  jitter: [0, 0.5],
  starts: 12,
  lossWidth: [0.01, 20],
} as const;
