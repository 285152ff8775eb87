import type { LossId } from '../../losses/loss.ts';

/** Below this share of the axis nothing would be drawn: then it begins near the least similar. */
const USED = 0.5;

/**
 * The axis of similarities: from 0 to 1 where the points use at least half of it, else from just beyond the least
 * similar, so that ends that are all alike can be told apart. Errors (MSE) run from 0 to the largest.
 * @param similarities what is drawn; may be empty
 */
export function similarityRange(loss: LossId, similarities: readonly number[]): readonly [number, number] {
  if (similarities.length === 0) return [0, 1];
  const [least, most] = [Math.min(...similarities), Math.max(...similarities)];
  if (loss === 'mse') return [0, most > 0 ? most * 1.02 : 1];
  const high = Math.max(loss === 'wasserstein' ? 0 : 1, most);
  if (high === least) return [high - 1, high];
  if (high - least >= USED) return [Math.min(0, least), high];
  return [least - 0.1 * (high - least), high];
}
