import { AXES } from './axes.ts';
import { binsWithin, largestWithin } from './curve.ts';
import { type IntensityScale, intensityScale } from './intensityScale.ts';
import { type Lane, type Layout, lanes, layoutOf } from './layout.ts';
import type { Palette } from './palette.ts';
import type { PlotCurve, PlotScene, ViewSettings } from './plotScene.ts';
import { toAxis } from './zoom.ts';

/** Data to pixels for one size, scene and view. */
export interface Frame {
  readonly layout: Layout;
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

export function frameOf(width: number, height: number, scene: PlotScene, view: ViewSettings): Frame {
  const { curves, difference, home } = scene;
  const layout = layoutOf(width, height, {
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
