import type { Batch } from './batch.ts';
import { denseLosses } from './denseLosses.ts';
import { replaceFewPeaks } from './fewPeaks.ts';
import { pairLosses } from './pairLosses.ts';

/** Losses [cells] and, into `slopes` [cells * 6], their gradients. NaN where no reflection is in the window. */
export function batchLosses(batch: Batch, slopes: Float64Array | null): Float64Array {
  const { byPairs, textures } = batch;
  const losses =
    byPairs && textures.pairs ? pairLosses(batch, textures.pairs, slopes) : denseLosses(batch, slopes);
  replaceFewPeaks(batch, losses, slopes);
  return losses;
}
