import type { Instrument } from '../../diffraction/instrument.ts';
import { angleWith } from '../../diffraction/matchPeaks.ts';
import { resample } from '../../diffraction/resample.ts';
import { entryKey, entryNote } from '../../state/compare/compareEntry.ts';
import type { Arrangement, CompareEntry, CompareInputs } from '../../state/compare/compareSettings.ts';
import type { CompareCurve, CompareState } from '../../state/compare/compareStore.ts';
import { AXES, type Quantity } from '../pattern/axes.ts';
import type { IntensityMode } from '../pattern/intensityScale.ts';
import { logFloor } from '../pattern/intensityScale.ts';
import { COUNTS_FROM } from '../pattern/occupancy.ts';
import { homeRange, type Range } from '../pattern/zoom.ts';

/** A pattern as it is drawn. */
export interface SceneCurve {
  /** Index of its entry. */
  readonly index: number;
  readonly curve: CompareCurve;
  readonly entry: CompareEntry;
  /** "SrTiO3, c + 1 %". */
  readonly label: string;
  /** Times this, intensities are in per cent of its own highest point, times the entry's scale. */
  readonly scale: number;
  /** Where its points stand on the axis. */
  readonly positions: Float64Array;
}

export interface CompareView {
  readonly axis: Quantity;
  readonly intensity: IntensityMode;
  readonly style: 'profile' | 'sticks';
  readonly range: Range;
  readonly arrangement: Arrangement;
  readonly spread: number;
}

export interface CompareScene {
  /** Visible ones, in the order of the list; of the mirror the pair alone. */
  readonly curves: readonly SceneCurve[];
  /** The wavelength that angles of the axis are meant at, and the window of all. */
  readonly instrument: Instrument;
  readonly home: Range;
  readonly floor: number;
  /** First minus second of the pair on the first's points, per cent; null where the two do not show one. */
  readonly difference: {
    readonly first: SceneCurve;
    readonly second: SceneCurve;
    readonly values: Float64Array;
  } | null;
}

export const curveLabel = (curve: CompareCurve, entry: CompareEntry): string => {
  const note = entryNote(entry);
  return note ? `${curve.name}, ${note}` : curve.name;
};

/** Null where nothing is there to draw. */
export function compareScene(
  compare: CompareInputs,
  instrument: Instrument,
  computed: CompareState['curves'],
  axis: Quantity,
): CompareScene | null {
  const ready = compare.entries.map((entry, index): SceneCurve | null => {
    const curve = computed.get(entryKey(entry, instrument));
    if (!curve || typeof curve === 'string') return null;
    return {
      index,
      curve,
      entry,
      label: curveLabel(curve, entry),
      scale: (100 / curve.highest) * entry.scale,
      positions: positionsOf(curve, axis),
    };
  });
  const mirrored = compare.arrangement === 'mirror';
  const curves = (mirrored ? compare.pair.map(i => ready[i]) : ready).filter(
    (curve, i, all): curve is SceneCurve =>
      !!curve && (mirrored || curve.entry.visible) && all.indexOf(curve) === i,
  );
  if (curves.length === 0) return null;
  const window = windowOf(curves, instrument, axis);
  const [first, second] = compare.pair.map(i => ready[i]);
  return {
    curves,
    instrument: window,
    home: homeRange(window, firstPeak(curves, window.wavelength, axis)),
    floor: Math.min(...curves.map(({ curve, scale }) => logFloor(curve.values, scale))),
    difference:
      compare.difference && first && second && first !== second
        ? { first, second, values: differenceOf(first, second) }
        : null,
  };
}

function positionsOf({ twoTheta, instrument }: CompareCurve, axis: Quantity): Float64Array {
  const { at } = AXES[axis];
  return twoTheta.map(angle => at(angle, instrument.wavelength));
}

/** From the lowest to the highest angle of all of them. */
function windowOf(curves: readonly SceneCurve[], instrument: Instrument, axis: Quantity): Instrument {
  const { wavelength } = instrument;
  const ends = curves.flatMap(({ curve }) =>
    [curve.twoTheta[0]!, curve.twoTheta.at(-1)! + curve.instrument.step].map(angle => {
      const seen = axis === 'twoTheta' ? angle : angleWith(angle, curve.instrument.wavelength, wavelength);
      return Number.isFinite(seen) ? seen : 170;
    }),
  );
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  return {
    ...instrument,
    twoThetaMin: Math.max(0, round(Math.min(...ends))),
    twoThetaMax: Math.min(170, round(Math.max(...ends))),
  };
}

/** The lowest angle at which a peak counts, as the axis shows it. */
function firstPeak(curves: readonly SceneCurve[], wavelength: number, axis: Quantity): number | undefined {
  const firsts = curves.flatMap(({ curve }) => {
    const strongest = curve.peaks.reduce((most, peak) => Math.max(most, peak.intensity), 0);
    const first = curve.peaks.find(peak => peak.intensity >= COUNTS_FROM * strongest)?.twoTheta;
    if (first === undefined) return [];
    const seen = axis === 'twoTheta' ? first : angleWith(first, curve.instrument.wavelength, wavelength);
    return Number.isFinite(seen) ? [seen] : [];
  });
  return firsts.length ? Math.min(...firsts) : undefined;
}

function differenceOf(first: SceneCurve, second: SceneCurve): Float64Array {
  const other = resample({ x: second.positions, y: second.curve.values }, first.positions);
  return first.curve.values.map((value, i) => first.scale * value - second.scale * other[i]!);
}
