import type { MatchReport } from '../matching/matcher.ts';
import { STRICT } from '../optimise/outcome.ts';
import type { StopReason } from '../optimise/stopRule.ts';
import type { Trial } from './trialKey.ts';

/** Result of a trial. Numbers are rounded to what a table needs; see `rounded`. */
export interface TrialResult {
  /** Of the noise. */
  readonly seed: number;
  /** The cell at the end; the start follows from the seed. Angstrom and degrees [6]. */
  readonly end: readonly number[];
  /** Fractional coordinates at the end, where they were distorted. [3n] */
  readonly fract?: readonly number[];
  /** Loss of the first iterate, the last and the best; null in the baselines. */
  readonly first: number | null;
  readonly last: number | null;
  readonly best: number | null;
  readonly bestStep: number;
  readonly steps: number;
  readonly stop: StopReason | null;
  /** The last steps hop between two points. */
  readonly twoCycle: boolean;
  /** Cosine similarity of the two patterns at the end, whatever was minimised. */
  readonly cosine: number;
  /** The verdict of the matcher as pymatgen gives it, and without bringing both crystals to one volume. */
  readonly match: TrialVerdict;
  readonly unscaled: TrialVerdict;
  /** Largest relative deviation of a length from the truth and largest of an angle, degrees. */
  readonly off: readonly [number, number];
  /** Chebyshev distance of the AMD vectors and Earth Mover's Distance of the PDDs, k = 100. Angstrom. */
  readonly amd: number;
  readonly emd: number;
  /** Of a search: patterns computed, all its starts together; the starts that it made, and those that ended in its answer. */
  readonly evaluations?: number;
  readonly starts?: number;
  readonly agree?: number;
  /** Reason of an end that is no strict recovery, in a search. */
  readonly missed?: MissedBy;
}

/**
 * The truth in another setting (axes exchanged, other axes of one lattice); its lattice with the atoms along other axes, as
 * a pseudo-symmetric crystal ends; a limit of the search; another minimum.
 */
export type MissedBy = 'setting' | 'pseudoSymmetry' | 'limit' | 'basin';

/** Verdict and gauges; null gauges as in `MatchReport`. */
export type TrialVerdict = Pick<
  MatchReport,
  'end' | 'length' | 'angle' | 'rms' | 'maximum' | 'volumeRatio' | 'freeLength'
>;

/** A trial that threw: what it said. It counts in no rate, and its number is shown. */
export interface TrialFailure {
  readonly failure: string;
}

export type TrialRecord = Trial & (TrialResult | TrialFailure);
export type FinishedTrial = Trial & TrialResult;

export const isFinished = (record: TrialRecord): record is FinishedTrial => !('failure' in record);

export const isMatch = ({ match }: TrialResult): boolean => match.end === 'match';
export const isUnscaledMatch = ({ unscaled }: TrialResult): boolean => unscaled.end === 'match';

/**
 * Strict recovery: all lengths within 0.5 % and all angles within 0.5° of the truth. Where coordinates move too: also a match
 * with no atom further than 0.05 Å from its place.
 */
export function isRecovered({ noise, off, match }: Pick<FinishedTrial, 'noise' | 'off' | 'match'>): boolean {
  const cellIsRight = off[0] <= STRICT.length && off[1] <= STRICT.angle;
  if (noise === 'lattice' || !cellIsRight) return cellIsRight;
  return (
    match.maximum !== null && match.end === 'match' && match.maximum * match.freeLength <= STRICT.displacement
  );
}

/** To so many decimals, which keeps files small and leaves out what rounding makes of zero. */
export const rounded = (value: number, decimals: number): number => {
  const scale = 10 ** decimals;
  return Math.round(value * scale) / scale + 0;
};
