import { formatPlain } from '../ui/format.ts';

/** Name of a stage by the width of its kernel, degrees: "12°"; the last is on the loss itself. */
export const widthName = (width: number): string => (width > 0 ? `${formatPlain(width)}°` : 'plain');
