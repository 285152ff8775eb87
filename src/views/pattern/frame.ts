import { AXES } from './axes.ts';
import { binsWithin, largestWithin } from './curve.ts';
import { type IntensityScale, intensityScale } from './intensityScale.ts';
import type { Layout } from './layout.ts';
import { DIFFERENCE_SHARE } from './layout.ts';
import type { CurrentScene, PatternSide, TargetScene, ViewSettings } from './scene.ts';
import { toAxis } from './zoom.ts';

/** Data to pixels for one layout, view and pair of patterns. */
export interface Frame {
  readonly layout: Layout;
  readonly low: number;
  readonly high: number;
  /** Bins to draw: [from, to). */
  readonly bins: readonly [number, number];
  readonly intensity: IntensityScale;
  /** Pixel of a place on the axis, of a 2θ, and the 2θ of a pixel. */
  x(position: number): number;
  xOf(twoTheta: number): number;
  twoThetaAt(x: number): number;
  /** Pixel of an intensity in per cent, and of a difference in its panel. */
  y(intensity: number): number;
  yDifference(difference: number): number;
}

/** Zoomed into silence, the axis still ends at one per cent. */
const LOWEST_TOP = 1;

export function frameOf(
  layout: Layout,
  positions: Float64Array,
  target: TargetScene,
  current: CurrentScene | null,
  view: ViewSettings,
): Frame {
  const { wavelength } = target.instrument;
  const axis = AXES[view.axis];
  const [low, high] = toAxis(view.range, view.axis, wavelength);
  const bins = binsWithin(positions, low, high);
  const perPixel = (high - low) / (layout.right - layout.left);
  const height = layout.base - layout.top;
  const visible = (side: PatternSide): number => target.scale * highestIn(side, bins, view);
  const own = isHome(view, target) ? 100 : visible(target.side);
  const top = Math.max(LOWEST_TOP, own, current ? visible(current.side) : 0);
  const intensity = intensityScale(view.intensity, top, target.floor, 15 / height);
  const zero = layout.difference?.zero ?? layout.axis;
  return {
    layout,
    low,
    high,
    bins,
    intensity,
    x: position => layout.left + (position - low) / perPixel,
    xOf: twoTheta => layout.left + (axis.at(twoTheta, wavelength) - low) / perPixel,
    twoThetaAt: x => axis.twoTheta(low + (x - layout.left) * perPixel, wavelength),
    y: value => layout.base - height * intensity.share(value),
    yDifference: value => zero - (DIFFERENCE_SHARE * height * value) / top,
  };
}

const isHome = (view: ViewSettings, target: TargetScene): boolean =>
  view.range[0] <= target.home[0] && view.range[1] >= target.home[1];

function highestIn(side: PatternSide, [from, to]: readonly [number, number], view: ViewSettings): number {
  if (view.style === 'profile') return largestWithin(side.values, from, to);
  const [low, high] = view.range;
  return side.peaks.reduce(
    (most, { twoTheta, intensity }) =>
      twoTheta >= low && twoTheta <= high && intensity > most ? intensity : most,
    0,
  );
}
