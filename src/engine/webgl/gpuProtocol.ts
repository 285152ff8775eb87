import type { DescentOutcome } from '../walker.ts';
import type { Renderer } from './device.ts';

export interface CellArgs {
  /** Cells that exist, flat [n * 6]. */
  readonly cells: Float64Array;
  /** Cells at once; left out, it follows from measured times. */
  readonly batch?: number | undefined;
  /** Longest texture side to use, below the device's; for tests. */
  readonly widest?: number | undefined;
}

/** Results of some of the cells of a call. */
interface Part {
  /** Positions in the call's `cells` [m]. */
  readonly members: Int32Array;
}
export interface LossPart extends Part {
  readonly loss: Float64Array;
  /** [m * 6] */
  readonly gradient?: Float64Array;
}
export interface PatternPart extends Part {
  /** [m * binCount] */
  readonly patterns: Float64Array;
}
export interface PeakPart extends Part {
  /** Reflection list that these cells share [k * 3]. */
  readonly hkl: Int32Array;
  /** Degrees [m * k]; NaN outside the window. */
  readonly twoTheta: Float64Array;
  readonly intensity: Float64Array;
  readonly width: Float64Array;
}

export interface WalkEnd {
  /** Position in the call's plans. */
  readonly index: number;
  readonly outcome: DescentOutcome;
}
/** Descents that ended since the last part, and what the others do meanwhile. */
export interface WalkPart {
  readonly ended: readonly WalkEnd[];
  /** Losses with gradients computed so far. */
  readonly steps: number;
  /** Walkers of the last step. */
  readonly walkers: number;
}

export interface GpuMemory {
  readonly tensors: number;
  readonly bytes: number;
}

export interface GpuSelfCheck {
  /** Largest deviation of a loss from float64, over all losses and check cells. */
  readonly worstLoss: number;
  /** Largest deviation of a pattern, as a share of its maximum. */
  readonly worstPattern: number;
  /** Wall time of one cosine loss, warmed up. */
  readonly msPerCell: number;
}

export interface DeviceReport extends Renderer {
  readonly selfCheck: GpuSelfCheck;
}
