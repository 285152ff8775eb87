import { type RefObject, useEffect, useState } from 'react';
import { type Palette, readPalette } from './palette.ts';

/** The tokens as they are now; read again when the theme changes. Null before the element is there. */
export function usePalette(ref: RefObject<Element | null>): Palette | null {
  const [palette, setPalette] = useState<Palette | null>(null);
  useEffect(() => {
    const read = (): void => {
      if (ref.current) setPalette(readPalette(ref.current));
    };
    read();
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'class', 'style'] });
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', read);
    return () => {
      observer.disconnect();
      scheme.removeEventListener('change', read);
    };
  }, [ref]);
  return palette;
}
