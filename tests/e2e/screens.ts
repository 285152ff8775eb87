import type { Page } from '@playwright/test';
import type { PageId } from '../../src/state/core/pages.ts';
import { descentsFinished, mapFinished } from './explorer.ts';

/** A window that the pages are looked at in; a touch one is held in the hand. */
export interface Screen {
  readonly width: number;
  readonly height: number;
  readonly touch: boolean;
}

export const SCREENS: readonly Screen[] = [
  { width: 1920, height: 1080, touch: false },
  { width: 1440, height: 900, touch: false },
  { width: 1024, height: 768, touch: false },
  { width: 820, height: 1180, touch: true },
  { width: 390, height: 844, touch: true },
  { width: 320, height: 640, touch: true },
];

/** Narrower ones scroll as a whole; the others are a bench that fills the window. */
const BENCH = 760;

/** Each page with something on it, and what tells that it is there. */
const STOCKED: Readonly<Record<PageId, { readonly link: string; ready(page: Page): Promise<void> }>> = {
  explore: {
    link: 'v=1&n=61&it=400&at=5.2~2.7',
    async ready(page) {
      await mapFinished(page);
      await descentsFinished(page);
    },
  },
  gallery: {
    link: 'v=1&n=31&p=gallery',
    ready: page => page.getByRole('article').first().waitFor(),
  },
  compare: {
    link: 'v=1&n=31&p=compare',
    ready: page =>
      page.getByRole('region', { name: 'Peaks', exact: true }).getByText('of 12').first().waitFor(),
  },
  study: {
    link: 'v=1&n=31&p=study',
    ready: page => page.locator('[data-chart="rates"]').waitFor({ timeout: 60_000 }),
  },
  phases: {
    link: 'v=1&n=31&p=phases',
    ready: page => page.getByRole('main').getByRole('heading').first().waitFor(),
  },
  help: {
    link: 'v=1&p=help&doc=physics',
    ready: page => page.getByRole('article').getByRole('heading').first().waitFor(),
  },
};

/** Opens a page with something on it and waits until it rests. */
export async function openStocked(page: Page, id: PageId): Promise<void> {
  const { link, ready } = STOCKED[id];
  await page.goto(`#${link}`);
  await ready(page);
  await settled(page);
}

/** Until nothing on the page has changed for a while: layouts, faces and pictures that come late. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>(resolve => {
        const [QUIET, MOST] = [400, 8000];
        const done = (): void => {
          observer.disconnect();
          resolve();
        };
        let timer = setTimeout(done, QUIET);
        const observer = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(done, QUIET);
        });
        observer.observe(document.body, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true,
        });
        setTimeout(done, MOST);
      }),
  );
}

/**
 * What is wrong with a screen, a line each: a document larger than the window, text that its box cuts, texts over one
 * another, targets that a finger of 24 pixels misses. Expect none.
 */
export async function faults(page: Page): Promise<string[]> {
  const { width, height } = page.viewportSize()!;
  return page.evaluate(measure, { width, height, bench: width >= BENCH });
}

/** Runs in the page: nothing from outside. */
async function measure(window_: { width: number; height: number; bench: boolean }): Promise<string[]> {
  const out: string[] = [];
  const root = document.documentElement;
  if (root.scrollWidth > window_.width) out.push(`document: ${root.scrollWidth} wide in ${window_.width}`);
  if (window_.bench && root.scrollHeight > window_.height)
    out.push(`document: ${root.scrollHeight} tall in ${window_.height}`);

  type Box = { left: number; top: number; right: number; bottom: number };
  const name = (element: Element): string => {
    const label = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
    const where = element.closest('section, aside, header, nav, article, [data-pane]');
    const place = where && (where.getAttribute('aria-label') ?? where.querySelector('h2, h3')?.textContent);
    return `${element.tagName.toLowerCase()} “${label.slice(0, 40)}”${place ? ` in ${place.slice(0, 30)}` : ''}`;
  };
  /** Hidden from view on purpose. */
  const unseen = (element: Element, pressable = false): boolean => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (
        style.clipPath === 'inset(50%)' ||
        (style.opacity === '0' && !pressable) ||
        at.tagName === 'NOSCRIPT'
      )
        return true;
      if (at instanceof SVGElement && (at.tagName === 'title' || at.tagName === 'defs')) return true;
    }
    return !element.checkVisibility({ visibilityProperty: true });
  };
  /** The nearest ancestors that cut, with what they do to what sticks out. */
  const cutters = (element: Element): { element: Element; x: boolean; y: boolean; scrolls: boolean }[] => {
    const found = [];
    let position = getComputedStyle(element).position;
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      const contains = style.position !== 'static' || style.transform !== 'none' || at instanceof SVGElement;
      if (position === 'fixed') break;
      if (position === 'absolute' && !contains) continue;
      position = style.position;
      const cuts = (value: string): boolean => value !== 'visible';
      const scrolls = (value: string): boolean => value === 'auto' || value === 'scroll';
      if (at instanceof SVGElement && !(at instanceof SVGSVGElement)) continue;
      if (cuts(style.overflowX) || cuts(style.overflowY))
        found.push({
          element: at,
          x: cuts(style.overflowX) && !scrolls(style.overflowX),
          y: cuts(style.overflowY) && !scrolls(style.overflowY),
          scrolls: scrolls(style.overflowX) || scrolls(style.overflowY),
        });
    }
    return found;
  };

  // Texts, each line a box.
  const texts: { node: Text; element: Element; box: Box; layer: Element | null }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    const element = node.parentElement;
    if (!element || !node.data.trim() || unseen(element)) continue;
    if (element.closest('select, script, style, noscript')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const around = cutters(element);
    // Ink is lower than its line by what the leading gives.
    const own = getComputedStyle(element);
    const clipped = [own.overflowX, own.overflowY].some(value => value === 'hidden' || value === 'clip');
    const chain = clipped ? [{ element, x: true, y: true, scrolls: false }, ...around] : around;
    const layer = (() => {
      for (let at: Element | null = element; at; at = at.parentElement)
        if (['sticky', 'fixed'].includes(getComputedStyle(at).position)) return at;
      return null;
    })();
    let told = false;
    for (const rect of range.getClientRects()) {
      if (rect.width < 1 || rect.height < 1) continue;
      let box: Box = { left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom };
      const ink = { ...box, top: box.top + 0.2 * rect.height, bottom: box.bottom - 0.25 * rect.height };
      let scrolled = false;
      for (const { element: by, x, y, scrolls } of chain) {
        const frame = by.getBoundingClientRect();
        if (!scrolled && !told) {
          const [left, right] = [frame.left - ink.left, ink.right - frame.right];
          const [top, bottom] = [frame.top - ink.top, ink.bottom - frame.bottom];
          if ((x && Math.max(left, right) > 1) || (y && Math.max(top, bottom) > 1)) {
            told = true;
            const most = Math.round(Math.max(x ? Math.max(left, right) : 0, y ? Math.max(top, bottom) : 0));
            out.push(
              `cut by ${most} px: ${name(element)} by ${by.tagName.toLowerCase()}.${by.getAttribute('class')?.split(' ')[0] ?? ''}`,
            );
          }
        }
        if (scrolls) scrolled = true;
        box = {
          left: Math.max(box.left, frame.left),
          top: Math.max(box.top, frame.top),
          right: Math.min(box.right, frame.right),
          bottom: Math.min(box.bottom, frame.bottom),
        };
      }
      if (box.right > box.left && box.bottom > box.top) texts.push({ node, element, box, layer });
    }
  }
  // Values in fields and chosen words in selects.
  const pen = document.createElement('canvas').getContext('2d')!;
  for (const field of document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')) {
    if (unseen(field) || field.clientWidth < 1) continue;
    if (field instanceof HTMLInputElement && !['text', 'search', 'number', 'url'].includes(field.type))
      continue;
    const style = getComputedStyle(field);
    pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const text =
      field instanceof HTMLSelectElement
        ? (field.selectedOptions[0]?.textContent ?? '')
        : field.value || field.placeholder;
    const room =
      field.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
    const needs = pen.measureText(text).width;
    if (needs > room + 1 && !field.matches('[readonly]'))
      out.push(`cut by ${Math.round(needs - room)} px: value “${text}” of ${name(field)}`);
  }

  // Texts over one another.
  const area = (box: Box): Box => ({
    ...box,
    top: box.top + 0.22 * (box.bottom - box.top),
    bottom: box.bottom - 0.25 * (box.bottom - box.top),
  });
  const sorted = texts.map(text => ({ ...text, box: area(text.box) })).sort((p, q) => p.box.top - q.box.top);
  for (let i = 0; i < sorted.length; i++)
    for (let j = i + 1; j < sorted.length && sorted[j]!.box.top < sorted[i]!.box.bottom; j++) {
      const [one, other] = [sorted[i]!, sorted[j]!];
      if (one.node === other.node || one.layer !== other.layer) continue;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (across > 1.5 && down > 1.5)
        out.push(`over one another: ${name(one.element)} and ${name(other.element)}`);
    }

  // Targets. The steppers of a field, which are out of the order of Tab, are exempt: typing and arrow keys do the same.
  const LEAST = 24;
  const pressable =
    'a[href], button, input:not([type=hidden]), select, summary, [role=button], [role=tab], [role=checkbox], [role=radio], [role=slider], [tabindex="0"][aria-pressed]';
  const scrolledTo = [...document.querySelectorAll('*')]
    .filter(element => element.scrollTop || element.scrollLeft)
    .map(element => [element, element.scrollTop, element.scrollLeft] as const);
  for (const target of document.querySelectorAll<HTMLElement>(pressable)) {
    if (target.matches('button[tabindex="-1"]:not([role]), :disabled') || unseen(target, true)) continue;
    const label = target.closest('label');
    const around = label ?? target;
    const rect = around.getBoundingClientRect();
    if (rect.width < 1 || rect.height < 1) continue;
    if (
      (rect.right > window_.width + 1 || rect.left < -1) &&
      !cutters(around).some(({ element, scrolls }) => scrolls && element.tagName !== 'MAIN')
    )
      out.push(`outside of the window: ${name(around)}`);
    if (around.tagName === 'A' && getComputedStyle(around).display === 'inline') continue;
    // A word of a sentence.
    const words = around.parentElement;
    if (words?.tagName === 'P' && words.textContent!.trim().length > around.textContent!.trim().length + 8)
      continue;
    if (rect.width >= LEAST - 0.5 && rect.height >= LEAST - 0.5) continue;
    around.scrollIntoView({ block: 'center', inline: 'center' });
    const now = around.getBoundingClientRect();
    const [x, y] = [(now.left + now.right) / 2, (now.top + now.bottom) / 2];
    const reach = LEAST / 2 - 0.75;
    const points = [
      ...(rect.width < LEAST - 0.5
        ? [
            [x - reach, y],
            [x + reach, y],
          ]
        : []),
      ...(rect.height < LEAST - 0.5
        ? [
            [x, y - reach],
            [x, y + reach],
          ]
        : []),
    ];
    const hit = points.every(([px, py]) => {
      const at = document.elementFromPoint(px!, py!);
      return at !== null && (around.contains(at) || (at.contains(around) && at === target));
    });
    if (!hit) out.push(`small: ${Math.round(now.width)} × ${Math.round(now.height)}, ${name(around)}`);
  }
  for (const element of document.querySelectorAll('*'))
    if (element.scrollTop || element.scrollLeft) element.scrollTo(0, 0);
  for (const [element, top, left] of scrolledTo) element.scrollTo(left, top);
  return [...new Set(out)];
}
