import { hklOf } from '../../diffraction/mergePeaks.ts';
import { resample } from '../../diffraction/resample.ts';
import { spacing } from '../pattern/axes.ts';
import type { CompareScene, SceneCurve } from './compareScene.ts';

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * The patterns of the picture side by side, over 2θ at each one's own wavelength: on the points of the first; per cent
 * of the highest point times the scale of the row.
 */
export function compareCsv({ curves, difference }: CompareScene): string {
  const first = curves[0]!;
  const at = first.curve.twoTheta;
  const columns = curves.map(({ curve, scale }) => {
    const y = curve === first.curve ? curve.values : resample({ x: curve.twoTheta, y: curve.values }, at);
    return { scale, y };
  });
  const head = ['two_theta_deg', ...curves.map(({ label }) => quoted(label))];
  const own = difference && difference.first.curve === first.curve ? difference : null;
  if (own) head.push(quoted(`${own.first.label} minus ${own.second.label}`));
  const rows = Array.from(at, (angle, i) =>
    [
      angle.toFixed(4),
      ...columns.map(({ scale, y }) => (scale * y[i]!).toPrecision(8)),
      ...(own ? [own.values[i]!.toPrecision(8)] : []),
    ].join(','),
  );
  return `${[head.join(','), ...rows].join('\n')}\n`;
}

/** The reflections of every crystal in the picture, one of each Friedel pair. */
export function reflectionsCsv(curves: readonly SceneCurve[]): string {
  const rows = curves.flatMap(({ label, curve }) => {
    const { table } = curve;
    if (!table) return [];
    const strongest = curve.peaks.reduce((most, peak) => Math.max(most, peak.intensity), 0);
    return Array.from(table.twoTheta, (angle, row) =>
      [
        quoted(label),
        ...hklOf(table, row),
        angle.toFixed(5),
        spacing(angle, curve.instrument.wavelength).toFixed(6),
        ((100 * table.intensity[row]!) / strongest).toPrecision(6),
      ].join(','),
    );
  });
  return `${['pattern,h,k,l,two_theta_deg,d_angstrom,intensity_percent_of_strongest_peak', ...rows].join('\n')}\n`;
}
