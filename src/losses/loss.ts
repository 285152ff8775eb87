/** A loss between a target pattern and a trial pattern of the same length, with its derivative: one record. */
export type LossId = 'cosine' | 'mse' | 'entropy' | 'deGelder' | 'wasserstein';

export interface Loss {
  readonly id: LossId;
  readonly label: string;
  /** Meaning of the extreme values, for legends: e.g. "−1 is identical". */
  readonly meaning: string;
  /** The value at identity, e.g. −1 for cosine. */
  readonly best: number;
  /** Not among the three losses of the paper. */
  readonly beyondPaper: boolean;
  /** Formula in words and where it comes from. */
  readonly source: string;
  /** Title of the axis of a scatter over it, turned so that larger is more alike. */
  readonly similarity: string;
  /** Learning rates of a study whose start is distorted in the lattice (Å, degrees) or in the coordinates; see study/presets.ts. */
  readonly learningRates: { readonly lattice: number; readonly coordinates: number };
  /** Seconds a descent takes on one core, roughly: the forecast of a study before anything has been measured. */
  readonly descentSeconds: number;
  /** Loss of `trial` against `target`. Both have the same length and at least one non-zero bin. */
  value(target: Float64Array, trial: Float64Array): number;
  /** Loss; writes ∂loss/∂trial_i into `out`. */
  gradient(target: Float64Array, trial: Float64Array, out: Float64Array): number;
  /** The same against one target, with what depends on the target alone done once; absent where that saves nothing. */
  against?(target: Float64Array): LossAgainst;
}

/** A loss whose target is fixed. */
export interface LossAgainst {
  value(trial: Float64Array): number;
  gradient(trial: Float64Array, out: Float64Array): number;
}

/** Scale of a loss that measures along two theta, besides the patterns. Degrees. */
export interface LossScale {
  /** Of the two-theta grid. */
  readonly step: number;
  /** End of the triangular weight of de Gelder's measure, at least 0. */
  readonly width: number;
}

/** The paper's grid, and about six widths of its peaks at 40°. */
export const DEFAULT_SCALE: LossScale = { step: 0.01, width: 2 };
