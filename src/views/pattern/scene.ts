import type { FamilyId } from '../../crystal/family.ts';
import { fwhm } from '../../diffraction/caglioti.ts';
import { binCount, type Instrument } from '../../diffraction/instrument.ts';
import { mergePeaks, type ReflectionTable } from '../../diffraction/mergePeaks.ts';
import { AXES, type Quantity } from './axes.ts';
import { largestWithin } from './curve.ts';
import { logFloor } from './intensityScale.ts';
import { COUNTS_FROM, type Comparison, occupanciesOf, type PeakSet, type Tally, tally } from './occupancy.ts';
import { strongestOf } from './peaks.ts';
import type { PlotCurve, PlotScene } from './plotScene.ts';
import { homeRange, type Range } from './zoom.ts';

/** A pattern with its peaks, as one half of the picture. Intensities unscaled. */
export interface PatternSide extends PeakSet {
  readonly values: Float64Array;
}

/** Of the target alone: it stays while the current crystal moves. */
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

/** The names of the two patterns, and what else is in the picture. */
export interface PatternOptions {
  readonly target: string;
  readonly current: string;
  /** Both have the same reflections at the same places: one row of ticks. */
  readonly single: boolean;
  /** Sticks stand beside each other: peaks stay where they are. */
  readonly beside: boolean;
  readonly mark: PlotScene['mark'];
  /** A sentence at the difference. */
  readonly note: string | null;
}

export const EXPLORER_OPTIONS: PatternOptions = {
  target: 'target',
  current: 'current',
  single: false,
  beside: false,
  mark: null,
  note: null,
};

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
  const least = COUNTS_FROM * strongestOf(peaks);
  const first = peaks.find(peak => peak.intensity >= least)?.twoTheta;
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
  const comparison = occupanciesOf(target.side, side, twoTheta => fwhm(instrument, twoTheta), window);
  return { side, comparison, tally: tally(target.side, comparison.occupancies) };
}

/** Places of the bins on an axis [binCount]. */
export function binPositions(instrument: Instrument, quantity: Quantity): Float64Array {
  const { twoThetaMin, step, wavelength } = instrument;
  const out = new Float64Array(binCount(instrument));
  for (let i = 0; i < out.length; i++) out[i] = AXES[quantity].at(twoThetaMin + i * step, wavelength);
  return out;
}

/** Width of sticks beside each other, pixels. */
const BESIDE = 2.4;

/** The difference is drawn at this share of the scale of the patterns, so that ±100 fits its panel. */
const DIFFERENCE_SHARE = 1 / 4;

/** The target filled, the current pattern as a line, ribbons between their ticks, and the difference. */
export function patternScene(
  target: TargetScene,
  current: CurrentScene | null,
  positions: Float64Array,
  options: PatternOptions,
): PlotScene {
  const { side, scale, instrument } = target;
  const shared = {
    positions,
    scale,
    stickScale: scale,
    strongest: strongestOf(side.peaks),
    wavelength: instrument.wavelength,
    dash: [],
    measured: false,
    title: null,
  } as const;
  const curves: PlotCurve[] = [
    {
      ...shared,
      ...side,
      colour: 'truthLine',
      width: 1,
      stickWidth: options.beside ? BESIDE : 3.5,
      stickShift: options.beside ? -BESIDE / 2 : 0,
      fill: { colour: 'truthFill', alpha: 1 },
      row: { name: options.single ? 'hkl' : options.target, colour: 'ink' },
      hkl: 'over peaks',
    },
  ];
  if (current)
    curves.push({
      ...shared,
      ...current.side,
      colour: 'current',
      width: 1.4,
      stickWidth: options.beside ? BESIDE : 1.4,
      stickShift: options.beside ? BESIDE / 2 : 0,
      fill: null,
      row: options.single ? null : { name: options.current, colour: 'current' },
      hkl: null,
    });
  return {
    instrument,
    home: target.home,
    homeTop: 100,
    floor: target.floor,
    curves,
    rows: options.single ? 1 : 2,
    arrangement: 'overlay',
    spread: 0,
    intensityTitle: null,
    ribbons: (!options.single && current?.comparison.ribbons) || [],
    difference: {
      name: 'diff.',
      positions,
      at: current && (point => scale * (side.values[point]! - current.side.values[point]!)),
      share: DIFFERENCE_SHARE,
      note: options.note,
    },
    excluded: target.excluded,
    mark: options.mark,
  };
}
