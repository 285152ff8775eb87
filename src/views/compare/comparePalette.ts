import { COMPARE_LIMITS } from '../../state/compare/compareInputs.ts';
import { type Palette, readPalette } from '../pattern/palette.ts';

/** The tokens of the pattern and the colours that tell patterns apart. */
export interface ComparePalette extends Palette {
  readonly series: readonly string[];
}

export function readComparePalette(element: Element): ComparePalette {
  const style = getComputedStyle(element);
  const series = Array.from({ length: COMPARE_LIMITS.colours }, (_, i) =>
    style.getPropertyValue(`--series-${i + 1}`).trim(),
  );
  return { ...readPalette(element), series };
}
