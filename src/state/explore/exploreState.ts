import type { Cell } from '../../crystal/cell.ts';
import type { Site, Structure } from '../../crystal/structure.ts';
import type { CellReflections } from '../../diffraction/crystalPattern.ts';
import type { LossProblem } from '../../engine/engine.ts';
import type { Minimum } from '../../landscape/minima.ts';
import type { Slice } from '../../landscape/slice.ts';
import type { Point } from '../../model/parameter.ts';
import type { DescentMode } from '../../optimise/modes.ts';
import type { Smoothing } from '../../recovery/modelDescent.ts';
import { IDLE, type Progress } from '../core/progress.ts';
import { registerFields } from '../core/store.ts';
import type { MeasuredTarget } from '../files/measuredTarget.ts';
import type { ContinuedRun } from './continuedRun.ts';
import type { DescentRun, PathRun } from './descentRun.ts';
import type { Focus, PathMode } from './exploreSettings.ts';
import type { CrystalParameters } from './modelChoice.ts';

declare module '../core/store.ts' {
  interface State extends ExploreState {}
}

export interface EngineStatus {
  readonly active: 'webgl' | 'worker';
  readonly reason: string;
  readonly probing: boolean;
  readonly webglAvailable: boolean;
  /** Place of many descents whose ends alone count, and why; null without a problem. */
  readonly walkers: string | null;
}

/** The map as far as it is computed. `values` is replaced, never written to. */
export interface MapState {
  /** Problem that it is a map of; another problem in the state means that it is being replaced. */
  readonly problem: LossProblem;
  readonly slice: Slice;
  /** Regular grid of the finest finished level, values [iy * xs.length + ix]; NaN cannot be computed. */
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly values: Float64Array;
  readonly final: boolean;
}

/** The map of a smoothed loss. */
export interface StageMap extends MapState {
  /** Full width at half maximum of the smoothing, degrees, or B, Å². */
  readonly width: number;
  readonly smoothing: Smoothing;
  /** Slow background is taken out of both patterns. */
  readonly background: boolean;
}

/** Progress of the map, and what computes it. */
export interface MapProgress extends Progress {
  readonly engine?: 'webgl' | 'worker';
}

/** Subject of a crystal: a place on the slice, the step of a descent as it stood, or the crystal by which another pane overrides it. */
export type CrystalSubject = Focus | { readonly kind: 'pointer' } | { readonly kind: 'override' };

/** The crystal that every panel shows. */
export interface CurrentCrystal {
  /** Subject that this is the cell of. The inputs may already ask for another one, whose pattern is not there yet. */
  readonly of: CrystalSubject;
  readonly problem: LossProblem;
  readonly point: Point;
  /** The first six numbers of the point. */
  readonly cell: Cell;
  readonly loss: number;
  readonly pattern: Float64Array;
  readonly peaks: CellReflections;
  /** The atoms where the point or an override has moved them. */
  readonly sites?: readonly Site[];
}

/** Another cell with the atoms of the crystal in other places. */
export interface OverrideCrystal {
  readonly cell: Cell;
  readonly sites: readonly Site[];
}

export interface Play {
  readonly playing: boolean;
  readonly speed: number;
  /**
   * Global step of the descents, each of which is drawn up to it or to its end; of the continued path while that is
   * followed, when the descents have ended.
   */
  readonly step: number;
  readonly follow: PathMode;
  /** The descent that is followed, or was before the continued path. */
  readonly plain: DescentMode;
  readonly start: number;
}

/** State that every page sees of the crystal, its map and its descents; it lies flat in the state. */
export interface ExploreState {
  /** The crystal on screen; stays while another is being read. */
  readonly structure: Structure | null;
  readonly structureId: string | null;
  readonly loading: string | null;
  readonly failure: string | null;
  readonly engine: EngineStatus;
  readonly problem: LossProblem | null;
  /** What can be moved of a crystal; null until it is asked for and known. */
  readonly parameters: CrystalParameters | null;
  /** The measured pattern that is the target; null while it is simulated or being prepared. */
  readonly measured: MeasuredTarget | null;
  readonly targetPeaks: CellReflections | null;
  readonly map: MapState | null;
  readonly job: MapProgress;
  readonly minima: readonly Minimum[];
  readonly runs: readonly DescentRun[];
  /** The continued path of each start. */
  readonly continued: readonly ContinuedRun[];
  /** Reflections where paths have come to an end, by the path. */
  readonly ends: ReadonlyMap<PathRun, CellReflections>;
  /** Maps at the stages of the continued path that is followed, those of the last problem until they are replaced. */
  readonly stageMaps: readonly StageMap[];
  readonly stageJob: Progress;
  readonly play: Play;
  /** The introduction plays or has played, so that its sentences stand under the map. */
  readonly introduced: boolean;
  /** Slice point under the pointer: the current crystal while the pointer is on the map, in no link. */
  readonly hover: { readonly x: number; readonly y: number } | null;
  readonly current: CurrentCrystal | null;
  /** A crystal that another pane shows in place of the current one, e.g. a step of a relaxation; in no link. */
  readonly override: OverrideCrystal | null;
  /** Largest learning rate that is stable at the truth; null while unknown or where the loss has no minimum there. */
  readonly stableRate: number | null;
  /** Why there is no current crystal: the cell under the cursor does not exist. */
  readonly missing: string | null;
}

registerFields<ExploreState>({
  structure: null,
  structureId: null,
  loading: null,
  failure: null,
  engine: {
    active: 'worker',
    reason: 'The engines are starting.',
    probing: true,
    webglAvailable: false,
    walkers: null,
  },
  problem: null,
  parameters: null,
  measured: null,
  targetPeaks: null,
  map: null,
  job: IDLE,
  minima: [],
  runs: [],
  continued: [],
  ends: new Map(),
  stageMaps: [],
  stageJob: IDLE,
  play: { playing: false, speed: 1, step: 0, follow: 'unconstrained', plain: 'unconstrained', start: 0 },
  introduced: false,
  hover: null,
  current: null,
  override: null,
  stableRate: null,
  missing: null,
});
