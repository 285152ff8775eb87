import type { Loss } from '../losses/loss.ts';
import { entropyAgainst } from './patternEntropy.ts';
import type { TargetLoss } from './patternTarget.ts';

/** Entropy by table, the other losses as they are, with what depends on the target done once where they offer it. */
export function lossAgainst(loss: Loss, target: Float64Array): TargetLoss {
  if (loss.id === 'entropy') return entropyAgainst(target);
  if (loss.against) return loss.against(target);
  return {
    value: trial => loss.value(target, trial),
    gradient: (trial, out) => loss.gradient(target, trial, out),
  };
}
