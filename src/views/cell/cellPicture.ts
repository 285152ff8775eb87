import { elementData } from '../../crystal/elements.ts';
import { axisLabels } from './axisLabels.ts';
import { cellSvg } from './cellSvg.ts';
import type { CellFrame, CellPainter } from './frame.ts';
import { EXPORT_PALETTES } from './palette.ts';
import { rasterised, svgFile } from './svgPainter.ts';

/** Pixels of a PNG for each on screen. */
const RATIO = 2;
/** Height of legend and caption, pixels. */
const FOOT = 52;
/** Width of a letter of the legend and of the caption, pixels: near enough to space them. */
const LETTER = 7;
const SMALL_LETTER = 5.6;
const FONT = 'system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif';

export interface PictureText {
  /** Element symbols, in the order of the legend. */
  readonly elements: readonly string[];
  /** One line: formula and cell. */
  readonly caption: string;
  /** How far the strain is exaggerated; 1 is as computed. */
  readonly factor: number;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Axes, legend and a line that says what the picture is, as SVG. */
function annotations(frame: CellFrame, { elements, caption, factor }: PictureText): string {
  const { projection, palette } = frame;
  const { height } = projection;
  const words = (content: string, x: number, y: number, style: string, fill: string, more = ''): string =>
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" style="font:${style} ${FONT}" fill="${fill}" dominant-baseline="central"${more}>${escaped(content)}</text>`;
  const parts = axisLabels(projection, frame.lattice, frame.repeat, frame.atoms).map(({ axis, x, y }) =>
    words(axis, x, y, 'italic 13px', palette.ink, ' text-anchor="middle"'),
  );
  let x = 16;
  const entry = (sample: string, name: string, gap: number): void => {
    parts.push(sample, words(name, x + gap, height + 12, '12px', palette.ink));
    x += gap + 16 + LETTER * name.length;
  };
  for (const element of elements) {
    const fill = `rgb(${elementData(element).colour.join(' ')})`;
    entry(`<circle cx="${x + 5}" cy="${height + 12}" r="5" fill="${fill}"/>`, element, 15);
  }
  const line = (stroke: string, dash: string): string =>
    `<path d="M${x} ${height + 12}h20" stroke="${stroke}" stroke-width="1.5"${dash}/>`;
  entry(line(palette.edge, ''), 'current', 26);
  if (frame.ghost) entry(line(palette.ghost, ' stroke-dasharray="3.4 2.2"'), 'truth', 26);
  if (factor > 1) entry('', `strain ×${factor}`, 0);
  // Squeezed where it would not fit.
  const room = projection.width - 32;
  const squeezed =
    SMALL_LETTER * caption.length > room ? ` textLength="${room}" lengthAdjust="spacingAndGlyphs"` : '';
  return [...parts, words(caption, 16, height + 34, '11px', palette.note, squeezed)].join('');
}

/** The picture as it stands, in the colours of either theme, as an SVG file. */
export function cellSvgFile(frame: CellFrame, theme: 'light' | 'dark', text: PictureText): string {
  const themed = { ...frame, palette: EXPORT_PALETTES[theme], hovered: null };
  const { width, height } = frame.projection;
  const paper = `<rect width="100%" height="100%" fill="${themed.palette.panel}"/>`;
  const content = `<title>${escaped(text.caption)}</title>${paper}<g fill="none">${cellSvg(themed)}</g>`;
  return svgFile(content + annotations(themed, text), width, height + FOOT);
}

/** The same as PNG, drawn by what draws on screen. */
export async function cellPng(
  painter: Pick<CellPainter, 'snapshot'>,
  frame: CellFrame,
  theme: 'light' | 'dark',
  text: PictureText,
): Promise<Blob> {
  const themed = { ...frame, palette: EXPORT_PALETTES[theme], hovered: null };
  const { width, height } = frame.projection;
  const canvas = await rasterised(svgFile(annotations(themed, text), width, height + FOOT), RATIO);
  const pen = canvas.getContext('2d')!;
  pen.globalCompositeOperation = 'destination-over';
  pen.drawImage(await painter.snapshot(themed, RATIO), 0, 0);
  pen.fillStyle = themed.palette.panel;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('The picture could not be written.')))),
  );
}
