import type { Slice } from '../../landscape/slice.ts';
import { type SymmetryLine, symmetryLines } from '../../landscape/symmetryLines.ts';
import { type LabelBox, overlaps, wordBox } from './labels.ts';
import { type MapFrame, toX, toY } from './mapFrame.ts';

/** Place of the names of symmetry lines and points: at the far end of a line, centred at (x, y) in pixels; without those that would cover another. */
export function symmetryNames(frame: MapFrame, slice: Slice): { label: string; x: number; y: number }[] {
  if (frame.width < 240) return [];
  const taken: LabelBox[] = [];
  return symmetryLines(slice)
    .map(line => named(frame, line))
    .filter(({ label, x, y }) => {
      const box = wordBox(label, x, y);
      if (taken.some(other => overlaps(box, other))) return false;
      taken.push(box);
      return true;
    });
}

function named(
  frame: MapFrame,
  { label, from, to }: SymmetryLine,
): { readonly label: string; readonly x: number; readonly y: number } {
  const half = wordBox(label, 0, 0).width / 2;
  const vertical = from[0] === to[0];
  const horizontal = from[1] === to[1];
  const [x, y] = [toX(frame, to[0]), toY(frame, to[1])];
  if (from === to) return { label, x, y: y - 9 };
  if (vertical) return { label, x: x - half - 3, y: y + 15 };
  if (horizontal) return { label, x: x - half - 4, y: y - 6 };
  return { label, x: x - half - 8, y: from[1] < to[1] ? y + 30 : y - 22 };
}
