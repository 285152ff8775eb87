import type { Site } from '../crystal/structure.ts';
import type { Instrument } from '../diffraction/instrument.ts';
import type { Loss } from '../losses/loss.ts';
import { type CellObjective, denseObjective } from './denseObjective.ts';

/** The fastest objective that is exact enough for a loss. */
export const objectiveFor = (
  sites: readonly Site[],
  instrument: Instrument,
  loss: Loss,
  target: Float64Array,
): CellObjective => denseObjective(sites, instrument, loss, target);
