import type { Ink } from '../../ui/ink.ts';
import { AXES, axisTicks, type Quantity } from './axes.ts';
import { paintQuantity, setFont } from './paintText.ts';
import type { Palette } from './palette.ts';
import { crisp, lines } from './strokes.ts';

/** What an axis needs to know of the picture it stands under. */
export interface AxisFrame {
  readonly layout: { readonly left: number; readonly right: number };
  /** Ends of the axis, in its own quantity. */
  readonly low: number;
  readonly high: number;
  x(position: number): number;
}

/** Room of a label of the axis, pixels. */
const AXIS_GAP = { widest: 80, narrowest: 44, spacing: 40 };

export function ticksOf({ layout, low, high }: AxisFrame, quantity: Quantity): ReturnType<typeof axisTicks> {
  const width = layout.right - layout.left;
  const gap =
    quantity === 'd' ? AXIS_GAP.spacing : Math.max(AXIS_GAP.narrowest, Math.min(AXIS_GAP.widest, width / 6));
  return axisTicks(quantity, low, high, width, gap);
}

/** The horizontal axis at a height, with ticks, numbers, quantity and unit. */
export function paintHorizontalAxis(
  ctx: Ink,
  frame: AxisFrame,
  quantity: Quantity,
  y: number,
  palette: Palette,
): void {
  const { left, right } = frame.layout;
  const { labelled, minor } = ticksOf(frame, quantity);
  const axisY = crisp(y);
  lines(ctx, palette.axis, 1, [
    [left, axisY, right, axisY],
    ...minor.map(at => [crisp(frame.x(at)), y, crisp(frame.x(at)), y + 3] as const),
    ...labelled.map(({ at }) => [crisp(frame.x(at)), y, crisp(frame.x(at)), y + 5] as const),
  ]);
  setFont(ctx, palette, 11);
  ctx.fillStyle = palette.ink2;
  ctx.textBaseline = 'alphabetic';
  ctx.textAlign = 'center';
  for (const { at, text } of labelled) ctx.fillText(text, frame.x(at), y + 16);
  paintQuantity(ctx, AXES[quantity].symbol, AXES[quantity].unit, left - 9, y + 16, palette);
}
