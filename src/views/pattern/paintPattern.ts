import type { Ink } from '../../ui/ink.ts';
import { clipped, crisp, fillUnder, lines, strokePoints } from '../../ui/strokes.ts';
import type { Palette } from '../palette.ts';
import { AXES } from './axes.ts';
import { binsWithin, linePoints, pointAt } from './curve.ts';
import { drawnAsSticks, type Frame, type Lane, type Picture } from './frame.ts';
import { COUNTS_FROM } from './occupancy.ts';
import { paintAxes, paintGrid } from './paintAxes.ts';
import { paintHkl, setFont } from './paintText.ts';
import { type LabelPlace, placeLabels } from './peaks.ts';
import type { PlotColour, PlotCurve } from './plotScene.ts';

/** The whole picture on a context whose unit is the CSS pixel. */
export function paintPattern(ctx: Ink, picture: Picture): void {
  const { layout } = picture.frame;
  const { left, right, top, base, axis } = layout;
  ctx.clearRect(0, 0, layout.width, layout.height);
  paintGrid(ctx, picture);
  clipped(ctx, left, top, right, axis, () => paintExcluded(ctx, picture));
  clipped(ctx, left, top - 2, right, base + 1, () => paintCurves(ctx, picture));
  clipped(ctx, left, base, right, axis, () => {
    paintRows(ctx, picture);
    paintDifference(ctx, picture);
  });
  paintAxes(ctx, picture);
  paintRowNames(ctx, picture);
  paintTitles(ctx, picture);
  paintLabels(ctx, picture);
  paintMark(ctx, picture);
}

export const colourOf = (palette: Palette, colour: PlotColour): string =>
  typeof colour === 'number' ? (palette.series[colour] ?? palette.ink) : palette[colour];

/** Regions that do not count, under a wash between two lines. */
function paintExcluded(ctx: Ink, { frame, scene, palette }: Picture): void {
  const { top, axis } = frame.layout;
  for (const [from, to] of scene.excluded) {
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
  const { frame, scene, view, palette } = picture;
  for (const [i, curve] of scene.curves.entries()) {
    const lane = frame.lanes[i]!;
    const colour = colourOf(palette, curve.colour);
    if (drawnAsSticks(curve, view)) {
      paintSticks(ctx, picture, curve, lane);
      continue;
    }
    const points = linePoints(
      ...binsWithin(curve.positions, frame.low, frame.high),
      point => frame.x(curve.positions[point]!),
      point => frame.y(lane, curve.scale * curve.values[point]!),
    );
    if (curve.fill) {
      ctx.globalAlpha = curve.fill.alpha;
      fillUnder(ctx, points, lane.base, colourOf(palette, curve.fill.colour));
      ctx.globalAlpha = 1;
    }
    ctx.setLineDash([...curve.dash]);
    strokePoints(ctx, points, colour, curve.width);
    ctx.setLineDash([]);
  }
}

function paintSticks(ctx: Ink, { frame, palette }: Picture, curve: PlotCurve, lane: Lane): void {
  const shown = curve.peaks.flatMap(({ twoTheta, intensity }) => {
    const height = curve.stickScale * intensity;
    const x = frame.xOf(twoTheta, curve.wavelength) + curve.stickShift;
    return inside(frame, x) && frame.intensity.share(height) > 0
      ? [[x, lane.base, x, frame.y(lane, height)] as const]
      : [];
  });
  lines(ctx, colourOf(palette, curve.colour), curve.stickWidth, shown);
}

const inside = ({ layout }: Frame, x: number): boolean => x >= layout.left && x <= layout.right;

/** Of peaks too weak to count. */
const FAINT = 0.35;

/** Curves with a row of ticks, and where it is. */
export const rowsOf = ({ frame, scene }: Picture): { curve: PlotCurve; top: number; bottom: number }[] =>
  scene.curves
    .filter(curve => curve.row)
    .map((curve, i) => ({ curve, top: frame.layout.rows[i]![0], bottom: frame.layout.rows[i]![1] }));

/** Ticks nearer than this look like one, pixels. */
const APART = 0.125;

/** Pixels of the ticks of some peaks: as many as can be told apart, however many peaks there are. */
export function tickPlaces(
  frame: Pick<Frame, 'layout' | 'xOf'>,
  { peaks, wavelength }: Pick<PlotCurve, 'peaks' | 'wavelength'>,
  counts: (peak: PlotCurve['peaks'][number]) => boolean,
): number[] {
  const { left, right } = frame.layout;
  const places: number[] = [];
  let last = Number.NaN;
  for (const peak of peaks) {
    if (!counts(peak)) continue;
    const x = frame.xOf(peak.twoTheta, wavelength);
    if (x < left || x > right || Math.abs(x - last) < APART) continue;
    places.push((last = x));
  }
  return places;
}

/** Ribbons and ticks, the last row first. */
function paintRows(ctx: Ink, picture: Picture): void {
  const { frame, palette } = picture;
  ctx.globalAlpha = 0.75;
  lines(ctx, palette.truthLine, 0.9, ribbonLines(picture, false));
  ctx.globalAlpha = 1;
  lines(ctx, palette.current, 1.2, ribbonLines(picture, true));
  for (const { curve, top, bottom } of rowsOf(picture).reverse())
    for (const weak of [true, false]) {
      ctx.globalAlpha = weak ? FAINT : 1;
      const places = tickPlaces(
        frame,
        curve,
        ({ intensity }) => intensity < COUNTS_FROM * curve.strongest === weak,
      );
      lines(
        ctx,
        colourOf(palette, curve.row!.colour),
        1.5,
        places.map(x => [x, top, x, bottom]),
      );
    }
  ctx.globalAlpha = 1;
}

/** From the first row to the second: of reflections that took another's place, or of the rest. */
export function ribbonLines(
  { frame, scene }: Picture,
  other: boolean,
  target?: number,
): [number, number, number, number][] {
  const [from, to] = frame.layout.rows;
  if (!from || !to) return [];
  return scene.ribbons
    .filter(ribbon => ribbon.other === other && (target === undefined || ribbon.target === target))
    .map(ribbon => [frame.xOf(ribbon.from), from[1], frame.xOf(ribbon.to), to[0]]);
}

function paintDifference(ctx: Ink, { frame, scene, palette }: Picture): void {
  const { left, right, difference } = frame.layout;
  if (!difference || !scene.difference) return;
  const zero = crisp(difference.zero);
  lines(ctx, palette.line2, 1, [[left, zero, right, zero]]);
  const { positions, at, note } = scene.difference;
  if (!at) return;
  const points = linePoints(
    ...binsWithin(positions, frame.low, frame.high),
    point => frame.x(positions[point]!),
    point => frame.yDifference(at(point)),
  );
  strokePoints(ctx, points, palette.ink2, 1);
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

function paintRowNames(ctx: Ink, picture: Picture): void {
  const { frame, scene, palette } = picture;
  const { left, difference } = frame.layout;
  setFont(ctx, palette, 10.5);
  ctx.textAlign = 'right';
  const name = (text: string, y: number, colour: PlotColour): void => {
    ctx.fillStyle = colourOf(palette, colour);
    ctx.fillText(text, left - 9, y);
  };
  for (const { curve, bottom } of rowsOf(picture)) name(curve.row!.name, bottom - 1, curve.row!.colour);
  if (!difference || !scene.difference) return;
  const { share } = scene.difference;
  const roomy = share !== null && difference.bottom - difference.top >= 28;
  name(scene.difference.name, difference.zero + (roomy ? -1 : 3.5), 'ink2');
  if (roomy) name(`× ${share === 0.25 ? '¼' : share}`, difference.zero + 10.5, 'ink3');
}

/** Names where their patterns are; over each other, with their dashes, where they share a base line. */
export function paintTitles(ctx: Ink, { frame, scene, palette }: Picture): void {
  const { right, top } = frame.layout;
  const stacked = scene.arrangement === 'overlay';
  setFont(ctx, palette, 12, '600');
  ctx.lineJoin = 'round';
  for (const [i, curve] of scene.curves.entries()) {
    if (curve.title === null) continue;
    const { base, height, down } = frame.lanes[i]!;
    // Close together the tops of the patterns lie among those behind: the names stand over the ends of their own.
    const above =
      scene.arrangement === 'waterfall'
        ? overEnd(frame, curve, frame.lanes[i]!, right - 8 - ctx.measureText(curve.title).width) - 5
        : Math.max(top + 11, base - height + 13);
    const y = stacked ? top + 12 + 16 * i : down ? base + height - 6 : above;
    const colour = colourOf(palette, curve.colour);
    ctx.strokeStyle = palette.panel;
    ctx.lineWidth = 4;
    ctx.strokeText(curve.title, right - 4, y);
    ctx.fillStyle = colour;
    ctx.fillText(curve.title, right - 4, y);
    if (!stacked) continue;
    const width = ctx.measureText(curve.title).width;
    ctx.setLineDash([...curve.dash]);
    lines(ctx, colour, 2, [[right - width - 38, y - 4, right - width - 10, y - 4]]);
    ctx.setLineDash([]);
  }
}

/** Pixels of the highest point of a curve right of a place, at most a line of text over its base line. */
function overEnd(frame: Frame, curve: PlotCurve, lane: Lane, from: number): number {
  let highest = 0;
  for (let i = curve.values.length - 1; i >= 0 && frame.x(curve.positions[i]!) > from; i--)
    highest = Math.max(highest, curve.scale * curve.values[i]!);
  return Math.max(lane.base - 16, frame.y(lane, highest));
}

/** Kept free of other labels on both sides of the marked reflection, pixels. */
const MARK_ROOM = 30;

/** hkl of the strongest peaks, over them or under their ticks. */
function paintLabels(ctx: Ink, picture: Picture): void {
  const { frame, scene, view, palette } = picture;
  const { left, right, top, rows, pitch } = frame.layout;
  const marked = scene.mark && frame.xOf(scene.mark.twoTheta);
  let row = -1;
  for (const [i, curve] of scene.curves.entries()) {
    if (curve.row) row++;
    const under = curve.hkl === 'under ticks';
    const [tickTop, tickBottom] = rows[row] ?? [0, 0];
    if (!curve.hkl || (under && pitch <= tickBottom - tickTop + 8)) continue;
    const height = (index: number): number => {
      const { twoTheta, intensity } = curve.peaks[index]!;
      if (drawnAsSticks(curve, view)) return curve.stickScale * intensity;
      const at = AXES[view.axis].at(twoTheta, curve.wavelength);
      return curve.scale * curve.values[pointAt(curve.positions, at)]!;
    };
    const places = curve.peaks.flatMap(({ twoTheta, intensity }, index): LabelPlace[] => {
      const x = frame.xOf(twoTheta, curve.wavelength);
      // The marked reflection has its own label.
      if (marked !== null && Math.abs(x - marked) < MARK_ROOM) return [];
      if (x < left + 8 || x > right + (under ? -6 : 2)) return [];
      if (under)
        return intensity >= 0.002 * curve.strongest ? [{ index, x, y: tickTop, strength: intensity }] : [];
      if (!(frame.intensity.share(curve.stickScale * intensity) > 0.02)) return [];
      return [
        { index, x, y: Math.max(top - 4, frame.y(frame.lanes[i]!, height(index)) - 5), strength: intensity },
      ];
    });
    for (const { index, x, y } of placeLabels(places, Math.floor((right - left) / (under ? 34 : 44))))
      paintHkl(ctx, curve.peaks[index]!.forms[0]!.hkl, x, under ? tickTop + pitch - 3 : y, palette);
  }
}

/** The marked reflection: a dotted line through the panels and its indices at the top. */
function paintMark(ctx: Ink, { frame, scene: { mark }, view, palette }: Picture): void {
  if (!mark || mark.twoTheta < view.range[0] || mark.twoTheta > view.range[1]) return;
  const { left, right, top, base, rows } = frame.layout;
  const x = frame.xOf(mark.twoTheta);
  ctx.save();
  ctx.setLineDash([1.5, 3]);
  lines(ctx, palette.ink, 1.4, [[x, top, x, Math.max(base, rows[0]?.[1] ?? base)]]);
  ctx.restore();
  paintHkl(ctx, mark.hkl, Math.max(left + 14, Math.min(right - 14, x + 14)), top + 8, palette);
}
