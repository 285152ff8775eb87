import type { Ink } from '../../ui/ink.ts';
import { crisp, lines } from '../../ui/strokes.ts';
import { AXES, axisTicks, type Quantity } from './axes.ts';
import type { Frame, Picture } from './frame.ts';
import { paintQuantity, setFont } from './paintText.ts';

/** Room of a label of the axis, pixels. */
const AXIS_GAP = { widest: 80, narrowest: 44, spacing: 40 };

function ticksOf({ layout, low, high }: Frame, quantity: Quantity): ReturnType<typeof axisTicks> {
  const width = layout.right - layout.left;
  const gap =
    quantity === 'd' ? AXIS_GAP.spacing : Math.max(AXIS_GAP.narrowest, Math.min(AXIS_GAP.widest, width / 6));
  return axisTicks(quantity, low, high, width, gap);
}

/** Lines at the numbers of the horizontal axis. */
export function paintGrid(ctx: Ink, { frame, view, palette }: Picture): void {
  const { top, base, difference } = frame.layout;
  const spans = [[top, base] as const, ...(difference ? [[difference.top, difference.bottom] as const] : [])];
  const xs = ticksOf(frame, view.axis).labelled.map(({ at }) => crisp(frame.x(at)));
  const grid = spans.flatMap(([from, to]) => xs.map(x => [x, from, x, to] as const));
  lines(ctx, palette.grid, 1, grid);
}

/** Base lines, the intensity axis and the horizontal axis, with their numbers. */
export function paintAxes(ctx: Ink, { frame, scene, view, palette }: Picture): void {
  const { left, right, top, base } = frame.layout;
  const bases = [...new Set(frame.lanes.map(lane => crisp(lane.base)))];
  lines(ctx, palette.axis, 1, [
    [left - 0.5, top, left - 0.5, base],
    ...bases.map(y => [left, y, right, y] as const),
  ]);
  setFont(ctx, palette, 11);
  ctx.fillStyle = palette.ink2;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'alphabetic';
  // In strips the numbers of one strip say it for all.
  const strips = scene.arrangement === 'offset' || scene.arrangement === 'waterfall';
  for (const lane of strips ? frame.lanes.slice(-1) : new Set(frame.lanes))
    for (const { value, text } of frame.intensity.ticks) {
      const y = frame.y(lane, value);
      if (lane.down && value === 0) continue;
      lines(ctx, palette.axis, 1, [[left - 5, crisp(y), left, crisp(y)]]);
      ctx.fillText(text, left - 9, lane.down ? y + 4 : Math.min(lane.base + 3, y + 4));
    }
  if (scene.intensityTitle) {
    setFont(ctx, palette, 10.5);
    ctx.textAlign = 'left';
    ctx.fillText(scene.intensityTitle, left - 44, 9);
  }
  paintHorizontalAxis(ctx, { frame, scene, view, palette });
}

/** Ticks, numbers, quantity and unit. */
function paintHorizontalAxis(ctx: Ink, { frame, view: { axis: quantity }, palette }: Picture): void {
  const { left, right, axis: y } = frame.layout;
  const { labelled, minor } = ticksOf(frame, quantity);
  const axisY = crisp(y);
  lines(ctx, palette.axis, 1, [
    [left, axisY, right, axisY],
    ...minor.map(at => [crisp(frame.x(at)), y, crisp(frame.x(at)), y + 3] as const),
    ...labelled.map(({ at }) => [crisp(frame.x(at)), y, crisp(frame.x(at)), y + 5] as const),
  ]);
  setFont(ctx, palette, 11);
  ctx.fillStyle = palette.ink2;
  ctx.textAlign = 'center';
  for (const { at, text } of labelled) ctx.fillText(text, frame.x(at), y + 16);
  paintQuantity(ctx, AXES[quantity].symbol, AXES[quantity].unit, left - 9, y + 16, palette);
}
