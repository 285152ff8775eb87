import type { LossId } from '../../losses/loss.ts';
import type { Scale } from './ScatterPlot.tsx';

/** Below this share of the axis nothing would be drawn: then it begins near the least similar. */
const USED = 0.5;

/**
 * The axis of similarities: from 0 to 1 where the points use at least half of it, else from just beyond the least
 * similar, so that ends that are all alike can be told apart. Errors (MSE) run from 0 to the largest.
 * @param similarities what is drawn; may be empty
 */
export function similarityScale(loss: LossId, similarities: readonly number[]): Scale {
  if (similarities.length === 0) return { low: 0, high: 1 };
  const [least, most] = [Math.min(...similarities), Math.max(...similarities)];
  if (loss === 'mse') return { low: 0, high: most > 0 ? most * 1.02 : 1 };
  const high = Math.max(loss === 'wasserstein' ? 0 : 1, most);
  if (high === least) return { low: high - 1, high };
  if (high - least >= USED) return { low: Math.min(0, least), high };
  return { low: least - 0.1 * (high - least), high };
}
