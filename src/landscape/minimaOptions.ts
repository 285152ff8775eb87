import type { GridField, MinimaOptions } from './minima.ts';
import { fieldRange } from './minima.ts';

/** Least prominence of a minimum that counts, as a share of the scale it is measured on. */
export const LEAST_PROMINENCE = 0.009;

/**
 * Minima that the explorer lists. Losses between −1 and 0 have a scale of their own: prominence above 0.009 and at
 * least 0.6 of the similarity at the truth. Others are measured by the range of the map.
 * @param best the loss at identity
 */
export function listedMinima(best: number, field: Pick<GridField, 'values'>): MinimaOptions {
  if (best < 0) return { minProminence: LEAST_PROMINENCE * -best, maxLoss: 0.6 * best };
  return comparedMinima(field);
}

/** Minima that count where losses of different scales are compared: those deeper than 0.9 % of the map's range. */
export function comparedMinima(field: Pick<GridField, 'values'>): MinimaOptions {
  const [low, high] = fieldRange(field.values);
  return { minProminence: LEAST_PROMINENCE * (high - low) };
}
