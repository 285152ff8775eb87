import type { Cell } from '../../crystal/cell.ts';
import type { CurvatureReport } from '../../engine/methods/analysis.ts';
import type { ProfileLine } from '../../landscape/profile.ts';
import type { Roughness } from '../../landscape/roughness.ts';
import type { Slice } from '../../landscape/slice.ts';
import type { LossId } from '../../losses/loss.ts';
import type { StrategyId } from '../../optimise/strategy.ts';
import { IDLE, type Progress } from '../core/progress.ts';
import { registerSlice } from '../core/store.ts';
import type { DescentRun } from '../explore/descentRun.ts';

declare module '../core/store.ts' {
  interface Slices {
    readonly analysis: AnalysisState;
  }
}

/** Progress of the catchment map. */
export interface CatchmentProgress extends Progress {
  /** Descents that step together at present, and the steps that all took so far. */
  readonly together?: { readonly walkers: number; readonly steps: number };
}

/** Ends of the descents of a grid of starts, as far as they are computed. Arrays are replaced, never written to. */
export interface Catchment {
  readonly slice: Slice;
  readonly side: number;
  /** Start of the grid point [side * side]: 1 where its end is known. */
  readonly known: Uint8Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly truth: Uint8Array;
  readonly bouncing: Uint8Array;
}

export interface WallMap {
  readonly loss: LossId;
  /** Target that it is of, with slice and instrument as text, and the width of the loss; null: it has none. */
  readonly target: Float64Array;
  readonly on: string;
  readonly width: number | null;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly values: Float64Array;
  readonly roughness: Roughness;
}

export interface ProfileResult {
  readonly line: ProfileLine;
  readonly loss: LossId;
  readonly values: Float64Array;
}

/** The Hessian at a crystal, over the parameters (or ties of them) that move. */
export interface CurvatureAtCell {
  readonly cell: Cell;
  readonly names: readonly string[];
  readonly report: CurvatureReport;
}

/** Share of descents of one kind that reach the truth. */
export interface Success {
  readonly strategy: StrategyId | 'plain';
  readonly reached: number;
  readonly starts: number;
  readonly steps: number;
}

export interface StrategyRun extends DescentRun {
  readonly strategy: StrategyId;
}

/** Results of the tools that say why a landscape is rough and what would help. */
export interface AnalysisState {
  /** The rail section is open: its readouts are kept up to date. */
  readonly open: boolean;
  /** The next drag on the map draws the profile line. */
  readonly drawing: boolean;
  readonly catchment: Catchment | null;
  readonly catchmentJob: CatchmentProgress;
  /** Engine that computes or computed the catchment map, and why; null before that is chosen. */
  readonly catchmentHow: string | null;
  readonly wall: readonly WallMap[];
  readonly wallJob: Progress;
  readonly profiles: readonly ProfileResult[];
  readonly curvature: CurvatureAtCell | null;
  readonly strategyRuns: readonly StrategyRun[];
  readonly successes: readonly Success[];
  readonly successJob: Progress;
}

export const analysis = registerSlice('analysis', {
  open: false,
  drawing: false,
  catchment: null,
  catchmentJob: IDLE,
  catchmentHow: null,
  wall: [],
  wallJob: IDLE,
  profiles: [],
  curvature: null,
  strategyRuns: [],
  successes: [],
  successJob: IDLE,
});
