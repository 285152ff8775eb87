/** A loss between a target pattern and a trial pattern of the same length, with its derivative: one record. */
export type LossId = 'cosine' | 'mse' | 'entropy';

export interface Loss {
  readonly id: LossId;
  readonly label: string;
  /** What the extreme values mean, for legends: e.g. "−1 is identical". */
  readonly meaning: string;
  /** The value at identity, e.g. −1 for cosine. */
  readonly best: number;
  /** Formula in words and where it comes from. */
  readonly source: string;
  /** Loss of `trial` against `target`. Both have the same length and at least one non-zero bin. */
  value(target: Float64Array, trial: Float64Array): number;
  /** Loss; writes ∂loss/∂trial_i into `out`. */
  gradient(target: Float64Array, trial: Float64Array, out: Float64Array): number;
}
