import { fieldRange, type GridField, type Minimum } from './minima.ts';
import { type Slice, truthsOf } from './slice.ts';

/** A minimum that is not the true crystal. */
export interface OtherMinimum {
  /** Position in the list of all minima. */
  readonly index: number;
  readonly minimum: Minimum;
}

/** A minimum with another pattern than the truth's, with the number it goes by: 1 is the lowest. */
export interface FalseMinimum extends OtherMinimum {
  readonly number: number;
}

/** Mark of a minimum that has the pattern of the truth. */
export const EQUAL = '=';

/** A minimum within this many grid steps of the true crystal in both directions is the true one. */
const TRUTH_STEPS = 2;

/** The minima of a slice without that of the true crystal, which is there again at every period of a coordinate. */
function otherMinima(minima: readonly Minimum[], slice: Slice): OtherMinimum[] {
  const truths = truthsOf(slice);
  const near = (value: number, truth: number, range: Slice['xRange'], n: number): boolean =>
    Math.abs(value - truth) / ((range[1] - range[0]) / (n - 1)) <= TRUTH_STEPS;
  return minima
    .map((minimum, index) => ({ minimum, index }))
    .filter(
      ({ minimum }) =>
        !truths.some(
          ([x, y]) =>
            near(minimum.x, x, slice.xRange, slice.nx) && near(minimum.y, y, slice.yRange, slice.ny),
        ),
    );
}

/** The minima of a slice that have another pattern than the truth. */
export const falseMinima = (minima: readonly Minimum[], slice: Slice): FalseMinimum[] =>
  otherMinima(minima, slice)
    .filter(({ minimum }) => !minimum.sameAsTruth)
    .map((entry, i) => ({ ...entry, number: i + 1 }));

/**
 * The minima elsewhere in a slice that have the pattern of the truth: the same crystal with another origin, as its mirror
 * image or with equal atoms exchanged; or another one, homometric to it.
 */
export const equalMinima = (minima: readonly Minimum[], slice: Slice): OtherMinimum[] =>
  otherMinima(minima, slice).filter(({ minimum }) => minimum.sameAsTruth);

/** Losses this share of a map's range apart are the same: far above what is left of a descent, far below a false minimum. */
const SAME_LOSS = 1e-8;

/** True where a loss is the truth's, on the scale of a map's values. */
export function isSameLoss(loss: number, truth: number, { values }: Pick<GridField, 'values'>): boolean {
  const [low, high] = fieldRange(values);
  return loss <= truth + SAME_LOSS * (high - low);
}

/** Minima told whether their pattern is the truth's. @param settled losses where descents from the truth and from each end [1 + n] */
export function toldMinima(
  minima: readonly Minimum[],
  settled: ArrayLike<number>,
  field: Pick<GridField, 'values'>,
): Minimum[] {
  return minima.map((minimum, i) => ({
    ...minimum,
    sameAsTruth: isSameLoss(settled[i + 1]!, settled[0]!, field),
  }));
}
