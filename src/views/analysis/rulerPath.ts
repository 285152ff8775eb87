import { cellExists } from '../../crystal/cell.ts';
import { basinRuler, worstShift } from '../../diffraction/basinRuler.ts';
import type { Instrument } from '../../diffraction/instrument.ts';
import { type Slice, sliceCell } from '../../landscape/slice.ts';
import { isolines } from '../../num/isolines.ts';
import { isolinePath } from '../../ui/isolinePaths.ts';
import { type MapFrame, toX, toY } from '../map/mapFrame.ts';

/** Points of the ruler's grid along each axis. */
const POINTS = 161;
/** Stands for a cell that does not exist, or a reflection without an angle. */
const FAR = 1e3;

/** SVG path of the line where the worst strong peak is one full width from its target, in pixels of the map. */
export function rulerPath(
  frame: MapFrame,
  slice: Slice,
  instrument: Instrument,
  peaks: Parameters<typeof basinRuler>[1],
): string {
  const ruler = basinRuler(instrument, peaks);
  const at = ([low, high]: readonly [number, number], i: number): number =>
    low + ((high - low) * i) / (POINTS - 1);
  const values = Float64Array.from({ length: POINTS * POINTS }, (_, k) => {
    const cell = sliceCell(slice, at(slice.xRange, k % POINTS), at(slice.yRange, Math.floor(k / POINTS)));
    return cellExists(cell) ? Math.min(FAR, worstShift(ruler, cell)) : FAR;
  });
  return isolines(values, POINTS, POINTS, 1)
    .map(({ points, closed }) => {
      const pixels = points.map((place, i) =>
        i % 2 ? toY(frame, at(slice.yRange, place)) : toX(frame, at(slice.xRange, place)),
      );
      return isolinePath({ points: pixels, closed });
    })
    .join('');
}
