import { quotedCsv } from '../../diffraction/reflectionsCsv.ts';
import { resample } from '../../diffraction/resample.ts';
import type { CompareScene } from './compareScene.ts';

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
  const head = ['two_theta_deg', ...curves.map(({ label }) => quotedCsv(label))];
  const own = difference && difference.first.curve === first.curve ? difference : null;
  if (own) head.push(quotedCsv(`${own.first.label} minus ${own.second.label}`));
  const rows = Array.from(at, (angle, i) =>
    [
      angle.toFixed(4),
      ...columns.map(({ scale, y }) => (scale * y[i]!).toPrecision(8)),
      ...(own ? [own.values[i]!.toPrecision(8)] : []),
    ].join(','),
  );
  return `${[head.join(','), ...rows].join('\n')}\n`;
}
