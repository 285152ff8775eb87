import { type Slice, slicePlaces, strideOf } from '../../landscape/slice.ts';
import { type PathRun, pointOfStep, shownStep } from '../../state/explore/descentRun.ts';
import { type MapFrame, type PixelPath, pathUpTo, pixelPath, toX, toY } from './mapFrame.ts';

/** A descent in the pixels of a map. */
export interface MapDescent {
  readonly run: PathRun;
  readonly path: PixelPath;
}

/** Coinciding paths both show: a dashed one lies over a solid one. */
const ORDER = ['unconstrained', 'constrained', 'constrainedStart', 'continued'] as const;

/** The descents that have begun, in the order of drawing. */
export const descentPaths = (runs: readonly PathRun[], frame: MapFrame, slice: Slice): MapDescent[] =>
  runs
    .filter(run => run.count > 0 && run.stride === strideOf(slice))
    .map(run => ({ run, path: pixelPath(frame, run, slicePlaces(slice)) }))
    .sort((p, q) => ORDER.indexOf(p.run.mode) - ORDER.indexOf(q.run.mode));

/** A descent up to a step, or to a place between two: its SVG path, and the pixel where it is. */
export function descentAt(
  { run, path }: MapDescent,
  frame: MapFrame,
  slice: Slice,
  step: number,
): { readonly d: string; readonly at: readonly [number, number] } {
  const before = Math.floor(shownStep(run, step));
  const after = Math.min(before + 1, run.count - 1);
  const share = Math.min(1, Math.max(0, step - before));
  const value = (i: number): number =>
    (1 - share) * pointOfStep(run, before)[i]! + share * pointOfStep(run, after)[i]!;
  const [xPlace, yPlace] = slicePlaces(slice);
  const at = [toX(frame, value(xPlace)), toY(frame, value(yPlace))] as const;
  return { d: pathUpTo(path, step, at), at };
}
