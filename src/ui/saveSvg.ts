import { saveFile } from './download.ts';
import { dataAddress, pngOf, rasterised } from './raster.ts';

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

/** Parts of a panel that a picture leaves out. */
const CONTROLS = 'button, input, select, [role="radiogroup"], .visually-hidden';

/** What a panel of the page shows, as the text of one SVG: its drawings and its words where they stand, no controls. */
function panelText(panel: HTMLElement): string {
  const frame = panel.getBoundingClientRect();
  const root = svgElement('svg', {
    xmlns: 'http://www.w3.org/2000/svg',
    width: frame.width,
    height: frame.height,
  });
  const paper = getComputedStyle(document.documentElement).getPropertyValue('--panel').trim();
  root.append(svgElement('rect', { width: '100%', height: '100%', fill: paper }));
  const walker = document.createTreeWalker(panel, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, node => {
    if (node instanceof Element && node.matches(CONTROLS)) return NodeFilter.FILTER_REJECT;
    const words = node instanceof Text && node.data.trim() !== '';
    const outside = !node.parentElement?.closest('svg');
    return outside && (words || node instanceof SVGSVGElement)
      ? NodeFilter.FILTER_ACCEPT
      : NodeFilter.FILTER_SKIP;
  });
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof SVGSVGElement) {
      const { left, top } = node.getBoundingClientRect();
      const copy = standaloneSvg(node);
      copy.setAttribute('x', String(left - frame.left));
      copy.setAttribute('y', String(top - frame.top));
      root.append(copy);
    } else root.append(...linesOf(node as Text, frame));
  }
  return new XMLSerializer().serializeToString(root);
}

/** The lines that a text of the page is broken into, each in its place inside a frame. */
function linesOf(text: Text, frame: DOMRect): SVGElement[] {
  const style = getComputedStyle(text.parentElement!);
  const range = document.createRange();
  const lines: { words: string; box: DOMRect }[] = [];
  for (const { 0: word, index } of text.data.matchAll(/\S+\s*/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.trimEnd().length);
    const box = range.getBoundingClientRect();
    const line = lines.at(-1);
    if (line && Math.abs(line.box.top - box.top) < 2) line.words += word;
    else lines.push({ words: word, box });
  }
  return lines
    .filter(({ box }) => box.width > 0 && box.bottom <= frame.bottom && box.right <= frame.right)
    .map(({ words, box }) => {
      // The box of a line is as high as its face rises and falls; most faces fall by a fifth.
      const line = svgElement('text', {
        x: box.left - frame.left,
        y: box.bottom - frame.top - 0.2 * box.height,
      });
      for (const name of ['font-family', 'font-size', 'font-weight', 'font-style'])
        line.setAttribute(name, style.getPropertyValue(name));
      line.setAttribute('fill', style.color);
      line.textContent = words.trimEnd();
      return line;
    });
}

function svgElement(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** Saves what a panel of the page shows as SVG, or as PNG at twice its size. */
export const savePanel = async (panel: HTMLElement, name: string, kind: 'svg' | 'png'): Promise<void> =>
  saveSvg(panelText(panel), name, kind);

/** The faces that the page brings, each with its file written out: a picture may not fetch one. */
async function facesOfPage(): Promise<string> {
  const rules = [...document.styleSheets]
    .flatMap(sheet => [...sheet.cssRules])
    .filter(rule => rule instanceof CSSFontFaceRule);
  const written = rules.map(async ({ cssText, parentStyleSheet }) => {
    const address = /url\("?([^")]+)"?\)/.exec(cssText)?.[1];
    if (!address) return '';
    const file = await fetch(new URL(address, parentStyleSheet?.href ?? document.baseURI));
    return cssText.replace(address, await dataAddress(await file.blob()));
  });
  return (await Promise.all(written)).join('');
}

/** Saves the text of an SVG with the faces of the page in it, or as PNG at twice its size. */
export async function saveSvg(text: string, name: string, kind: 'svg' | 'png'): Promise<void> {
  const faces = await facesOfPage();
  const whole = text.replace(/^<svg[^>]*>/, tag => `${tag}<style>${faces}</style>`);
  if (kind === 'svg') return saveFile(`${name}.svg`, whole, 'image/svg+xml');
  saveFile(`${name}.png`, await pngOf(await rasterised(whole, 2)));
}
