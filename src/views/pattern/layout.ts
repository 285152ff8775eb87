/** Where everything is on the canvas, in CSS pixels; the left column never changes its width. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  /** Top and bottom line of the intensity panel. */
  readonly top: number;
  readonly base: number;
  readonly targetTicks: readonly [number, number];
  readonly currentTicks: readonly [number, number];
  /** The difference panel; null where there is no room for it. */
  readonly difference: { readonly top: number; readonly zero: number; readonly bottom: number } | null;
  readonly axis: number;
}

export const LEFT = 52;
/** Half of the last label of the axis stands outside the plot. */
const RIGHT = 20;
const LABELS = 16;
const AXIS = 20;

/** The difference is drawn at this share of the scale of the patterns, so that ±100 fits its panel. */
export const DIFFERENCE_SHARE = 1 / 4;

/** @param single one row of ticks for both patterns, which then share its place */
export function layoutOf(width: number, height: number, single = false): Layout {
  const small = height < 150;
  const tick = small ? 6 : 10;
  const ribbon = single ? -tick : small ? 6 : 11;
  const [afterPlot, afterTicks] = small ? [4, 3] : [7, 6];
  const rows = afterPlot + 2 * tick + ribbon + afterTicks;
  const free = height - LABELS - rows - AXIS;
  const withDifference = free >= 54;
  const plot = Math.max(10, Math.floor(withDifference ? free / (1 + 2 * DIFFERENCE_SHARE) : free));
  const top = LABELS;
  const base = top + plot;
  const targetTop = base + afterPlot;
  const currentTop = targetTop + tick + ribbon;
  const differenceTop = currentTop + tick + afterTicks;
  const axis = height - AXIS;
  return {
    width,
    height,
    left: LEFT,
    right: Math.max(LEFT + 10, width - RIGHT),
    top,
    base,
    targetTicks: [targetTop, targetTop + tick],
    currentTicks: [currentTop, currentTop + tick],
    difference: withDifference
      ? { top: differenceTop, zero: 0.5 * (differenceTop + axis), bottom: axis }
      : null,
    axis,
  };
}
