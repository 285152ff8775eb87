import type { Minimum } from './minima.ts';
import { type Slice, slicePlaces } from './slice.ts';

/** A minimum that is not the true cell, with the number it goes by: 1 is the lowest. */
export interface FalseMinimum {
  readonly number: number;
  /** Position in the list of all minima. */
  readonly index: number;
  readonly minimum: Minimum;
}

/** A minimum within this many grid steps of the true cell in both directions is the true one. */
const TRUTH_STEPS = 2;

/** The minima of a slice without that of the true cell. */
export function falseMinima(minima: readonly Minimum[], slice: Slice): FalseMinimum[] {
  const [px, py] = slicePlaces(slice);
  const steps = (value: number, place: number, range: Slice['xRange'], n: number): number =>
    Math.abs(value - slice.base[place]!) / ((range[1] - range[0]) / (n - 1));
  return minima
    .map((minimum, index) => ({ minimum, index }))
    .filter(
      ({ minimum }) =>
        steps(minimum.x, px, slice.xRange, slice.nx) > TRUTH_STEPS ||
        steps(minimum.y, py, slice.yRange, slice.ny) > TRUTH_STEPS,
    )
    .map((entry, i) => ({ ...entry, number: i + 1 }));
}
