/** A loss against one target: `Loss` with what depends on the target alone done once. */
export interface TargetLoss {
  value(trial: Float64Array): number;
  /** Loss; writes ∂loss/∂trial_i into `out`. */
  gradient(trial: Float64Array, out: Float64Array): number;
}
