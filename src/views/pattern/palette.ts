import { type RefObject, useEffect, useState } from 'react';
import { COLOURS } from '../../state/compare/compareSettings.ts';

/** The tokens a canvas needs, as the theme sets them now. */
export interface Palette {
  readonly panel: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly axis: string;
  readonly grid: string;
  readonly line2: string;
  readonly hover: string;
  readonly current: string;
  readonly truthFill: string;
  readonly truthLine: string;
  /** Colours that tell patterns apart. */
  readonly series: readonly string[];
  readonly font: string;
}

function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  return {
    panel: colour('--panel'),
    ink: colour('--ink'),
    ink2: colour('--ink2'),
    ink3: colour('--ink3'),
    axis: colour('--axis'),
    grid: colour('--grid'),
    line2: colour('--line2'),
    hover: colour('--hover'),
    current: colour('--current'),
    truthFill: colour('--truth-fill'),
    truthLine: colour('--truth-line'),
    series: Array.from({ length: COLOURS }, (_, i) => colour(`--series-${i + 1}`)),
    font: style.fontFamily,
  };
}

/** The tokens as they are now; read again when the theme changes. Null before the element is there. */
export function usePalette(ref: RefObject<Element | null>): Palette | null {
  const [palette, setPalette] = useState<Palette | null>(null);
  useEffect(() => {
    const update = (): void => {
      if (ref.current) setPalette(readPalette(ref.current));
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
  }, [ref]);
  return palette;
}
