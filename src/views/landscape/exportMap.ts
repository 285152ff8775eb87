import { isLength } from '../../crystal/cell.ts';
import type { MapState } from '../../state/store.ts';
import type { MapFrame } from './mapFrame.ts';

/** The grid as rows x, y, loss in full precision; empty where the cell does not exist. */
export function mapCsv(map: MapState, loss: string): string {
  const { slice, xs, ys, values } = map;
  const unit = (key: MapState['slice']['x']): string => (isLength(key) ? 'angstrom' : 'degree');
  const lines = [`${slice.x}/${unit(slice.x)},${slice.y}/${unit(slice.y)},${loss} loss`];
  for (const [iy, y] of ys.entries())
    for (const [ix, x] of xs.entries()) {
      const value = values[iy * xs.length + ix]!;
      lines.push(`${x},${y},${Number.isFinite(value) ? value : ''}`);
    }
  return `${lines.join('\n')}\n`;
}

/** Twice the pixels of the screen. */
const SCALE = 2;

/** Height of the caption under a picture. */
const CAPTION = 34;

interface MapParts {
  readonly overlay: SVGSVGElement;
  readonly ladder: SVGSVGElement | null;
  readonly width: number;
  readonly height: number;
  /** The field as PNG address. */
  readonly field: string;
}

async function partsOf(pane: HTMLElement, frame: MapFrame): Promise<MapParts> {
  const overlay = pane.querySelector<SVGSVGElement>('.map-overlay');
  const ladder = pane.querySelector<SVGSVGElement>('.ladder');
  const heat = pane.querySelector<HTMLElement>('.js-plotly-plot');
  if (!overlay || !heat) throw new Error('there is no map to save');
  const { Plotly } = await import('../../ui/plotlyBundle.ts');
  const { width, height } = overlay.getBoundingClientRect();
  const size = { width: frame.width, height: frame.height };
  const field = await Plotly.toImage(heat, { format: 'png', ...size, scale: SCALE });
  return { overlay, ladder, width, height, field };
}

/** The map as on screen, with axes, marks and ladder and a line that says what it is, as a PNG. */
export async function mapPng(pane: HTMLElement, frame: MapFrame, caption: string): Promise<Blob> {
  const { overlay, ladder, width, height, field } = await partsOf(pane, frame);
  const canvas = document.createElement('canvas');
  canvas.width = (width + (ladder?.clientWidth ?? 0)) * SCALE;
  canvas.height = (height + CAPTION) * SCALE;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser gives no canvas to draw on');
  context.scale(SCALE, SCALE);
  context.fillStyle = getComputedStyle(pane).getPropertyValue('--panel');
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(await picture(field), frame.left, frame.top, frame.width, frame.height);
  context.drawImage(await picture(svgAddress(overlay)), 0, 0, width, height);
  if (ladder) context.drawImage(await picture(svgAddress(ladder)), width, 0);
  const style = getComputedStyle(pane);
  context.fillStyle = style.getPropertyValue('--ink2');
  context.font = `11px ${style.fontFamily}`;
  context.fillText(caption, 16, height + 14, canvas.width / SCALE - 32);
  return new Promise((resolve, reject) =>
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('the picture could not be encoded')))),
  );
}

/** The same as SVG: the field as pixels, everything else as lines and text. */
export async function mapSvg(pane: HTMLElement, frame: MapFrame, caption: string): Promise<string> {
  const { overlay, ladder, width, height, field } = await partsOf(pane, frame);
  const style = getComputedStyle(pane);
  const whole = width + (ladder?.clientWidth ?? 0);
  const words = document.createElementNS('http://www.w3.org/2000/svg', 'text');
  words.textContent = caption;
  for (const [name, value] of [
    ['x', '16'],
    ['y', String(height + 14)],
    ['fill', style.getPropertyValue('--ink2')],
    ['font-size', '11'],
    ['font-family', style.fontFamily],
  ] as const)
    words.setAttribute(name, value);
  const placed = (svg: SVGSVGElement, x: number): string =>
    `<g transform="translate(${x} 0)">${textOf(svg)}</g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${whole}" height="${height + CAPTION}" viewBox="0 0 ${whole} ${height + CAPTION}"><rect width="100%" height="100%" fill="${style.getPropertyValue('--panel')}"/><image href="${field}" x="${frame.left}" y="${frame.top}" width="${frame.width}" height="${frame.height}" preserveAspectRatio="none"/>${placed(overlay, 0)}${ladder ? placed(ladder, width) : ''}${new XMLSerializer().serializeToString(words)}</svg>\n`;
}

async function picture(address: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = address;
  await image.decode();
  return image;
}

/** What style sheets give an element and a picture on its own has to bring along. */
const STYLES = [
  'fill',
  'stroke',
  'stroke-width',
  'font',
  'paint-order',
  'opacity',
  'stroke-opacity',
] as const;

/** A copy that looks the same on its own. */
function standalone(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const from = [svg, ...svg.querySelectorAll<SVGElement>('*')];
  const to = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  for (const [i, element] of from.entries()) {
    const computed = getComputedStyle(element);
    for (const name of STYLES) to[i]?.style.setProperty(name, computed.getPropertyValue(name));
  }
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  return copy;
}

const textOf = (svg: SVGSVGElement): string => new XMLSerializer().serializeToString(standalone(svg));

const svgAddress = (svg: SVGSVGElement): string =>
  `data:image/svg+xml;charset=utf-8,${encodeURIComponent(textOf(svg))}`;
