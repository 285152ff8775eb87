import type { Ink } from '../../ui/ink.ts';
import { linePoints } from './curve.ts';
import type { Frame } from './frame.ts';
import { DIFFERENCE_SHARE } from './layout.ts';
import { COUNTS_FROM } from './occupancy.ts';
import { paintHorizontalAxis, ticksOf } from './paintAxis.ts';
import { paintHkl, setFont } from './paintText.ts';
import type { Palette } from './palette.ts';
import { placeLabels } from './peakLabels.ts';
import {
  type CurrentScene,
  EXPLORER_LOOK,
  type PatternSide,
  type TargetScene,
  type ViewSettings,
} from './scene.ts';
import { crisp, fillUnder, lines, strokePoints } from './strokes.ts';

export interface Picture {
  readonly frame: Frame;
  readonly positions: Float64Array;
  readonly target: TargetScene;
  readonly current: CurrentScene | null;
  readonly view: ViewSettings;
  readonly palette: Palette;
}

/** The whole picture on a context whose unit is the CSS pixel. */
export function paintPattern(ctx: Ink, picture: Picture): void {
  const { layout } = picture.frame;
  ctx.clearRect(0, 0, layout.width, layout.height);
  paintGrid(ctx, picture);
  clipped(ctx, picture, layout.top, layout.axis, () => paintExcluded(ctx, picture));
  clipped(ctx, picture, layout.top - 2, layout.base, () => paintCurves(ctx, picture));
  clipped(ctx, picture, layout.base, layout.height, () => {
    paintRows(ctx, picture);
    paintDifference(ctx, picture);
  });
  paintAxes(ctx, picture);
  paintRowNames(ctx, picture);
  paintLabels(ctx, picture);
  paintMark(ctx, picture);
}

function clipped(
  ctx: Ink,
  { frame: { layout } }: Picture,
  top: number,
  bottom: number,
  paint: () => void,
): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(layout.left, top, layout.right - layout.left, bottom - top);
  ctx.clip();
  paint();
  ctx.restore();
}

function paintGrid(ctx: Ink, picture: Picture): void {
  const { frame, palette } = picture;
  const { top, base, difference } = frame.layout;
  const xs = ticksOf(frame, picture.view.axis).labelled.map(({ at }) => crisp(frame.x(at)));
  lines(
    ctx,
    palette.grid,
    1,
    xs.map(x => [x, top, x, base]),
  );
  if (difference)
    lines(
      ctx,
      palette.grid,
      1,
      xs.map(x => [x, difference.top, x, difference.bottom]),
    );
}

/** What does not count lies under a wash between two lines. */
function paintExcluded(ctx: Ink, { frame, target, palette }: Picture): void {
  const { top, axis } = frame.layout;
  for (const [from, to] of target.excluded) {
    const [left, right] = [frame.xOf(from), frame.xOf(to)];
    ctx.globalAlpha = 0.1;
    ctx.fillStyle = palette.ink;
    ctx.fillRect(left, top, right - left, axis - top);
    ctx.globalAlpha = 1;
    lines(ctx, palette.line2, 1, [
      [left, top, left, axis],
      [right, top, right, axis],
    ]);
  }
}

function paintCurves(ctx: Ink, picture: Picture): void {
  const { target, current, view, palette } = picture;
  if (view.style === 'sticks') {
    sticks(ctx, picture, target.side, palette.truthLine, 3.5);
    if (current) sticks(ctx, picture, current.side, palette.current, 1.4);
    return;
  }
  const points = curvePoints(picture, target.side.values);
  fillUnder(ctx, points, picture.frame.layout.base, palette.truthFill);
  strokePoints(ctx, points, palette.truthLine, 1);
  if (current) strokePoints(ctx, curvePoints(picture, current.side.values), palette.current, 1.4);
}

function curvePoints({ frame, positions, target }: Picture, values: Float64Array): number[] {
  return linePoints(
    frame.bins[0],
    frame.bins[1],
    bin => frame.x(positions[bin]!),
    bin => frame.y(target.scale * values[bin]!),
  );
}

const inRange = ({ view: { range } }: Picture, twoTheta: number): boolean =>
  twoTheta >= range[0] && twoTheta <= range[1];

function sticks(ctx: Ink, picture: Picture, side: PatternSide, colour: string, width: number): void {
  const { frame, target } = picture;
  const shown = side.peaks.filter(
    peak => inRange(picture, peak.twoTheta) && frame.intensity.share(target.scale * peak.intensity) > 0,
  );
  lines(
    ctx,
    colour,
    width,
    shown.map(peak => {
      const x = frame.xOf(peak.twoTheta);
      return [x, frame.layout.base, x, frame.y(target.scale * peak.intensity)];
    }),
  );
}

/** Of peaks too weak to count. */
const FAINT = 0.35;

function paintRows(ctx: Ink, picture: Picture): void {
  const { frame, target, current, palette } = picture;
  const { targetTicks, currentTicks } = frame.layout;
  const strongest = target.side.peaks.reduce((most, peak) => Math.max(most, peak.intensity), 0);
  const row = (
    side: PatternSide,
    [top, bottom]: readonly [number, number],
    colour: string,
    width: number,
  ): void => {
    for (const weak of [true, false]) {
      ctx.globalAlpha = weak ? FAINT : 1;
      const shown = side.peaks.filter(
        peak => inRange(picture, peak.twoTheta) && peak.intensity < COUNTS_FROM * strongest === weak,
      );
      lines(
        ctx,
        colour,
        width,
        shown.map(({ twoTheta }) => [frame.xOf(twoTheta), top, frame.xOf(twoTheta), bottom]),
      );
    }
    ctx.globalAlpha = 1;
  };
  if (current && !picture.view.look?.single) {
    const { ribbons } = current.comparison;
    const path = (other: boolean): [number, number, number, number][] =>
      ribbons
        .filter(ribbon => ribbon.other === other)
        .map(({ from, to }) => [frame.xOf(from), targetTicks[1], frame.xOf(to), currentTicks[0]]);
    ctx.globalAlpha = 0.75;
    lines(ctx, palette.truthLine, 0.9, path(false));
    ctx.globalAlpha = 1;
    lines(ctx, palette.current, 1.2, path(true));
    row(current.side, currentTicks, palette.current, 1.4);
  }
  row(target.side, targetTicks, palette.ink, 1.5);
}

function paintDifference(ctx: Ink, picture: Picture): void {
  const { frame, positions, target, current, palette } = picture;
  const { left, right, difference } = frame.layout;
  if (!difference) return;
  const zero = crisp(difference.zero);
  lines(ctx, palette.line2, 1, [[left, zero, right, zero]]);
  if (!current) return;
  const points = linePoints(
    frame.bins[0],
    frame.bins[1],
    bin => frame.x(positions[bin]!),
    bin => frame.yDifference(target.scale * (target.side.values[bin]! - current.side.values[bin]!)),
  );
  strokePoints(ctx, points, palette.ink2, 1);
  const { note } = picture.view.look ?? EXPLORER_LOOK;
  if (!note) return;
  setFont(ctx, palette, 11);
  ctx.textAlign = 'right';
  ctx.textBaseline = 'alphabetic';
  const width = ctx.measureText(note).width;
  // The noted line is flat where there is something to say of it; the words stand above.
  ctx.fillStyle = palette.panel;
  ctx.fillRect(right - width - 6, zero - 17, width + 6, 14);
  ctx.fillStyle = palette.ink2;
  ctx.fillText(note, right - 2, zero - 5);
}

/** The chosen reflection: a dotted line through the panels and its indices at the top. */
function paintMark(ctx: Ink, picture: Picture): void {
  const { mark } = picture.view.look ?? EXPLORER_LOOK;
  const { frame, palette } = picture;
  if (!mark || !inRange(picture, mark.twoTheta)) return;
  const { left, right, top, base, targetTicks } = frame.layout;
  const x = frame.xOf(mark.twoTheta);
  ctx.save();
  ctx.setLineDash([1.5, 3]);
  lines(ctx, palette.ink, 1.4, [[x, top, x, Math.max(base, targetTicks[1])]]);
  ctx.restore();
  paintHkl(ctx, mark.hkl, Math.max(left + 14, Math.min(right - 14, x + 14)), top + 8, palette);
}

function paintAxes(ctx: Ink, picture: Picture): void {
  const { frame, view, palette } = picture;
  const { left, right, top, base, axis } = frame.layout;
  const baseY = crisp(base);
  lines(ctx, palette.axis, 1, [
    [left, baseY, right, baseY],
    [left - 0.5, top, left - 0.5, base],
    ...frame.intensity.ticks.map(
      ({ value }) => [left - 5, crisp(frame.y(value)), left, crisp(frame.y(value))] as const,
    ),
  ]);
  setFont(ctx, palette, 11);
  ctx.fillStyle = palette.ink2;
  ctx.textBaseline = 'alphabetic';
  ctx.textAlign = 'right';
  for (const { value, text } of frame.intensity.ticks)
    ctx.fillText(text, left - 9, Math.min(base + 3, frame.y(value) + 4));
  paintHorizontalAxis(ctx, frame, view.axis, axis, palette);
}

function paintRowNames(ctx: Ink, { frame, current, view, palette }: Picture): void {
  const look = view.look ?? EXPLORER_LOOK;
  const { left, targetTicks, currentTicks, difference } = frame.layout;
  setFont(ctx, palette, 10.5);
  ctx.textAlign = 'right';
  ctx.textBaseline = 'alphabetic';
  const name = (text: string, y: number, colour: string): void => {
    ctx.fillStyle = colour;
    ctx.fillText(text, left - 9, y);
  };
  name(look.single ? 'hkl' : look.target, targetTicks[1] - 1, palette.ink);
  if (current && !look.single) name(look.current, currentTicks[1] - 1, palette.current);
  if (!difference) return;
  const roomy = difference.bottom - difference.top >= 28;
  name('diff.', difference.zero + (roomy ? -1 : 3.5), palette.ink2);
  if (roomy)
    name(`× ${DIFFERENCE_SHARE === 0.25 ? '¼' : DIFFERENCE_SHARE}`, difference.zero + 10.5, palette.ink3);
}

/** Room for one label in this many pixels of width at most. */
const PER_LABEL = 44;
/** Kept free of other labels on both sides of the marked reflection, pixels. */
const MARK_ROOM = 30;

function paintLabels(ctx: Ink, picture: Picture): void {
  const { mark } = picture.view.look ?? EXPLORER_LOOK;
  const marked = mark && picture.frame.xOf(mark.twoTheta);
  const { frame, target, view, palette } = picture;
  const { left, right, top } = frame.layout;
  const { peaks, values } = target.side;
  const { twoThetaMin, step } = target.instrument;
  const places = peaks.flatMap((peak, index) => {
    const x = frame.xOf(peak.twoTheta);
    if (!inRange(picture, peak.twoTheta) || x < left + 8 || x > right + 2) return [];
    // The marked reflection has its own label.
    if (marked !== null && Math.abs(x - marked) < MARK_ROOM) return [];
    const bin = Math.max(0, Math.min(values.length - 1, Math.round((peak.twoTheta - twoThetaMin) / step)));
    const height = target.scale * (view.style === 'profile' ? values[bin]! : peak.intensity);
    if (!(frame.intensity.share(target.scale * peak.intensity) > 0.02)) return [];
    return [{ index, x, y: Math.max(top - 4, frame.y(height) - 5), strength: peak.intensity }];
  });
  for (const { index, x, y } of placeLabels(places, Math.floor((right - left) / PER_LABEL)))
    paintHkl(ctx, peaks[index]!.forms[0]!.hkl, x, y, palette);
}
