import type { Arrangement } from '../../state/compare/compareSettings.ts';
import type { Palette } from '../palette.ts';
import { AXES } from './axes.ts';
import { binsWithin, largestWithin } from './curve.ts';
import { type IntensityScale, intensityScale } from './intensityScale.ts';
import type { PlotCurve, PlotScene, ViewSettings } from './plotScene.ts';
import { toAxis } from './zoom.ts';

/** Data to pixels for one size, scene and view. */
export interface Frame {
  readonly layout: PlotLayout;
  /** Ends of the axis, in its own quantity. */
  readonly low: number;
  readonly high: number;
  /** The strip of each curve. */
  readonly lanes: readonly Lane[];
  readonly intensity: IntensityScale;
  /** Pixel of a place on the axis, of a 2θ (at the wavelength of the axis where no other is given), and back. */
  x(position: number): number;
  xOf(twoTheta: number, wavelength?: number): number;
  twoThetaAt(x: number): number;
  /** Pixel of an intensity in per cent, and of a difference in its panel. */
  y(lane: Lane, intensity: number): number;
  yDifference(difference: number): number;
}

/** Everything that a painter needs. */
export interface Picture<Scene extends PlotScene = PlotScene> {
  readonly frame: Frame;
  readonly scene: Scene;
  readonly view: ViewSettings;
  readonly palette: Palette;
}

/** Zoomed into silence, the axis still ends at one per cent. */
const LOWEST_TOP = 1;

export function plotFrame(width: number, height: number, scene: PlotScene, view: ViewSettings): Frame {
  const { curves, difference, home } = scene;
  const layout = plotLayout(width, height, {
    rows: scene.rows,
    hklUnderTicks: curves.some(curve => curve.hkl === 'under ticks'),
    difference,
  });
  const { wavelength } = scene.instrument;
  const axis = AXES[view.axis];
  const [low, high] = toAxis(view.range, view.axis, wavelength);
  const perPixel = (high - low) / (layout.right - layout.left);
  const strips = lanes(layout, curves.length, scene);
  const whole = view.range[0] <= home[0] && view.range[1] >= home[1];
  const top = Math.max(
    LOWEST_TOP,
    whole ? scene.homeTop : 0,
    ...curves.map(curve => highestIn(curve, low, high, view)),
  );
  const intensity = intensityScale(view.intensity, top, scene.floor, 15 / (strips[0]?.height ?? 1));
  return {
    layout,
    low,
    high,
    lanes: strips,
    intensity,
    x: position => layout.left + (position - low) / perPixel,
    xOf: (twoTheta, at = wavelength) => layout.left + (axis.at(twoTheta, at) - low) / perPixel,
    twoThetaAt: x => axis.twoTheta(low + (x - layout.left) * perPixel, wavelength),
    y: ({ base, height: room, down }, value) => base + (down ? room : -room) * intensity.share(value),
    yDifference: value =>
      layout.difference ? layout.difference.zero - (layout.difference.whole * value) / top : layout.axis,
  };
}

/** Highest point of what is drawn of a curve between two places on the axis, per cent. */
function highestIn(curve: PlotCurve, low: number, high: number, view: ViewSettings): number {
  if (!drawnAsSticks(curve, view))
    return curve.scale * largestWithin(curve.values, ...binsWithin(curve.positions, low, high));
  const { at } = AXES[view.axis];
  return curve.peaks.reduce((most, { twoTheta, intensity }) => {
    const place = at(twoTheta, curve.wavelength);
    return place >= low && place <= high ? Math.max(most, curve.stickScale * intensity) : most;
  }, 0);
}

export const drawnAsSticks = (curve: PlotCurve, view: ViewSettings): boolean =>
  view.style === 'sticks' && !curve.measured;

/** Places of everything on the canvas, in CSS pixels; the left column never changes its width. */
export interface PlotLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  /** Top and bottom line of the intensity panel. */
  readonly top: number;
  readonly base: number;
  /** Top and bottom of the ticks of each row, and the room from one row to the next. */
  readonly rows: readonly (readonly [top: number, bottom: number])[];
  readonly pitch: number;
  /** The difference panel, with the pixels of the top of the intensity axis; null where there is no room for it. */
  readonly difference: {
    readonly top: number;
    readonly zero: number;
    readonly bottom: number;
    readonly whole: number;
  } | null;
  readonly axis: number;
}

/** Parts of a picture that take room. */
export interface LayoutParts {
  /** Rows of ticks, and whether hkl stand under them. */
  readonly rows: number;
  readonly hklUnderTicks: boolean;
  readonly difference: { readonly share: number | null } | null;
}

export const LEFT = 52;
/** Half of the last label of the axis stands outside the plot. */
const RIGHT = 20;
const TOP = 16;
const AXIS = 20;
/** From one row of ticks to the next, with hkl under the ticks and without. */
const ROOMY = 24;
const CLOSE = 12;

export function plotLayout(
  width: number,
  height: number,
  { rows, hklUnderTicks, difference }: LayoutParts,
): PlotLayout {
  const small = height < 150;
  const axis = height - AXIS;
  const inner = axis - TOP;
  const roomy = rows * ROOMY < 0.36 * inner;
  const tick = small ? 6 : hklUnderTicks && !roomy ? 8 : 10;
  const pitch = hklUnderTicks ? (roomy ? ROOMY : CLOSE) : small ? 12 : 21;
  const [before, after] = small ? [4, 3] : [7, 6];
  const block = hklUnderTicks ? rows * pitch : (rows - 1) * pitch + tick;
  const free = inner - before - block - after;
  const plot = Math.max(10, free - differenceHeight(free, difference));
  const base = TOP + plot;
  const ticks = base + before;
  const top = ticks + block + after;
  const half = 0.5 * (axis - top);
  return {
    width,
    height,
    left: LEFT,
    right: Math.max(LEFT + 10, width - RIGHT),
    top: TOP,
    base,
    rows: Array.from({ length: rows }, (_, i) => [ticks + i * pitch, ticks + i * pitch + tick]),
    pitch,
    difference:
      difference && free > plot
        ? {
            top,
            zero: top + half,
            bottom: axis,
            whole: difference.share === null ? half : difference.share * plot,
          }
        : null,
    axis,
  };
}

/** Of the free height; a share of the patterns' scale in it holds ±100 %. */
function differenceHeight(free: number, difference: LayoutParts['difference']): number {
  if (!difference) return 0;
  if (difference.share !== null) return free >= 54 ? free - Math.floor(free / (1 + 2 * difference.share)) : 0;
  return free > 150 ? Math.max(44, Math.round(0.2 * free)) : 0;
}

/** The strip in which a pattern is drawn: its base line, its height, and whether it hangs down. */
export interface Lane {
  readonly base: number;
  readonly height: number;
  readonly down: boolean;
}

/** Strips of n patterns one over the other, the first on top, base lines `spread` heights apart. */
export function lanes(
  { top, base }: Pick<PlotLayout, 'top' | 'base'>,
  n: number,
  { arrangement, spread }: { readonly arrangement: Arrangement; readonly spread: number },
): Lane[] {
  const whole = base - top;
  if (arrangement === 'mirror' && n === 2)
    return [false, true].map(down => ({ base: top + whole / 2, height: whole / 2, down }));
  const apart = arrangement === 'overlay' || arrangement === 'mirror' ? 0 : spread;
  const height = whole / (1 + (n - 1) * apart);
  return Array.from({ length: n }, (_, i) => ({
    base: top + height + i * apart * height,
    height,
    down: false,
  }));
}
