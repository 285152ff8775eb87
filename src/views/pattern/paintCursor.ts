import { AXES } from './axes.ts';
import type { Picture } from './paintPattern.ts';
import { setFont } from './paintText.ts';
import type { Cursor } from './peakReadout.ts';
import { crisp, lines } from './strokes.ts';

/** What the pointer or the keys are at, drawn over the picture. */
export interface Marks {
  readonly cursor: Cursor | null;
  /** Pixel of the pointer; null when the keys chose the peak. */
  readonly pointer: number | null;
  /** A range being drawn, pixels. */
  readonly selection: readonly [number, number] | null;
}

export function paintCursor(ctx: CanvasRenderingContext2D, picture: Picture, marks: Marks): void {
  const { layout } = picture.frame;
  ctx.clearRect(0, 0, layout.width, layout.height);
  if (marks.selection) paintSelection(ctx, picture, marks.selection);
  if (!marks.cursor) return;
  const { frame, target, palette } = picture;
  ctx.save();
  ctx.beginPath();
  ctx.rect(layout.left, 0, layout.right - layout.left + 1, layout.axis);
  ctx.clip();
  const x = marks.pointer ?? frame.xOf(target.side.peaks[marks.cursor.target]!.twoTheta);
  lines(ctx, palette.axis, 1, [[crisp(x), layout.top, crisp(x), layout.axis]]);
  paintPeaks(ctx, picture, marks.cursor);
  ctx.restore();
  if (!marks.selection) paintPill(ctx, picture, x);
}

/** The ticks of both peaks, and every ribbon of the target's, stronger. */
function paintPeaks(
  ctx: CanvasRenderingContext2D,
  { frame, target, current, palette }: Picture,
  cursor: Cursor,
): void {
  const { targetTicks, currentTicks } = frame.layout;
  const tick = (twoTheta: number, [top, bottom]: readonly [number, number], colour: string): void => {
    const x = frame.xOf(twoTheta);
    lines(ctx, colour, 3, [[x, top - 1, x, bottom + 1]]);
  };
  if (current) {
    const own = current.comparison.ribbons.filter(ribbon => ribbon.target === cursor.target);
    for (const other of [false, true])
      lines(
        ctx,
        other ? palette.current : palette.ink2,
        1.4,
        own
          .filter(ribbon => ribbon.other === other)
          .map(({ from, to }) => [frame.xOf(from), targetTicks[1], frame.xOf(to), currentTicks[0]]),
      );
    const peak = current.side.peaks[cursor.current];
    if (peak) tick(peak.twoTheta, currentTicks, palette.current);
  }
  tick(target.side.peaks[cursor.target]!.twoTheta, targetTicks, palette.ink);
}

function paintSelection(
  ctx: CanvasRenderingContext2D,
  { frame: { layout }, palette }: Picture,
  [p, q]: readonly [number, number],
): void {
  const from = Math.max(layout.left, Math.min(p, q));
  const to = Math.min(layout.right, Math.max(p, q));
  ctx.fillStyle = palette.ink;
  ctx.globalAlpha = 0.08;
  ctx.fillRect(from, layout.top, to - from, layout.axis - layout.top);
  ctx.globalAlpha = 1;
  lines(ctx, palette.ink2, 1, [
    [from, layout.top, from, layout.axis],
    [to, layout.top, to, layout.axis],
  ]);
}

const DECIMALS = { twoTheta: 2, q: 3, d: 3 } as const;

/** The place of the cursor as a pill on the axis. */
function paintPill(
  ctx: CanvasRenderingContext2D,
  { frame, view, target, palette }: Picture,
  x: number,
): void {
  const { layout } = frame;
  const { wavelength } = target.instrument;
  const position = AXES[view.axis].at(frame.twoThetaAt(x), wavelength);
  const value = view.axis === 'd' ? Math.exp(-position) : position;
  if (!Number.isFinite(value)) return;
  const text = value.toFixed(DECIMALS[view.axis]);
  setFont(ctx, palette, 10.5, '600');
  const width = ctx.measureText(text).width + 10;
  const left = Math.max(layout.left, Math.min(layout.width - width, x - width / 2));
  ctx.fillStyle = palette.ink;
  ctx.beginPath();
  ctx.roundRect(left, layout.axis + 3, width, 16, 4);
  ctx.fill();
  ctx.fillStyle = palette.panel;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'alphabetic';
  ctx.fillText(text, left + width / 2, layout.axis + 14.7);
}
