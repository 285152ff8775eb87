import type { Slice } from '../../landscape/slice.ts';
import { symmetryLines } from '../../landscape/symmetryLines.ts';
import { wordBox } from './labels.ts';
import { type MapFrame, toX, toY } from './mapFrame.ts';

/** Place of the conditions of the family: at the far end of their lines, centred at (x, y) in pixels. */
export function symmetryNames(frame: MapFrame, slice: Slice): { label: string; x: number; y: number }[] {
  if (frame.width < 240) return [];
  return symmetryLines(slice).map(({ label, from, to }) => {
    const half = wordBox(label, 0, 0).width / 2;
    const vertical = from[0] === to[0];
    const horizontal = from[1] === to[1];
    const [x, y] = [toX(frame, to[0]), toY(frame, to[1])];
    if (vertical) return { label, x: x - half - 3, y: y + 15 };
    if (horizontal) return { label, x: x - half - 4, y: y - 6 };
    return { label, x: x - half - 8, y: y + 30 };
  });
}
