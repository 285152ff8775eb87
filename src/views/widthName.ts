import type { Smoothing } from '../recovery/modelDescent.ts';
import { formatPlain, THIN } from '../ui/format.ts';

/** Name of a stage by what it is widened by: "12°", "8 Å²"; the last is on the loss itself. */
export const widthName = (width: number, smoothing: Smoothing = 'peaks'): string =>
  width === 0 ? 'plain' : smoothing === 'peaks' ? `${formatPlain(width)}°` : `${formatPlain(width)}${THIN}Å²`;

/** "every peak smoothed by 3°", "every atom smeared by B = 8 Å²". */
export const widenedBy = (width: number, smoothing: Smoothing): string =>
  smoothing === 'peaks'
    ? `every peak smoothed by ${widthName(width)}`
    : `every atom smeared by B = ${widthName(width, 'atoms')}`;
