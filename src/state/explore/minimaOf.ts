import { findMinima, type GridField, type Minimum } from '../../landscape/minima.ts';
import { listedMinima } from '../../landscape/minimaOptions.ts';
import type { LossId } from '../../losses/loss.ts';
import { lossOf } from '../../losses/registry.ts';

/** The minima of a map that are listed and numbered under a loss. */
export const minimaOf = (map: GridField, loss: LossId): Minimum[] =>
  findMinima(map, listedMinima(lossOf(loss).best, map));
