import type { Instrument } from '../../diffraction/instrument.ts';
import { AXES, type Quantity } from './axes.ts';

/** Ranges of the horizontal axis, always kept as 2θ in degrees. */
export type Range = readonly [number, number];

/** Nothing narrower than this can be chosen, degrees: 50 bins of the paper's grid. */
const NARROWEST = 0.5;
/** Of an axis that ends at infinity, degrees. */
const SMALLEST_ANGLE = 0.5;

/** The range shown without a zoom: from a little below the first peak to the end of the window. */
export function homeRange(instrument: Instrument, firstPeak: number | undefined): Range {
  const { twoThetaMin, twoThetaMax } = instrument;
  if (firstPeak === undefined || !Number.isFinite(firstPeak)) return [twoThetaMin, twoThetaMax];
  // Room for a cell 15 % longer.
  const start = Math.floor(2 * 0.85 * firstPeak) / 2;
  return [Math.max(twoThetaMin, Math.min(start, twoThetaMax - 1)), twoThetaMax];
}

/** A range inside the window, not narrower than half a degree; keeps its width where it can. */
export function clampRange([low, high]: Range, instrument: Instrument): Range {
  const { twoThetaMin, twoThetaMax } = instrument;
  const width = Math.min(twoThetaMax - twoThetaMin, Math.max(NARROWEST, high - low));
  const middle = 0.5 * (low + high);
  const start = Math.max(
    twoThetaMin,
    Math.min(twoThetaMax - width, high - low < NARROWEST ? middle - width / 2 : low),
  );
  return [start, start + width];
}

/** A range in the coordinates of an axis and back. */
export const toAxis = ([low, high]: Range, quantity: Quantity, wavelength: number): Range => [
  AXES[quantity].at(quantity === 'd' ? Math.max(low, SMALLEST_ANGLE) : low, wavelength),
  AXES[quantity].at(high, wavelength),
];

function fromAxis([low, high]: Range, quantity: Quantity, instrument: Instrument): Range {
  const { wavelength, twoThetaMin, twoThetaMax } = instrument;
  const angle = (position: number, beyond: number): number => {
    const value = AXES[quantity].twoTheta(position, wavelength);
    return Number.isFinite(value) ? value : beyond;
  };
  return clampRange([angle(low, twoThetaMin), angle(high, twoThetaMax)], instrument);
}

/** Visible part of the axis. */
interface View {
  readonly range: Range;
  readonly axis: Quantity;
}

/** The range between two places given as shares of the width, 0 at the left and 1 at the right. */
function part({ range, axis }: View, p: number, q: number, instrument: Instrument): Range {
  const [low, high] = toAxis(range, axis, instrument.wavelength);
  return fromAxis([low + p * (high - low), low + q * (high - low)], axis, instrument);
}

/** `factor` times as wide, with the place at the share `from` brought to the share `to` of the width. */
export const zoomed = (
  view: View,
  factor: number,
  instrument: Instrument,
  from: number,
  to: number = from,
): Range => part(view, from - factor * to, from + factor * (1 - to), instrument);

/** Moved by a share of its width, to the right where positive; stops at the ends of the window. */
export function panned({ range, axis }: View, share: number, instrument: Instrument): Range {
  const { twoThetaMin, twoThetaMax, wavelength } = instrument;
  const [low, high] = toAxis(range, axis, wavelength);
  const [first, last] = toAxis([twoThetaMin, twoThetaMax], axis, wavelength);
  const move = Math.max(first - low, Math.min(last - high, share * (high - low)));
  return fromAxis([low + move, high + move], axis, instrument);
}

/** The part between two places given as shares of the width. */
export function partBetween(view: View, p: number, q: number, instrument: Instrument): Range {
  const inside = (share: number): number => Math.max(0, Math.min(1, share));
  return part(view, inside(Math.min(p, q)), inside(Math.max(p, q)), instrument);
}

const tidy = (angle: number): number => Number(angle.toFixed(3));

/** As a link carries it; null when it is (within a hundredth of a degree) the range shown without a zoom. */
export const asZoom = (range: Range, home: Range): Range | null =>
  Math.abs(range[0] - home[0]) < 0.01 && Math.abs(range[1] - home[1]) < 0.01
    ? null
    : [tidy(range[0]), tidy(range[1])];
