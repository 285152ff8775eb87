import { saveFile } from './download.ts';

/** What of the computed style a picture needs outside the page. */
const STYLES = ['fill', 'stroke', 'font-family', 'font-size', 'font-weight', 'opacity'] as const;

/** The text of an SVG of the page with its styles written out, so that it looks the same in any program. */
export function svgText(svg: SVGSVGElement, background: string): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  for (const [i, original] of originals.entries()) {
    const style = getComputedStyle(original);
    for (const name of STYLES) copies[i]?.setAttribute(name, style.getPropertyValue(name));
    copies[i]?.removeAttribute('class');
    copies[i]?.removeAttribute('style');
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  paper.setAttribute('width', String(width));
  paper.setAttribute('height', String(height));
  paper.setAttribute('fill', background);
  copy.prepend(paper);
  return new XMLSerializer().serializeToString(copy);
}

/** Saves a picture of the page as SVG, or as PNG at twice its size. */
export async function savePicture(svg: SVGSVGElement, name: string, kind: 'svg' | 'png'): Promise<void> {
  const text = svgText(svg, getComputedStyle(document.documentElement).getPropertyValue('--panel').trim());
  if (kind === 'svg') return saveFile(`${name}.svg`, text, 'image/svg+xml');
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const { width, height } = svg.getBoundingClientRect();
  const canvas = document.createElement('canvas');
  canvas.width = 2 * width;
  canvas.height = 2 * height;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('the picture could not be made');
  saveFile(`${name}.png`, blob);
}
