import { elementData } from '../../crystal/elements.ts';
import { axisLabels } from './axisLabels.ts';
import { cellSvg } from './cellSvg.ts';
import type { PngText } from './exportPng.ts';
import type { CellFrame } from './frame.ts';
import { EXPORT_PALETTES } from './palette.ts';

const FOOT = 52;
const FONT = 'system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif';
/** Width of a letter of the legend, near enough to space its entries. */
const LETTER = 7;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The picture as it stands as SVG, with axes, legend and a line that says what it is. */
export function cellSvgFile(frame: CellFrame, theme: 'light' | 'dark', text: PngText): string {
  const palette = EXPORT_PALETTES[theme];
  const { width, height } = frame.projection;
  const words = (content: string, x: number, y: number, style: string, fill: string): string =>
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" style="font:${style} ${FONT}" fill="${fill}" dominant-baseline="central">${escaped(content)}</text>`;
  const axes = axisLabels(frame.projection, frame.lattice, frame.repeat, frame.atoms).map(({ axis, x, y }) =>
    words(axis, x, y, 'italic 13px', palette.ink).replace('<text', '<text text-anchor="middle"'),
  );
  let x = 16;
  const legend: string[] = [];
  for (const element of text.elements) {
    legend.push(
      `<circle cx="${x + 5}" cy="${height + 12}" r="5" fill="rgb(${elementData(element).colour.join(' ')})"/>`,
      words(element, x + 15, height + 12, '12px', palette.ink),
    );
    x += 31 + LETTER * element.length;
  }
  for (const name of frame.ghost ? ['current', 'truth'] : ['current']) {
    const dash = name === 'truth' ? ' stroke-dasharray="3.4 2.2"' : '';
    const stroke = name === 'truth' ? palette.ghost : palette.edge;
    legend.push(
      `<path d="M${x} ${height + 12}h20" stroke="${stroke}" stroke-width="1.5"${dash}/>`,
      words(name, x + 26, height + 12, '12px', palette.ink),
    );
    x += 42 + LETTER * name.length;
  }
  if (text.factor > 1) legend.push(words(`strain ×${text.factor}`, x, height + 12, '12px', palette.ink));
  const caption = words(text.caption, 16, height + 34, '11px', palette.note);
  const drawing = cellSvg({ ...frame, palette, hovered: null });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + FOOT}" viewBox="0 0 ${width} ${height + FOOT}"><title>${escaped(text.caption)}</title><rect width="100%" height="100%" fill="${palette.panel}"/><g fill="none">${drawing}</g>${axes.join('')}${legend.join('')}${caption}</svg>\n`;
}
