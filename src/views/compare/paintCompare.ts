import type { Ink } from '../../ui/ink.ts';
import { binsWithin, linePoints } from '../pattern/curve.ts';
import { COUNTS_FROM } from '../pattern/occupancy.ts';
import { paintHorizontalAxis, ticksOf } from '../pattern/paintAxis.ts';
import { paintHkl, setFont } from '../pattern/paintText.ts';
import { placeLabels } from '../pattern/peakLabels.ts';
import { crisp, fillUnder, lines, strokePoints } from '../pattern/strokes.ts';
import type { CompareFrame, Lane } from './compareFrame.ts';
import type { ComparePalette } from './comparePalette.ts';
import type { CompareScene, CompareView, SceneCurve } from './compareScene.ts';

export interface ComparePicture {
  readonly frame: CompareFrame;
  readonly scene: CompareScene;
  readonly view: CompareView;
  readonly palette: ComparePalette;
}

/** Of an overlay, where lines cross and colour alone would tell them apart. */
export const DASHES: readonly (readonly number[])[] = [
  [],
  [7, 3],
  [2, 2],
  [9, 3, 2, 3],
  [4, 4],
  [12, 4],
  [1, 3],
  [6, 2, 2, 2],
];

/** The whole picture on a context whose unit is the CSS pixel. */
export function paintCompare(ctx: Ink, picture: ComparePicture): void {
  const { layout } = picture.frame;
  ctx.clearRect(0, 0, layout.width, layout.height);
  paintGrid(ctx, picture);
  inside(ctx, picture, layout.top - 2, layout.bottom + 1, () => paintCurves(ctx, picture));
  inside(ctx, picture, layout.bottom, layout.axis, () => {
    picture.scene.curves.forEach((_, i) => {
      paintRow(ctx, picture, i);
    });
    paintDifference(ctx, picture);
  });
  paintAxes(ctx, picture);
  paintNames(ctx, picture);
}

function inside(
  ctx: Ink,
  { frame: { layout } }: ComparePicture,
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

function paintGrid(ctx: Ink, { frame, view, palette }: ComparePicture): void {
  const { top, bottom, difference } = frame.layout;
  const xs = ticksOf(frame, view.axis).labelled.map(({ at }) => crisp(frame.x(at)));
  const spans = difference
    ? [[top, bottom] as const, [difference.top, difference.bottom] as const]
    : [[top, bottom] as const];
  for (const [from, to] of spans)
    lines(
      ctx,
      palette.grid,
      1,
      xs.map(x => [x, from, x, to]),
    );
}

const colourOf = ({ entry }: SceneCurve, palette: ComparePalette): string =>
  palette.series[entry.colour] ?? palette.ink;

/** From the back to the front: the last of the list is in front. */
function paintCurves(ctx: Ink, picture: ComparePicture): void {
  const { frame, scene, view, palette } = picture;
  for (const [i, curve] of scene.curves.entries()) {
    const lane = frame.lanes[i]!;
    const colour = colourOf(curve, palette);
    if (view.style === 'sticks' && !curve.curve.measured) {
      sticks(ctx, picture, curve, lane, colour);
      continue;
    }
    const [from, to] = binsWithin(curve.positions, frame.low, frame.high);
    const points = linePoints(
      from,
      to,
      bin => frame.x(curve.positions[bin]!),
      bin => frame.y(lane, curve.scale * curve.curve.values[bin]!),
    );
    if (view.arrangement === 'waterfall') fillUnder(ctx, points, lane.base, palette.panel);
    if (view.arrangement === 'mirror') {
      ctx.globalAlpha = 0.14;
      fillUnder(ctx, points, lane.base, colour);
      ctx.globalAlpha = 1;
    }
    if (view.arrangement === 'overlay') ctx.setLineDash([...(DASHES[i % DASHES.length] ?? [])]);
    strokePoints(ctx, points, colour, 1.4);
    ctx.setLineDash([]);
  }
}

function sticks(
  ctx: Ink,
  { frame, view }: ComparePicture,
  curve: SceneCurve,
  lane: Lane,
  colour: string,
): void {
  const strongest = curve.curve.peaks.reduce((most, peak) => Math.max(most, peak.intensity), 0);
  // Sticks are in per cent of the strongest; a profile's highest point may gather several.
  const scale = (100 * curve.entry.scale) / strongest;
  const shift = view.arrangement === 'overlay' ? curve.index * 1.5 : 0;
  const shown = curve.curve.peaks.filter(peak => frame.intensity.share(scale * peak.intensity) > 0);
  lines(
    ctx,
    colour,
    2,
    shown.map(peak => {
      const x = frame.xOf(curve, peak.twoTheta) + shift;
      return [x, lane.base, x, frame.y(lane, scale * peak.intensity)];
    }),
  );
  lines(ctx, colour, 0.6, [[frame.layout.left, lane.base, frame.layout.right, lane.base]]);
}

/** Of peaks too weak to count. */
const FAINT = 0.35;
/** Room for one hkl in this many pixels of width at most. */
const PER_LABEL = 34;

/** The reflections of a crystal, the strongest under their hkl. */
function paintRow(ctx: Ink, { frame, scene, palette }: ComparePicture, i: number): void {
  const { layout } = frame;
  const curve = scene.curves[i]!;
  const top = layout.rows[i]!;
  const { peaks, measured } = curve.curve;
  const strongest = peaks.reduce((most, peak) => Math.max(most, peak.intensity), 0);
  const seen = peaks.flatMap((peak, index) => {
    const x = frame.xOf(curve, peak.twoTheta);
    return x >= layout.left && x <= layout.right ? [{ index, x, y: top, strength: peak.intensity }] : [];
  });
  for (const weak of [true, false]) {
    ctx.globalAlpha = weak ? FAINT : 1;
    lines(
      ctx,
      colourOf(curve, palette),
      1.5,
      seen
        .filter(({ strength }) => strength < COUNTS_FROM * strongest === weak)
        .map(({ x }) => [x, top, x, top + layout.tick]),
    );
  }
  ctx.globalAlpha = 1;
  if (layout.rowHeight <= layout.tick + 8 || measured) return;
  const places = seen.filter(
    ({ x, strength }) => strength >= 0.002 * strongest && x > layout.left + 10 && x < layout.right - 6,
  );
  for (const { index, x } of placeLabels(places, Math.floor((layout.right - layout.left) / PER_LABEL)))
    paintHkl(ctx, peaks[index]!.forms[0]!.hkl, x, top + layout.rowHeight - 3, palette);
}

function paintDifference(ctx: Ink, { frame, scene, palette }: ComparePicture): void {
  const { difference, left, right } = frame.layout;
  if (!difference) return;
  const zero = crisp(difference.zero);
  lines(ctx, palette.line2, 1, [[left, zero, right, zero]]);
  if (!scene.difference) return;
  const { first, values } = scene.difference;
  const [from, to] = binsWithin(first.positions, frame.low, frame.high);
  const points = linePoints(
    from,
    to,
    bin => frame.x(first.positions[bin]!),
    bin => frame.yDifference(values[bin]!),
  );
  strokePoints(ctx, points, palette.ink2, 1);
}

function paintAxes(ctx: Ink, { frame, view, palette }: ComparePicture): void {
  const { left, right, top, bottom, axis } = frame.layout;
  const numbered =
    frame.lanes.length === 1 || view.arrangement === 'overlay' || view.arrangement === 'mirror';
  const bases = [...new Set(frame.lanes.map(lane => crisp(lane.base)))];
  lines(ctx, palette.axis, 1, [
    [left - 0.5, top, left - 0.5, bottom],
    ...bases.map(y => [left, y, right, y] as const),
  ]);
  setFont(ctx, palette, 11);
  ctx.fillStyle = palette.ink2;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'alphabetic';
  // In strips the numbers of one strip say it for all.
  for (const lane of numbered ? new Set(frame.lanes) : [frame.lanes.at(-1)!])
    for (const { value, text } of frame.intensity.ticks) {
      const y = frame.y(lane, value);
      if (lane.down && value === 0) continue;
      lines(ctx, palette.axis, 1, [[left - 5, crisp(y), left, crisp(y)]]);
      ctx.fillText(text, left - 9, y + 4);
    }
  setFont(ctx, palette, 10.5);
  ctx.textAlign = 'left';
  ctx.fillStyle = palette.ink2;
  ctx.fillText('Intensity / % of the highest point', left - 44, 11);
  paintHorizontalAxis(ctx, frame, view.axis, axis, palette);
}

/** Names where their patterns are; over each other in an overlay. */
function paintNames(ctx: Ink, picture: ComparePicture): void {
  const { frame, scene, view, palette } = picture;
  const { left, right, top, rows, tick, difference } = frame.layout;
  const stacked = view.arrangement === 'overlay';
  setFont(ctx, palette, 12, '600');
  ctx.lineJoin = 'round';
  scene.curves.forEach((curve, i) => {
    const lane = frame.lanes[i]!;
    const y = stacked
      ? top + 12 + 16 * i
      : lane.down
        ? lane.base + lane.height - 6
        : Math.max(top + 11, lane.base - lane.height + 13);
    ctx.textAlign = 'right';
    ctx.strokeStyle = palette.panel;
    ctx.lineWidth = 4;
    ctx.strokeText(curve.label, right - 4, y);
    ctx.fillStyle = colourOf(curve, palette);
    ctx.fillText(curve.label, right - 4, y);
    if (!stacked) return;
    const width = ctx.measureText(curve.label).width;
    ctx.setLineDash([...(DASHES[i % DASHES.length] ?? [])]);
    lines(ctx, colourOf(curve, palette), 2, [[right - width - 38, y - 4, right - width - 10, y - 4]]);
    ctx.setLineDash([]);
  });
  setFont(ctx, palette, 10.5);
  ctx.textAlign = 'right';
  scene.curves.forEach((curve, i) => {
    ctx.fillStyle = colourOf(curve, palette);
    ctx.fillText(String(curve.index + 1), left - 9, rows[i]! + tick - 1);
  });
  if (!difference) return;
  ctx.fillStyle = palette.ink2;
  const pair = scene.difference;
  ctx.fillText(
    pair ? `${pair.first.index + 1} − ${pair.second.index + 1}` : 'diff.',
    left - 9,
    difference.zero + 3.5,
  );
}
