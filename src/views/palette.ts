import { type RefObject, useEffect, useState } from 'react';
import { COLOURS } from '../state/compare/compareSettings.ts';

const TOKENS = [
  'panel',
  'ink',
  'ink2',
  'ink3',
  'axis',
  'grid',
  'line2',
  'current',
  'truthFill',
  'truthLine',
] as const;

/** A token of the theme that painters use: "truthLine" is --truth-line. */
export type Token = (typeof TOKENS)[number];

/** Colours of a theme for what is not drawn by CSS. */
export interface Palette extends Readonly<Record<Token, string>> {
  /** Colours that tell patterns apart. */
  readonly series: readonly string[];
  readonly font: string;
}

/** The colours inside an element, of the theme on screen where none is named. */
export function readPalette(host: Element, theme?: 'light' | 'dark'): Palette {
  const probe = document.createElement('span');
  if (theme) probe.dataset['theme'] = theme;
  host.append(probe);
  const style = getComputedStyle(probe);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const tokens = TOKENS.map(token => [
    token,
    colour(`--${token.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`),
  ]);
  const palette = {
    ...(Object.fromEntries(tokens) as Record<Token, string>),
    series: Array.from({ length: COLOURS }, (_, i) => colour(`--series-${i + 1}`)),
    font: style.fontFamily,
  };
  probe.remove();
  return palette;
}

/** Calls back when the theme of the page changes, or its face comes. Returns the way to stop. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  document.fonts.addEventListener('loadingdone', changed);
  return () => {
    observer.disconnect();
    document.fonts.removeEventListener('loadingdone', changed);
  };
}

/** The colours as they are now; read again when the theme changes. Null before the element is there. */
export function usePalette(ref: RefObject<Element | null>): Palette | null {
  const [palette, setPalette] = useState<Palette | null>(null);
  useEffect(() => {
    const read = (): void => {
      if (ref.current) setPalette(readPalette(ref.current));
    };
    read();
    return watchTheme(read);
  }, [ref]);
  return palette;
}
