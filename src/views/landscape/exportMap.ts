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

/** The map as on screen, with axes, marks and ladder, as a PNG. */
export async function mapPng(pane: HTMLElement, frame: MapFrame): Promise<Blob> {
  const overlay = pane.querySelector<SVGSVGElement>('.map-overlay');
  const ladder = pane.querySelector<SVGSVGElement>('.ladder');
  const heat = pane.querySelector<HTMLElement>('.js-plotly-plot');
  if (!overlay || !heat) throw new Error('there is no map to save');
  const { Plotly } = await import('../../ui/plotlyBundle.ts');
  const { width, height } = overlay.getBoundingClientRect();
  const canvas = document.createElement('canvas');
  canvas.width = (width + (ladder?.clientWidth ?? 0)) * SCALE;
  canvas.height = height * SCALE;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser gives no canvas to draw on');
  context.scale(SCALE, SCALE);
  context.fillStyle = getComputedStyle(pane).getPropertyValue('--panel');
  context.fillRect(0, 0, canvas.width, canvas.height);
  const size = { width: frame.width, height: frame.height };
  const field = await Plotly.toImage(heat, { format: 'png', ...size, scale: SCALE });
  context.drawImage(await picture(field), frame.left, frame.top, frame.width, frame.height);
  context.drawImage(await picture(svgAddress(overlay)), 0, 0, width, height);
  if (ladder) context.drawImage(await picture(svgAddress(ladder)), width, 0);
  return new Promise((resolve, reject) =>
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('the picture could not be encoded')))),
  );
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

function svgAddress(svg: SVGSVGElement): string {
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
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
}
