import { fwhm } from '../../diffraction/caglioti.ts';
import { type Instrument, reflectionWindow } from '../../diffraction/instrument.ts';
import { pseudoVoigt } from '../../diffraction/pseudoVoigt.ts';
import { interval } from '../tree/axisCells.ts';
import { distantPairs, type FarBlocks, farBlocks } from '../tree/farBlocks.ts';
import { PATTERN_ORDER, type PatternAxis, patternAxis } from './patternAxis.ts';

/** Everything about the pattern on an instrument's bins that depends on no crystal. */
export interface PatternTree {
  readonly axis: PatternAxis;
  /** The profile of a peak at t on a bin at x: from cells with peaks to cells with bins. */
  readonly far: FarBlocks;
  readonly eta: number;
}

const MOST_CACHED = 8;
const cached = new Map<string, PatternTree>();

/** The tree made for 2^scale reflections, ~15 ms to build; the last few are kept. */
export function patternTree(instrument: Instrument, scale: number): PatternTree {
  const { twoThetaMin, twoThetaMax, step, margin, u, v, w, eta } = instrument;
  const key = [twoThetaMin, twoThetaMax, step, margin, u, v, w, eta, scale].join(' ');
  const found = cached.get(key);
  if (found) return found;
  const axis = patternAxis(instrument, 2 ** scale);
  const tree = { axis, far: tails(instrument, axis), eta };
  if (cached.size >= MOST_CACHED) cached.delete(cached.keys().next().value ?? '');
  cached.set(key, tree);
  return tree;
}

function tails(instrument: Instrument, axis: PatternAxis): FarBlocks {
  const { lower, upper } = reflectionWindow(instrument);
  const firstBin = axis.first + axis.pad * axis.step;
  const lastBin = firstBin + (axis.bins - 1) * axis.step;
  const reaches = (level: number, c: number, low: number, high: number): boolean => {
    const [a, b] = interval(axis, level, c);
    return b >= low && a <= high;
  };
  return farBlocks(
    axis,
    PATTERN_ORDER,
    distantPairs(
      axis,
      (level, p, q) => reaches(level, p, firstBin, lastBin) && reaches(level, q, lower, upper),
    ),
    t => fwhm(instrument, t),
    (x, t, _, width) => pseudoVoigt(x - t, width, instrument.eta).value,
  );
}
