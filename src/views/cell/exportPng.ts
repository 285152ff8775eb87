import { elementData } from '../../crystal/elements.ts';
import { type AxisLabel, axisLabels } from './axisLabels.ts';
import type { CellFrame, CellPainter } from './frame.ts';
import { EXPORT_PALETTES } from './palette.ts';

/** Pixels of the file for each on screen. */
const RATIO = 2;
const FOOT = 52;
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

export interface PngText {
  /** Element symbols, in the order of the legend. */
  readonly elements: readonly string[];
  /** One line: formula and cell. */
  readonly caption: string;
  /** How far the strain is exaggerated; 1 is as computed. */
  readonly factor: number;
}

/** The picture as it stands, with axes, legend and a line that says what it is. */
export async function cellPng(
  painter: CellPainter,
  frame: CellFrame,
  theme: 'light' | 'dark',
  text: PngText,
): Promise<Blob> {
  const palette = EXPORT_PALETTES[theme];
  const { width, height } = frame.projection;
  const picture = await painter.snapshot({ ...frame, palette, hovered: null }, RATIO);
  const canvas = document.createElement('canvas');
  canvas.width = RATIO * width;
  canvas.height = RATIO * (height + FOOT);
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('This browser gives no canvas to write the picture on.');
  pen.fillStyle = palette.panel;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0);
  pen.scale(RATIO, RATIO);
  pen.textBaseline = 'middle';
  pen.fillStyle = palette.ink;
  drawLabels(pen, axisLabels(frame.projection, frame.lattice, frame.repeat, frame.atoms));
  pen.textAlign = 'left';
  pen.font = `12px ${FONT}`;
  let x = 16;
  for (const element of text.elements) {
    pen.fillStyle = `rgb(${elementData(element).colour.join(' ')})`;
    pen.beginPath();
    pen.arc(x + 5, height + 12, 5, 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = palette.ink;
    pen.fillText(element, x + 15, height + 12.5);
    x += 31 + pen.measureText(element).width;
  }
  const lines = frame.ghost ? (['current', 'truth'] as const) : (['current'] as const);
  for (const name of lines) {
    pen.strokeStyle = name === 'truth' ? palette.ghost : palette.edge;
    pen.setLineDash(name === 'truth' ? [3.4, 2.2] : []);
    pen.lineWidth = 1.5;
    pen.beginPath();
    pen.moveTo(x, height + 12);
    pen.lineTo(x + 20, height + 12);
    pen.stroke();
    pen.fillText(name, x + 26, height + 12.5);
    x += 42 + pen.measureText(name).width;
  }
  if (text.factor > 1) pen.fillText(`strain ×${text.factor}`, x, height + 12.5);
  pen.fillStyle = palette.note;
  pen.font = `11px ${FONT}`;
  pen.fillText(text.caption, 16, height + 34, width - 32);
  return new Promise((resolve, reject) =>
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('The picture could not be written.')))),
  );
}

function drawLabels(pen: CanvasRenderingContext2D, labels: readonly AxisLabel[]): void {
  pen.font = `italic 13px ${FONT}`;
  pen.textAlign = 'center';
  for (const { axis, x, y } of labels) pen.fillText(axis, x, y);
}
