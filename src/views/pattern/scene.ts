import type { FamilyId } from '../../crystal/family.ts';
import { fwhm } from '../../diffraction/caglioti.ts';
import { binCount, type Instrument } from '../../diffraction/instrument.ts';
import { type Hkl, mergePeaks, type ReflectionTable } from '../../diffraction/mergePeaks.ts';
import { AXES, type Quantity } from './axes.ts';
import { largestWithin } from './curve.ts';
import { type IntensityMode, logFloor } from './intensityScale.ts';
import { COUNTS_FROM, type Comparison, compare, type PeakSet, type Tally, tally } from './occupancy.ts';
import { homeRange, type Range } from './zoom.ts';

/** A pattern with its peaks, as one half of the picture. Intensities unscaled. */
export interface PatternSide extends PeakSet {
  readonly values: Float64Array;
}

/** Of the target alone: what stays while the current crystal moves. */
export interface TargetScene {
  readonly instrument: Instrument;
  readonly family: FamilyId;
  readonly side: PatternSide;
  /** Times this, intensities are in per cent of the highest point of the target, for profiles and sticks alike. */
  readonly scale: number;
  readonly floor: number;
  readonly home: Range;
  /** Parts of the window that do not count, degrees. */
  readonly excluded: readonly Range[];
}

export interface CurrentScene {
  readonly side: PatternSide;
  readonly comparison: Comparison;
  readonly tally: Tally;
}

/** How the two patterns are called, and what else is in the picture; the explorer's look where it is left out. */
export interface PatternLook {
  readonly target: string;
  readonly current: string;
  /** Both have the same reflections at the same places: one row of ticks. */
  readonly single: boolean;
  /** A reflection marked by a dotted line. */
  readonly mark: { readonly twoTheta: number; readonly hkl: Hkl } | null;
  /** A sentence at the difference. */
  readonly note: string | null;
}

export const EXPLORER_LOOK: PatternLook = {
  target: 'target',
  current: 'current',
  single: false,
  mark: null,
  note: null,
};

export interface ViewSettings {
  readonly axis: Quantity;
  readonly intensity: IntensityMode;
  readonly style: 'profile' | 'sticks';
  readonly range: Range;
  readonly look?: PatternLook;
}

/** Null where the target has no intensity to scale by. */
export function targetScene(
  instrument: Instrument,
  family: FamilyId,
  values: Float64Array,
  table: ReflectionTable,
  excluded: readonly Range[] = [],
): TargetScene | null {
  const highest = largestWithin(values, 0, values.length);
  if (!(highest > 0 && Number.isFinite(highest))) return null;
  const peaks = mergePeaks(table, family);
  const strongest = peaks.reduce((most, peak) => Math.max(most, peak.intensity), 0);
  const first = peaks.find(peak => peak.intensity >= COUNTS_FROM * strongest)?.twoTheta;
  const scale = 100 / highest;
  const home = homeRange(instrument, first);
  const bin = (twoTheta: number): number => Math.round((twoTheta - instrument.twoThetaMin) / instrument.step);
  return {
    instrument,
    family,
    side: { values, table, peaks },
    scale,
    floor: logFloor(values.subarray(bin(home[0]), bin(home[1])), scale),
    home,
    excluded,
  };
}

export function currentScene(
  target: TargetScene,
  values: Float64Array,
  table: ReflectionTable,
): CurrentScene {
  const { instrument, family } = target;
  const side = { values, table, peaks: mergePeaks(table, family) };
  const window: Range = [instrument.twoThetaMin, instrument.twoThetaMax];
  const comparison = compare(target.side, side, twoTheta => fwhm(instrument, twoTheta), window);
  return { side, comparison, tally: tally(target.side, comparison.occupancies) };
}

/** Where the bins stand on an axis [binCount]. */
export function binPositions(instrument: Instrument, quantity: Quantity): Float64Array {
  const { twoThetaMin, step, wavelength } = instrument;
  const out = new Float64Array(binCount(instrument));
  for (let i = 0; i < out.length; i++) out[i] = AXES[quantity].at(twoThetaMin + i * step, wavelength);
  return out;
}
