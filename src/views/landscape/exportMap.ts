import { sliceParameter } from '../../landscape/slice.ts';
import type { MapState } from '../../state/explore/exploreState.ts';
import type { ViewInputs } from '../../state/explore/viewSettings.ts';
import { mapFigure } from '../../ui/mapFigure.ts';
import { plotly } from '../../ui/Plot.tsx';
import { saveSvg, standaloneSvg } from '../../ui/saveSvg.ts';
import { mapPicture } from '../map/mapPicture.ts';
import type { MapScene } from '../map/useMapScene.ts';

const UNITS = { Å: 'angstrom', '°': 'degree', 'Å²': 'angstrom^2' } as const;

/** The grid as rows x, y, loss in full precision; empty where the cell does not exist. */
export function mapCsv(map: MapState, loss: string): string {
  const { slice, xs, ys, values } = map;
  const head = (axis: 'x' | 'y'): string => {
    const { id, unit } = sliceParameter(slice, axis);
    return unit ? `${id}/${UNITS[unit]}` : id;
  };
  const lines = [`${head('x')},${head('y')},${loss} loss`];
  for (const [iy, y] of ys.entries())
    for (const [ix, x] of xs.entries()) {
      const value = values[iy * xs.length + ix]!;
      lines.push(`${x},${y},${Number.isFinite(value) ? value : ''}`);
    }
  return `${lines.join('\n')}\n`;
}

/** Pixels of the field for each on screen. */
const SCALE = 2;
/** Height of the caption under a picture. */
const CAPTION = 34;

/** The map as on screen, the field as pixels, with axes, marks and scale of minima and a line that says what it is. */
export async function saveMap(
  pane: HTMLElement,
  scene: MapScene,
  view: ViewInputs,
  caption: string,
  name: string,
  kind: 'svg' | 'png',
): Promise<void> {
  const overlay = pane.querySelector<SVGSVGElement>('[data-part="map-overlay"]');
  const scale = pane.querySelector<SVGSVGElement>('[data-part="minima-scale"]');
  const map = mapPicture(scene, view);
  if (!overlay || !map) throw new Error('there is no map to save');
  const [Plotly, figure] = await Promise.all([plotly(), mapFigure(map, SCALE)]);
  const { left, top, width: across, height: up } = scene.frame;
  const field = await Plotly.toImage(figure, { format: 'png', width: across, height: up, scale: SCALE });
  const { width, height } = overlay.getBoundingClientRect();
  const style = getComputedStyle(pane);
  const whole = width + (scale?.clientWidth ?? 0);
  const words = document.createElementNS('http://www.w3.org/2000/svg', 'text');
  words.textContent = caption;
  for (const [key, value] of [
    ['x', '16'],
    ['y', String(height + 14)],
    ['fill', style.getPropertyValue('--ink2')],
    ['font-size', '11'],
    ['font-family', style.fontFamily],
  ] as const)
    words.setAttribute(key, value);
  const textOf = (element: SVGElement): string => new XMLSerializer().serializeToString(element);
  const parts = [
    `<rect width="100%" height="100%" fill="${style.getPropertyValue('--panel')}"/>`,
    `<image href="${field}" x="${left}" y="${top}" width="${across}" height="${up}" preserveAspectRatio="none"/>`,
    textOf(standaloneSvg(overlay)),
    scale ? `<g transform="translate(${width} 0)">${textOf(standaloneSvg(scale))}</g>` : '',
    textOf(words),
  ];
  const size = { width: whole, height: height + CAPTION };
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}">${parts.join('')}</svg>\n`;
  await saveSvg(text, name, kind);
}
