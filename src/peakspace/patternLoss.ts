import type { Loss } from '../losses/loss.ts';
import { entropyAgainst } from './patternEntropy.ts';

/** A loss against one target: `Loss` with what depends on the target alone done once. */
export interface TargetLoss {
  value(trial: Float64Array): number;
  /** Loss; writes ∂loss/∂trial_i into `out`. */
  gradient(trial: Float64Array, out: Float64Array): number;
}

export function lossAgainst(loss: Loss, target: Float64Array): TargetLoss {
  if (loss.id === 'entropy') return entropyAgainst(target);
  return {
    value: trial => loss.value(target, trial),
    gradient: (trial, out) => loss.gradient(target, trial, out),
  };
}
