import { elementData } from '../../crystal/elements.ts';
import type { Ink } from '../../ui/ink.ts';
import { canvasPen, pngOf } from '../../ui/raster.ts';
import { lines } from '../../ui/strokes.ts';
import { SvgInk } from '../../ui/svgInk.ts';
import { axisLabels } from './axisLabels.ts';
import { cellSvg } from './cellSvg.ts';
import { type CellFrame, type CellPainter, outlinedAtoms } from './frame.ts';

/** Pixels of a PNG for each on screen. */
const RATIO = 2;
/** Height of legend and caption, pixels. */
const FOOT = 52;

export interface PictureText {
  /** Element symbols, in the order of the legend. */
  readonly elements: readonly string[];
  /** One line: formula and cell. */
  readonly caption: string;
  /** Factor by which the strain is exaggerated; 1 is as computed. */
  readonly factor: number;
}

/** Axes, legend and a line that says what the picture is. */
function annotate(ctx: Ink, frame: CellFrame, { elements, caption, factor }: PictureText): void {
  const { projection, palette } = frame;
  const y = projection.height + 12;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'center';
  ctx.fillStyle = palette.ink;
  ctx.font = `italic 13px ${palette.font}`;
  for (const label of axisLabels(projection, frame.lattice, frame.repeat, frame.atoms))
    ctx.fillText(label.axis, label.x, label.y);
  ctx.textAlign = 'left';
  ctx.font = `12px ${palette.font}`;
  let x = 16;
  const entry = (name: string, gap: number, sample?: () => void): void => {
    sample?.();
    ctx.fillStyle = palette.ink;
    ctx.fillText(name, x + gap, y);
    x += gap + 16 + ctx.measureText(name).width;
  };
  for (const element of elements)
    entry(element, 15, () => {
      ctx.fillStyle = `rgb(${elementData(element).colour.join(' ')})`;
      ctx.beginPath();
      ctx.roundRect(x, y - 5, 10, 10, 5);
      ctx.fill();
    });
  const line = (stroke: string, dash: readonly number[]) => (): void => {
    ctx.setLineDash([...dash]);
    lines(ctx, stroke, 1.5, [[x, y, x + 20, y]]);
    ctx.setLineDash([]);
  };
  entry('current', 26, line(palette.ink2, []));
  if (outlinedAtoms(frame).length > 0) entry('truth', 26, line(palette.truthLine, [3.4, 2.2]));
  if (frame.displaced.length > 0) entry('displacement', 26, line(palette.current, []));
  if (factor > 1) entry(`strain ×${factor}`, 0);
  ctx.font = `11px ${palette.font}`;
  ctx.fillStyle = palette.ink3;
  ctx.fillText(caption, 16, projection.height + 34, projection.width - 32);
}

/** The frame on paper with what is written beside it, as an SVG file. */
export function cellSvgFile(frame: CellFrame, text: PictureText): string {
  const { width, height } = frame.projection;
  const ink = new SvgInk(canvasPen(1, 1, 1));
  ink.fillStyle = frame.palette.panel;
  ink.fillRect(0, 0, width, height + FOOT);
  ink.insert(`<g fill="none">${cellSvg(frame)}</g>`);
  annotate(ink, frame, text);
  return ink.text(width, height + FOOT, text.caption);
}

/** The same as PNG, drawn by what draws on screen. */
export async function cellPng(
  painter: Pick<CellPainter, 'snapshot'>,
  frame: CellFrame,
  text: PictureText,
): Promise<Blob> {
  const { width, height } = frame.projection;
  const pen = canvasPen(width, height + FOOT, RATIO);
  pen.fillStyle = frame.palette.panel;
  pen.fillRect(0, 0, width, height + FOOT);
  pen.drawImage(await painter.snapshot(frame, RATIO), 0, 0, width, height);
  annotate(pen, frame, text);
  return pngOf(pen.canvas);
}
