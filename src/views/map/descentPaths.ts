import { cellIndex } from '../../crystal/cell.ts';
import type { Slice } from '../../landscape/slice.ts';
import { type DescentRun, shownStep } from '../../state/explore/descentRun.ts';
import { type MapFrame, type PixelPath, pathUpTo, pixelPath, toX, toY } from './mapFrame.ts';

/** A descent in the pixels of a map. */
export interface MapDescent {
  readonly run: DescentRun;
  readonly path: PixelPath;
}

/** Coinciding paths both show: a dashed one lies over a solid one. */
const ORDER = ['unconstrained', 'constrained', 'constrainedStart'] as const;

/** The descents that have begun, in the order of drawing. */
export const descentPaths = (
  runs: readonly DescentRun[],
  frame: MapFrame,
  { x, y }: Pick<Slice, 'x' | 'y'>,
): MapDescent[] =>
  runs
    .filter(run => run.count > 0)
    .map(run => ({ run, path: pixelPath(frame, run.cells, run.count, cellIndex(x), cellIndex(y)) }))
    .sort((p, q) => ORDER.indexOf(p.run.mode) - ORDER.indexOf(q.run.mode));

/** A descent up to a step: its SVG path, and the pixel where it is. */
export function descentAt(
  { run, path }: MapDescent,
  frame: MapFrame,
  { x, y }: Pick<Slice, 'x' | 'y'>,
  step: number,
): { readonly d: string; readonly at: readonly [number, number] } {
  const cell = 6 * shownStep(run, step);
  const at = [
    toX(frame, run.cells[cell + cellIndex(x)]!),
    toY(frame, run.cells[cell + cellIndex(y)]!),
  ] as const;
  return { d: pathUpTo(path, step, at), at };
}
