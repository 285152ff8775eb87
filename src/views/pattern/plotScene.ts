import type { Instrument } from '../../diffraction/instrument.ts';
import { angleWith } from '../../diffraction/matchPeaks.ts';
import type { Hkl, MergedPeak } from '../../diffraction/mergePeaks.ts';
import type { Arrangement } from '../../state/compare/compareSettings.ts';
import type { Token } from '../palette.ts';
import type { Quantity } from './axes.ts';
import type { IntensityMode } from './intensityScale.ts';
import type { Ribbon } from './occupancy.ts';
import type { Range } from './zoom.ts';

/** A token of the palette, or the number of a colour that tells patterns apart. */
export type PlotColour = Token | number;

/** A pattern as it is drawn: profile or sticks on a base line, and its reflections as a row of ticks. */
export interface PlotCurve {
  /** Places of its points on the axis, ascending, and its intensities there. */
  readonly positions: Float64Array;
  readonly values: Float64Array;
  readonly peaks: readonly MergedPeak[];
  /** Times these, `values` and the intensities of `peaks` are in per cent. */
  readonly scale: number;
  readonly stickScale: number;
  /** Of the peak against which peaks are faint or too weak to be pointed at. */
  readonly strongest: number;
  /** Of its angles, angstrom. */
  readonly wavelength: number;
  readonly colour: PlotColour;
  /** Widths of profile and stick, pixels, and how far sticks stand beside their place. */
  readonly width: number;
  readonly stickWidth: number;
  readonly stickShift: number;
  readonly dash: readonly number[];
  /** Between profile and base line. */
  readonly fill: { readonly colour: PlotColour; readonly alpha: number } | null;
  /** Its peaks are maxima without hkl, and it is always drawn as a profile. */
  readonly measured: boolean;
  /** Written beside it. */
  readonly title: string | null;
  /** Name and colour of its row of ticks; null where it has none. */
  readonly row: { readonly name: string; readonly colour: PlotColour } | null;
  /** Places of its hkl. */
  readonly hkl: 'over peaks' | 'under ticks' | null;
}

/** Patterns, their ticks and their difference as one picture. */
export interface PlotScene {
  /** The wavelength that angles of the axis are meant at, and the window of all. */
  readonly instrument: Instrument;
  /** The range shown without a zoom, and the least top of the intensity axis there. */
  readonly home: Range;
  readonly homeTop: number;
  /** Start of a logarithmic axis, per cent. */
  readonly floor: number;
  /** From the back to the front. */
  readonly curves: readonly PlotCurve[];
  /** Rows of ticks that have room, also while a curve is still being computed. */
  readonly rows: number;
  readonly arrangement: Arrangement;
  /** Distance of one base line from the next as a share of the height of a pattern. */
  readonly spread: number;
  readonly intensityTitle: string | null;
  /** Lines from the first row of ticks to the second. */
  readonly ribbons: readonly Ribbon[];
  /** Null: no panel for it. */
  readonly difference: {
    readonly name: string;
    readonly positions: Float64Array;
    /** Per cent at a point; null where there is nothing to draw yet. */
    readonly at: ((point: number) => number) | null;
    /** Of the scale of the patterns; null: the panel holds what the patterns hold. */
    readonly share: number | null;
    /** A sentence at the line. */
    readonly note: string | null;
  } | null;
  /** Parts of the window that do not count, degrees. */
  readonly excluded: readonly Range[];
  /** A reflection marked by a dotted line. */
  readonly mark: { readonly twoTheta: number; readonly hkl: Hkl } | null;
}

/** Axis, scale, style and range of a plot. */
export interface ViewSettings {
  readonly axis: Quantity;
  readonly intensity: IntensityMode;
  readonly style: 'profile' | 'sticks';
  readonly range: Range;
}

type Seen = { readonly instrument: Instrument };
type At = { readonly wavelength: number };

/** The angle of a place on the axis at a curve's own wavelength. */
export const ownAngle = (
  { instrument }: Seen,
  { wavelength }: At,
  twoTheta: number,
  axis: Quantity,
): number => (axis === 'twoTheta' ? twoTheta : angleWith(twoTheta, instrument.wavelength, wavelength));

/** And back: where an angle of the curve is on the axis, as an angle at the axis's wavelength. */
export const axisAngle = (
  { instrument }: Seen,
  { wavelength }: At,
  twoTheta: number,
  axis: Quantity,
): number => (axis === 'twoTheta' ? twoTheta : angleWith(twoTheta, wavelength, instrument.wavelength));
