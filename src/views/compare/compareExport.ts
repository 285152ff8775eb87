import { resample } from '../../diffraction/resample.ts';
import { columnsCsv } from '../pattern/patternTable.ts';
import type { CompareScene } from './compareScene.ts';

/**
 * The patterns of the picture side by side, over 2θ at each one's own wavelength: on the points of the first; per cent
 * of the highest point times the scale of the row.
 */
export function compareCsv({ curves, subtracted }: CompareScene): string {
  const first = curves[0]!.curve;
  const columns = curves.map(({ curve, scale, label }) => {
    const y =
      curve === first ? curve.values : resample({ x: curve.twoTheta, y: curve.values }, first.twoTheta);
    return [label, (point: number) => scale * y[point]!] as const;
  });
  if (subtracted?.first.curve === first)
    columns.push([
      `${subtracted.first.label} minus ${subtracted.second.label}`,
      point => subtracted.values[point]!,
    ]);
  return columnsCsv(first.twoTheta, columns);
}
