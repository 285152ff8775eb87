import { withoutExcluded } from '../../losses/excluding.ts';
import type { Loss, LossAgainst } from '../../losses/loss.ts';
import { kernelEntropy } from './kernelEntropy.ts';

/**
 * Entropy two bins at once, the other losses as they are, with what depends on the target done once where they offer it.
 * @param excluded 1 at bins that do not count (see losses/excluding.ts); null: all count
 */
export function lossAgainst(
  loss: Loss,
  target: Float64Array,
  excluded: Uint8Array | null = null,
): LossAgainst {
  if (!excluded) return wholeLoss(loss, target);
  const whole = wholeLoss(loss, withoutExcluded(target, excluded, new Float64Array(target.length)));
  const kept = new Float64Array(target.length);
  return {
    value: trial => whole.value(withoutExcluded(trial, excluded, kept)),
    gradient(trial, out) {
      const value = whole.gradient(withoutExcluded(trial, excluded, kept), out);
      withoutExcluded(out, excluded, out);
      return value;
    },
  };
}

function wholeLoss(loss: Loss, target: Float64Array): LossAgainst {
  const fast = loss.id === 'entropy' ? kernelEntropy(target) : loss.against?.(target);
  if (fast) return fast;
  return {
    value: trial => loss.value(target, trial),
    gradient: (trial, out) => loss.gradient(target, trial, out),
  };
}
