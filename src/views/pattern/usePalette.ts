import { type RefObject, useEffect, useState } from 'react';
import { type Palette, readPalette } from './palette.ts';

/** The tokens as they are now; read again when the theme changes. Null before the element is there. */
export function usePalette(ref: RefObject<Element | null>): Palette | null;
export function usePalette<T>(ref: RefObject<Element | null>, read: (element: Element) => T): T | null;
export function usePalette(
  ref: RefObject<Element | null>,
  read: (element: Element) => unknown = readPalette,
): unknown {
  const [palette, setPalette] = useState<unknown>(null);
  useEffect(() => {
    const update = (): void => {
      if (ref.current) setPalette(read(ref.current));
    };
    update();
    const observer = new MutationObserver(update);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'class', 'style'] });
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', update);
    return () => {
      observer.disconnect();
      scheme.removeEventListener('change', update);
    };
  }, [ref, read]);
  return palette;
}
