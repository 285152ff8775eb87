import { fwhm } from '../../diffraction/caglioti.ts';
import { binCount, type Instrument, reflectionWindow } from '../../diffraction/instrument.ts';
import type { AxisCells } from '../tree/axisCells.ts';

/**
 * Leaves of a whole and even number of bins: bins lie alike in every leaf, symmetrically about its middle. The grid is
 * padded to where reflections may lie and to whole leaves; padded bin i is at `first` + i · `step`, bin j of the
 * pattern is padded bin `pad` + j.
 */
export interface PatternAxis extends AxisCells {
  readonly binsPerLeaf: number;
  /** Bins of the pattern, padded bins before them, and padded bins in all. */
  readonly bins: number;
  readonly pad: number;
  readonly padded: number;
  /** Two-theta of padded bin 0, degrees. */
  readonly first: number;
  readonly step: number;
  /** Leaves with padded bins; those after them only fill the hierarchy. */
  readonly used: number;
}

/**
 * Moments of a cell. With ten the gradient of a loss may err by 2e-6 of its largest component, with twelve by 1e-7. The
 * inner loops are written out for twelve and repeat it as a local literal, which the compiler folds.
 */
export const PATTERN_ORDER = 12;

/**
 * Leaves narrower than so many least widths interpolate the Gaussian as exactly as the Lorentzian; in leaves wider than
 * so many largest widths it has died away a leaf from its peak. Leaves in between would lose it.
 */
const NARROW = 1.6;
const WIDE = 2.3;

/** Measured: nanoseconds for a leaf's share of the hierarchy, and for one bin close to one peak. */
const LEAF_COST = 160;
const BIN_COST = 1.1;

const FEWEST_BINS = 6;
const MOST_BINS = 400;
/** The coarsest level has this many cells to twice as many: they all see each other directly. */
const ROOTS = 5;

/** So few peaks are summed on all bins, in a single leaf. */
export const FEW_PEAKS = 8;

/**
 * The axis on which a pattern of so many peaks costs least. For a few it has one leaf: tails through moments err by some
 * 1e-8 in a slope, which one or two peaks whose own slopes happen to cancel have nothing to hide behind.
 */
export function patternAxis(instrument: Instrument, peaks: number): PatternAxis {
  const { step, twoThetaMin, eta } = instrument;
  const { lower, upper } = reflectionWindow(instrument);
  const bins = binCount(instrument);
  const pad = Math.ceil((twoThetaMin - lower) / step);
  const needed = pad + Math.max(bins, Math.ceil((upper - twoThetaMin) / step) + 1);
  const [least, largest] = widths(instrument, lower, upper);
  const cost = (binsPerLeaf: number): number =>
    (LEAF_COST * needed) / binsPerLeaf + 3 * BIN_COST * peaks * binsPerLeaf;
  let binsPerLeaf = FEWEST_BINS;
  for (let n = FEWEST_BINS + 2; n <= Math.min(MOST_BINS, needed); n += 2) {
    const keepsGaussian = eta === 0 || n * step <= NARROW * least || n * step >= WIDE * largest;
    if (keepsGaussian && cost(n) < cost(binsPerLeaf)) binsPerLeaf = n;
  }
  if (peaks <= FEW_PEAKS) binsPerLeaf = 2 * Math.ceil(needed / 2);
  const used = Math.ceil(needed / binsPerLeaf);
  const halvings = Math.max(0, Math.floor(Math.log2(used / ROOTS)));
  const leaves = Math.ceil(used / 2 ** halvings) * 2 ** halvings;
  const leafWidth = binsPerLeaf * step;
  const low = twoThetaMin - (pad + 0.5) * step;
  const levels: { cells: number; offset: number; width: number }[] = [];
  let total = 0;
  for (let level = 0; level <= halvings; level++) {
    const cells = leaves / 2 ** level;
    levels.push({ cells, offset: total, width: leafWidth * 2 ** level });
    total += cells;
  }
  return {
    low,
    high: low + leaves * leafWidth,
    leaves,
    leafWidth,
    levels,
    total,
    binsPerLeaf,
    bins,
    pad,
    padded: used * binsPerLeaf,
    first: twoThetaMin - pad * step,
    step,
    used,
  };
}

/** Least and largest FWHM of the reflections, degrees, from samples. */
function widths(instrument: Instrument, lower: number, upper: number): readonly [number, number] {
  const samples = Array.from({ length: 257 }, (_, i) =>
    fwhm(instrument, lower + ((upper - lower) * i) / 256),
  );
  return [Math.min(...samples), Math.max(...samples)];
}
