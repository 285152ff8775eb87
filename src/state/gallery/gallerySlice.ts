import type { Cell, CellKey } from '../../crystal/cell.ts';
import type { Structure } from '../../crystal/structure.ts';
import type { CellReflections } from '../../diffraction/crystalPattern.ts';
import type { LossProblem } from '../../engine/engine.ts';
import type { FalseMinimum, OtherMinimum } from '../../landscape/falseMinima.ts';
import type { SliceModel } from '../../landscape/slice.ts';
import type { LossId } from '../../losses/loss.ts';
import type { MatchReport } from '../../matching/matcher.ts';
import { IDLE, type Progress } from '../core/progress.ts';
import { registerSlice, type State } from '../core/store.ts';
import type { ContinuedRun } from '../explore/continuedRun.ts';
import type { DescentRun } from '../explore/descentRun.ts';
import type { MapState, StageMap } from '../explore/exploreState.ts';
import type { PresetId } from './gallerySettings.ts';

/** Progress of a picture of the gallery; done runs from 0 to 1. */
export interface CardState extends Progress {
  /** It is in the queue. */
  readonly waiting: boolean;
  readonly figure: Figure | null;
}

declare module '../core/store.ts' {
  interface Slices {
    /** Figures stay as long as the page lives: a picture is computed once. */
    readonly gallery: Readonly<Partial<Record<PresetId, CardState>>>;
  }
}

const NO_CARD: CardState = { ...IDLE, total: 1, waiting: false, figure: null };

export const gallery = registerSlice('gallery', {});

export const cardOf = (state: Pick<State, 'gallery'>, id: PresetId): CardState =>
  state.gallery[id] ?? NO_CARD;

/** A crystal of a figure with all that is said about it. */
export interface FigureCrystal {
  readonly cell: Cell;
  readonly loss: number;
  readonly pattern: Float64Array;
  readonly peaks: CellReflections;
}

/** The four rows of figures 5 and S3, from top to bottom. */
export type RowRole = 'truth' | 'distorted' | 'unconstrained' | 'constrained';

export interface FigureRow extends FigureCrystal {
  readonly role: RowRole;
  /** Against the true crystal; null for the truth itself. */
  readonly match: MatchReport | null;
}

/** One slice of the wall. */
export interface WallTile {
  readonly x: CellKey;
  readonly y: CellKey;
  readonly map: MapState;
  /** Only of a finished map. */
  readonly minima: readonly FalseMinimum[];
}

/** A crystal at a place of the map. */
export interface MarkedCrystal {
  readonly mark: string;
  readonly x: number;
  readonly y: number;
  readonly crystal: FigureCrystal;
}

/** A parameter changed from its true value. */
export interface Nudge {
  readonly by: number;
  /** Rise of the loss with the other parameter at its true value, and where it may follow. */
  readonly alone: number;
  readonly followed: number;
}

/** Descents from a grid of starts over a slice. */
export interface Reached {
  readonly loss: LossId;
  readonly count: number;
  readonly of: number;
  /** Rise with the first parameter changed, as a share of the highest loss among the starts above the truth's. */
  readonly rise: number;
}

/** Contents of a picture of the gallery, as far as they are computed. Replaced as a whole. */
export interface Figure {
  readonly structure: Structure;
  readonly problem: LossProblem;
  readonly targetPeaks: CellReflections;
  /** What the slice moves where that is not the cell alone. */
  readonly model: SliceModel | null;
  readonly map: MapState | null;
  readonly minima: readonly FalseMinimum[];
  /** Minima elsewhere with the pattern of the truth. */
  readonly equal: readonly OtherMinimum[];
  /** The crystals at the marked places that are drawn, in the order of their marks. */
  readonly shown: readonly MarkedCrystal[];
  /** Runs of the preset; with several readings of the projector, those of each in turn. */
  readonly runs: readonly DescentRun[];
  /** The runs under the contrasting settings. */
  readonly contrast: readonly DescentRun[];
  /** The continued path, and the maps of its stages but the last; null and none where it is not asked for. */
  readonly continued: ContinuedRun | null;
  readonly stages: readonly StageMap[];
  readonly rows: readonly FigureRow[];
  readonly tiles: readonly WallTile[];
  /** Largest stable learning rate at the truth; null where it is not asked for or unknown. */
  readonly stableRate: number | null;
  /** Loss above the truth's at growing deviations of the second parameter from the truth: [deviation, rise]. */
  readonly floor: readonly (readonly [number, number])[];
  /** Cost of a change of each of the two parameters; null where it is not asked for. */
  readonly nudged: readonly [Nudge, Nudge] | null;
  /** What descents under the loss, and under the one it is compared with, come to. */
  readonly reached: readonly Reached[];
  readonly complete: boolean;
}
