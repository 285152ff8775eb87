import { COLOURS } from '../../state/compare/compareSettings.ts';
import { type Palette, readPalette } from '../pattern/palette.ts';

/** The tokens of the pattern and the colours that tell patterns apart. */
export interface ComparePalette extends Palette {
  readonly series: readonly string[];
}

export function readComparePalette(element: Element): ComparePalette {
  const style = getComputedStyle(element);
  const series = Array.from({ length: COLOURS }, (_, i) =>
    style.getPropertyValue(`--series-${i + 1}`).trim(),
  );
  return { ...readPalette(element), series };
}
