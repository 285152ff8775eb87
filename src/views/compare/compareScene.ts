import type { Instrument } from '../../diffraction/instrument.ts';
import { resample } from '../../diffraction/resample.ts';
import { entryKey, entryTitle } from '../../state/compare/compareEntry.ts';
import type { CompareEntry, CompareInputs } from '../../state/compare/compareSettings.ts';
import type { CompareCurve, CompareState } from '../../state/compare/compareSlice.ts';
import { formatNumber, THIN } from '../../ui/format.ts';
import { AXES, type Quantity, spacing } from '../pattern/axes.ts';
import { hklWords } from '../pattern/HklText.tsx';
import { logFloor } from '../pattern/intensityScale.ts';
import { COUNTS_FROM } from '../pattern/occupancy.ts';
import { nearestPeak, POINTABLE, strongestOf } from '../pattern/peaks.ts';
import { axisAngle, ownAngle, type PlotCurve, type PlotScene } from '../pattern/plotScene.ts';
import { homeRange } from '../pattern/zoom.ts';

/** A pattern as it is drawn; its scale makes per cent of its own highest point, times the entry's scale. */
export interface SceneCurve extends PlotCurve {
  /** Index of its entry. */
  readonly index: number;
  readonly curve: CompareCurve;
  readonly entry: CompareEntry;
  /** "SrTiO3, c + 1 %". */
  readonly label: string;
}

export interface CompareScene extends PlotScene {
  /** Visible ones, in the order of the list; of the mirror the pair alone. */
  readonly curves: readonly SceneCurve[];
  /** First minus second of the pair on the first's points, per cent; null where the two do not show one. */
  readonly subtracted: {
    readonly first: SceneCurve;
    readonly second: SceneCurve;
    readonly values: Float64Array;
  } | null;
}

/** Of an overlay, where lines cross and colour alone would tell them apart. */
const DASHES: readonly (readonly number[])[] = [
  [],
  [7, 3],
  [2, 2],
  [9, 3, 2, 3],
  [4, 4],
  [12, 4],
  [1, 3],
  [6, 2, 2, 2],
];

/** Null where nothing is there to draw. */
export function compareScene(
  compare: CompareInputs,
  instrument: Instrument,
  computed: CompareState['curves'],
  axis: Quantity,
): CompareScene | null {
  const { arrangement, spread, entries, pair } = compare;
  const ready = entries.map((entry, index): SceneCurve | null => {
    const curve = computed.get(entryKey(entry, instrument));
    return curve && typeof curve !== 'string' ? sceneCurve(curve, entry, index, arrangement, axis) : null;
  });
  const mirrored = arrangement === 'mirror';
  const curves = (mirrored ? pair.map(i => ready[i]) : ready)
    .filter(
      (curve, i, all): curve is SceneCurve =>
        !!curve && (mirrored || curve.entry.visible) && all.indexOf(curve) === i,
    )
    .map((curve, i) => (arrangement === 'overlay' ? { ...curve, dash: DASHES[i % DASHES.length]! } : curve));
  if (curves.length === 0) return null;
  const window = windowOf(curves, instrument, axis);
  const [first, second] = pair.map(i => ready[i]);
  const subtracted =
    compare.difference && first && second && first !== second
      ? { first, second, values: differenceOf(first, second) }
      : null;
  return {
    curves,
    rows: curves.length,
    instrument: window,
    home: homeRange(window, firstPeak(curves, window, axis)),
    homeTop: 0,
    floor: Math.min(...curves.map(({ curve, scale }) => logFloor(curve.values, scale))),
    arrangement,
    spread,
    intensityTitle: 'Intensity / % of the highest point',
    ribbons: [],
    subtracted,
    difference: compare.difference
      ? {
          name: subtracted ? `${subtracted.first.index + 1} − ${subtracted.second.index + 1}` : 'diff.',
          positions: (subtracted?.first ?? curves[0]!).positions,
          at: subtracted && (point => subtracted.values[point]!),
          share: null,
          note: null,
        }
      : null,
    excluded: [],
    mark: null,
  };
}

function sceneCurve(
  curve: CompareCurve,
  entry: CompareEntry,
  index: number,
  arrangement: CompareInputs['arrangement'],
  axis: Quantity,
): SceneCurve {
  const { twoTheta, values, peaks, instrument, measured } = curve;
  const { at } = AXES[axis];
  const label = entryTitle(curve.name, entry);
  const strongest = strongestOf(peaks);
  const { colour } = entry;
  return {
    index,
    curve,
    entry,
    label,
    positions: twoTheta.map(angle => at(angle, instrument.wavelength)),
    values,
    peaks,
    scale: (100 / curve.highest) * entry.scale,
    // Sticks are in per cent of the strongest; a profile's highest point may gather several.
    stickScale: (100 * entry.scale) / strongest,
    strongest,
    wavelength: instrument.wavelength,
    colour,
    width: 1.4,
    stickWidth: 2,
    stickShift: arrangement === 'overlay' ? index * 1.5 : 0,
    dash: [],
    fill:
      arrangement === 'waterfall'
        ? { colour: 'panel', alpha: 1 }
        : arrangement === 'mirror'
          ? { colour, alpha: 0.14 }
          : null,
    measured,
    title: label,
    row: { name: String(index + 1), colour },
    hkl: measured ? null : 'under ticks',
  };
}

/** From the lowest to the highest angle of all of them. */
function windowOf(curves: readonly SceneCurve[], instrument: Instrument, axis: Quantity): Instrument {
  const ends = curves.flatMap(({ curve }) =>
    [curve.twoTheta[0]!, curve.twoTheta.at(-1)! + curve.instrument.step].map(angle => {
      const seen = axisAngle({ instrument }, curve.instrument, angle, axis);
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

/** The lowest angle at which a peak counts, as the axis shows it; infinite where none does. */
const firstPeak = (curves: readonly SceneCurve[], instrument: Instrument, axis: Quantity): number =>
  Math.min(
    ...curves
      .flatMap(curve => {
        const first = curve.peaks.find(peak => peak.intensity >= COUNTS_FROM * curve.strongest);
        return first ? [axisAngle({ instrument }, curve, first.twoTheta, axis)] : [];
      })
      .filter(Number.isFinite),
  );

function differenceOf(first: SceneCurve, second: SceneCurve): Float64Array {
  const other = resample({ x: second.positions, y: second.values }, first.positions);
  return first.values.map((value, i) => first.scale * value - second.scale * other[i]!);
}

/** Index of the peak of a curve that is nearest to a place on the axis; −1 where it has none. */
export const peakAt = (scene: CompareScene, curve: SceneCurve, twoTheta: number, axis: Quantity): number =>
  nearestPeak(curve.peaks, ownAngle(scene, curve, twoTheta, axis), POINTABLE * curve.strongest);

/** Per cent of the strongest peak. */
export const relative = ({ peaks, strongest }: SceneCurve, index: number): number =>
  (100 * peaks[index]!.intensity) / strongest;

/** "SrTiO3: 1 1 0 at 32.40°, d 2.761 Å, intensity 100." */
export function spokenPeak(curve: SceneCurve, index: number): string {
  const peak = curve.peaks[index];
  if (!peak) return `${curve.label}: no peak.`;
  const d = spacing(peak.twoTheta, curve.wavelength);
  const name = curve.measured ? 'peak' : hklWords(peak.forms[0]!.hkl);
  return `${curve.label}: ${name} at ${formatNumber(peak.twoTheta, 2)}°, d ${formatNumber(d, 3)}${THIN}Å, intensity ${formatNumber(relative(curve, index), 0)}.`;
}
