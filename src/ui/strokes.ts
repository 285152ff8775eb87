import type { Ink } from './ink.ts';

/** Lines of one pixel stand on half pixels. */
export const crisp = (value: number): number => Math.round(value - 0.5) + 0.5;

/** Separate straight lines: x and y of both ends of each. */
export function lines(
  ctx: Ink,
  colour: string,
  width: number,
  segments: Iterable<readonly [number, number, number, number]>,
): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.beginPath();
  for (const [x0, y0, x1, y1] of segments) {
    ctx.moveTo(x0, y0);
    ctx.lineTo(x1, y1);
  }
  ctx.stroke();
}

/** A polyline as `linePoints` gives it: broken where it is NaN. */
export function strokePoints(ctx: Ink, points: readonly number[], colour: string, width: number): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.lineJoin = 'round';
  ctx.beginPath();
  tracePoints(ctx, points);
  ctx.stroke();
}

function tracePoints(ctx: Ink, points: readonly number[]): void {
  let pen = false;
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i]!;
    const y = points[i + 1]!;
    if (Number.isNaN(x)) pen = false;
    else if (pen) ctx.lineTo(x, y);
    else {
      ctx.moveTo(x, y);
      pen = true;
    }
  }
}

/** The area between a polyline and a level; one piece for every unbroken part. */
export function fillUnder(ctx: Ink, points: readonly number[], base: number, colour: string): void {
  ctx.fillStyle = colour;
  for (let from = 0; from < points.length; ) {
    let to = from;
    while (to < points.length && !Number.isNaN(points[to]!)) to += 2;
    if (to > from) {
      ctx.beginPath();
      ctx.moveTo(points[from]!, base);
      for (let i = from; i < to; i += 2) ctx.lineTo(points[i]!, points[i + 1]!);
      ctx.lineTo(points[to - 2]!, base);
      ctx.fill();
    }
    from = to + 2;
  }
}

/** Paints inside a rectangle alone. */
export function clipped(
  ctx: Ink,
  left: number,
  top: number,
  right: number,
  bottom: number,
  paint: () => void,
): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, right - left, bottom - top);
  ctx.clip();
  paint();
  ctx.restore();
}
