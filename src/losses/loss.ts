/** A loss between a target pattern and a trial pattern of the same length, with its derivative: one record. */
export type LossId = 'cosine' | 'mse' | 'entropy' | 'deGelder' | 'gpwdf' | 'wasserstein';

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
  /** Learning rate that the explorer begins with (Å, degrees): the paper's; lower where that throws descents off. */
  readonly descentRate: number;
  /** Seconds a descent takes on one core, roughly: the forecast of a study before anything has been measured. */
  readonly descentSeconds: number;
  /** Loss of `trial` against `target`. Both have the same length and at least one non-zero bin. */
  value(target: Float64Array, trial: Float64Array): number;
  /** Loss; writes ∂loss/∂trial_i into `out`. */
  gradient(target: Float64Array, trial: Float64Array, out: Float64Array): number;
  /** The same against one target, with what depends on the target alone done once; absent where that saves nothing. */
  against?(target: Float64Array): LossAgainst;
  /** The same between peaks, for a loss with a closed form over them; it holds where the target's peaks are known. */
  readonly overSticks?: StickLoss;
}

/** A loss whose target is fixed. */
export interface LossAgainst {
  value(trial: Float64Array): number;
  gradient(trial: Float64Array, out: Float64Array): number;
}

/** Peaks as sticks: two-theta in degrees and integrated intensity [n], in any order. */
export interface Sticks {
  readonly position: Float64Array;
  readonly intensity: Float64Array;
}

/** Slopes of a loss in the sticks of its trial [n], per intensity and per degree. */
export interface StickSlopes {
  readonly byIntensity: Float64Array;
  readonly byPosition: Float64Array;
}

/** A loss between sticks: 1 − d₁₂/√(d₁₁ d₂₂) with d the sum over pairs under a Gaussian weight of their distance. */
export interface StickLoss {
  /** Of the weight: its standard deviation, degrees. */
  readonly deviation: number;
  /** The sum over sticks of intensity times weight at a two-theta, and its derivative per degree. */
  weighted(sticks: Sticks, twoTheta: number): { readonly value: number; readonly slope: number };
  /** d of sticks with themselves. */
  square(sticks: Sticks): number;
  /** Loss of a trial against one target; writes its slopes where asked. */
  against(target: Sticks): (trial: Sticks, slopes: StickSlopes | null) => number;
}

/** Scale of a loss that measures along two theta, besides the patterns. Degrees. */
export interface LossScale {
  /** Of the two-theta grid. */
  readonly step: number;
  /** End of the triangular weight of de Gelder's measure, at least 0. */
  readonly width: number;
  /** Width α of the Gaussian weight of GPWDF, above 0. */
  readonly alpha: number;
}

/** The widths among them, which a user chooses. */
export type LossWidths = Pick<LossScale, 'width' | 'alpha'>;

/** The paper's grid, about six widths of its peaks at 40°, and the α of critic2. */
export const DEFAULT_SCALE: LossScale = { step: 0.01, width: 2, alpha: 0.5 };
