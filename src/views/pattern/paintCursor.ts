import type { Ink } from '../../ui/ink.ts';
import { clipped, crisp, lines } from '../../ui/strokes.ts';
import { AXES } from './axes.ts';
import type { Picture } from './frame.ts';
import { colourOf, ribbonLines, rowsOf } from './paintPattern.ts';
import { setFont } from './paintText.ts';
import { nearestPeak, POINTABLE } from './peaks.ts';
import { ownAngle } from './plotScene.ts';

/** Marks over the picture that follow the pointer and the keys. */
export interface CursorMarks {
  /** 2θ at the wavelength of the axis. */
  readonly at: number | null;
  /** A range being drawn, pixels. */
  readonly selection: readonly [number, number] | null;
}

export function paintCursor(ctx: Ink, picture: Picture, { at, selection }: CursorMarks): void {
  const { frame, palette } = picture;
  const { layout } = frame;
  ctx.clearRect(0, 0, layout.width, layout.height);
  if (selection) paintSelection(ctx, picture, selection);
  if (at === null) return;
  const x = frame.xOf(at);
  clipped(ctx, layout.left, 0, layout.right + 1, layout.axis, () => {
    lines(ctx, palette.axis, 1, [[crisp(x), layout.top, crisp(x), layout.axis]]);
    paintPeaks(ctx, picture, at);
  });
  if (!selection) paintPill(ctx, picture, x);
}

/** The tick of the nearest peak of every row, and the ribbons of the first row's, stronger. */
function paintPeaks(ctx: Ink, picture: Picture, at: number): void {
  const { frame, scene, view, palette } = picture;
  const nearest = rowsOf(picture).map(row => ({
    ...row,
    index: nearestPeak(
      row.curve.peaks,
      ownAngle(scene, row.curve, at, view.axis),
      POINTABLE * row.curve.strongest,
    ),
  }));
  const first = nearest[0]?.index ?? -1;
  for (const other of [false, true])
    lines(ctx, other ? palette.current : palette.ink2, 1.4, ribbonLines(picture, other, first));
  for (const { curve, top, bottom, index } of nearest) {
    const peak = curve.peaks[index];
    if (!peak) continue;
    const x = frame.xOf(peak.twoTheta, curve.wavelength);
    lines(ctx, colourOf(palette, curve.row!.colour), 3, [[x, top - 1, x, bottom + 1]]);
  }
}

function paintSelection(
  ctx: Ink,
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
function paintPill(ctx: Ink, { frame, view, scene, palette }: Picture, x: number): void {
  const { layout } = frame;
  if (x < layout.left || x > layout.right) return;
  const position = AXES[view.axis].at(frame.twoThetaAt(x), scene.instrument.wavelength);
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
