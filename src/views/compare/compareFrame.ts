import { AXES } from '../pattern/axes.ts';
import { binsWithin, largestWithin } from '../pattern/curve.ts';
import { type IntensityScale, intensityScale } from '../pattern/intensityScale.ts';
import { LEFT } from '../pattern/layout.ts';
import { toAxis } from '../pattern/zoom.ts';
import type { CompareScene, CompareView, SceneCurve } from './compareScene.ts';

/** The strip in which a pattern is drawn: its base line, its height, and whether it hangs down. */
export interface Lane {
  readonly base: number;
  readonly height: number;
  readonly down: boolean;
}

export interface CompareLayout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Top of each row of ticks, and the height of a tick; the rest of a row holds its hkl. */
  readonly rows: readonly number[];
  readonly rowHeight: number;
  readonly tick: number;
  readonly difference: { readonly top: number; readonly zero: number; readonly bottom: number } | null;
  readonly axis: number;
}

const RIGHT = 20;
const TOP = 18;
const AXIS = 24;
/** Rows with hkl and without. */
const ROOMY = 24;
const CLOSE = 12;

export function compareLayout(
  width: number,
  height: number,
  rows: number,
  withDifference: boolean,
): CompareLayout {
  const axis = height - AXIS;
  const free = axis - TOP;
  const rowHeight = rows * ROOMY < 0.36 * free ? ROOMY : CLOSE;
  const rest = free - rows * rowHeight - 8;
  const panel = withDifference && rest > 150 ? Math.max(44, Math.round(0.2 * rest)) : 0;
  const bottom = TOP + Math.max(20, rest - panel);
  const ticks = bottom + 6;
  const difference = ticks + rows * rowHeight;
  return {
    width,
    height,
    left: LEFT,
    right: Math.max(LEFT + 10, width - RIGHT),
    top: TOP,
    bottom,
    rows: Array.from({ length: rows }, (_, i) => ticks + i * rowHeight),
    rowHeight,
    tick: rowHeight === ROOMY ? 10 : 8,
    difference: panel > 0 ? { top: difference, zero: 0.5 * (difference + axis), bottom: axis } : null,
    axis,
  };
}

/** Strips of n patterns one over the other, the first on top, base lines `spread` heights apart. */
export function lanes(
  { top, bottom }: Pick<CompareLayout, 'top' | 'bottom'>,
  n: number,
  { arrangement, spread }: Pick<CompareView, 'arrangement' | 'spread'>,
): Lane[] {
  const whole = bottom - top;
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

/** Data to pixels. */
export interface CompareFrame {
  readonly layout: CompareLayout;
  readonly low: number;
  readonly high: number;
  readonly lanes: readonly Lane[];
  readonly intensity: IntensityScale;
  x(position: number): number;
  /** Of an angle of a curve, degrees at its own wavelength. */
  xOf(curve: SceneCurve, twoTheta: number): number;
  /** Angle at the wavelength of the axis. */
  twoThetaAt(x: number): number;
  y(lane: Lane, intensity: number): number;
  yDifference(difference: number): number;
}

export function compareFrame(layout: CompareLayout, scene: CompareScene, view: CompareView): CompareFrame {
  const { wavelength } = scene.instrument;
  const axis = AXES[view.axis];
  const [low, high] = toAxis(view.range, view.axis, wavelength);
  const perPixel = (high - low) / (layout.right - layout.left);
  const strips = lanes(layout, scene.curves.length, view);
  const tallest = (curve: SceneCurve): number => {
    const [from, to] = binsWithin(curve.positions, low, high);
    return curve.scale * largestWithin(curve.curve.values, from, to);
  };
  const top = Math.max(1, ...scene.curves.map(tallest));
  const height = strips[0]?.height ?? 1;
  const intensity = intensityScale(view.intensity, top, scene.floor, 15 / height);
  const { difference } = layout;
  const half = difference ? 0.5 * (difference.bottom - difference.top) : 0;
  return {
    layout,
    low,
    high,
    lanes: strips,
    intensity,
    x: position => layout.left + (position - low) / perPixel,
    xOf: ({ curve }, twoTheta) =>
      layout.left + (axis.at(twoTheta, curve.instrument.wavelength) - low) / perPixel,
    twoThetaAt: x => axis.twoTheta(low + (x - layout.left) * perPixel, wavelength),
    y: ({ base, height: room, down }, value) => base + (down ? room : -room) * intensity.share(value),
    yDifference: value => (difference ? difference.zero - (half * value) / top : 0),
  };
}
