import { saveFile } from './download.ts';
import { pngOf, rasterised } from './raster.ts';

/** The part of the computed style that a picture needs outside the page. */
const STYLES = [
  ...[
    'fill',
    'stroke',
    'stroke-width',
    'stroke-opacity',
    'stroke-dasharray',
    'stroke-linejoin',
    'paint-order',
  ],
  ...['font-family', 'font-size', 'font-weight', 'font-style', 'opacity'],
];

/** A copy of an SVG of the page with its styles written out, so that it looks the same in any program. */
export function standaloneSvg(svg: SVGSVGElement): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  for (const [i, original] of originals.entries()) {
    const style = getComputedStyle(original);
    for (const name of STYLES) copies[i]?.setAttribute(name, style.getPropertyValue(name));
    copies[i]?.removeAttribute('class');
    copies[i]?.removeAttribute('style');
  }
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  return copy;
}

/** The text of an SVG of the page on a background. */
export function svgText(svg: SVGSVGElement, background: string): string {
  const copy = standaloneSvg(svg);
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  paper.setAttribute('width', '100%');
  paper.setAttribute('height', '100%');
  paper.setAttribute('fill', background);
  copy.prepend(paper);
  return new XMLSerializer().serializeToString(copy);
}

/** Saves a picture of the page as SVG, or as PNG at twice its size. */
export const savePicture = (svg: SVGSVGElement, name: string, kind: 'svg' | 'png'): Promise<void> =>
  saveSvg(
    svgText(svg, getComputedStyle(document.documentElement).getPropertyValue('--panel').trim()),
    name,
    kind,
  );

/** Saves the text of an SVG as it is, or as PNG at twice its size. */
export async function saveSvg(text: string, name: string, kind: 'svg' | 'png'): Promise<void> {
  if (kind === 'svg') return saveFile(`${name}.svg`, text, 'image/svg+xml');
  saveFile(`${name}.png`, await pngOf(await rasterised(text, 2)));
}
