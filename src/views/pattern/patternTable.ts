import type { Instrument } from '../../diffraction/instrument.ts';
import { quotedCsv } from '../../diffraction/reflectionsCsv.ts';

/** Patterns as text for other programs: plain ASCII, a point as decimal sign, full precision of the plot. */

const angleOf = ({ twoThetaMin, step }: Instrument, bin: number): number => twoThetaMin + bin * step;

/** One pattern as two columns, 2θ in degrees and intensity; "#" begins a comment. */
export function patternXy(
  title: string,
  instrument: Instrument,
  values: Float64Array,
  scale: number,
): string {
  const head = [
    `# ${title}`,
    `# wavelength ${instrument.wavelength} angstrom; columns: two-theta (degrees), intensity (100 = highest point of the target)`,
  ];
  const rows = Array.from(
    values,
    (value, bin) => `${angleOf(instrument, bin).toFixed(4)} ${(scale * value).toPrecision(8)}`,
  );
  return `${[...head, ...rows].join('\n')}\n`;
}

/** A name and the value at a point. */
type Column = readonly [name: string, at: (point: number) => number];

/** Columns side by side over 2θ in degrees. */
export function columnsCsv(twoTheta: Float64Array, columns: readonly Column[]): string {
  const rows = Array.from(twoTheta, (angle, point) =>
    [angle.toFixed(4), ...columns.map(([, at]) => at(point).toPrecision(8))].join(','),
  );
  return `${[['two_theta_deg', ...columns.map(([name]) => quotedCsv(name))].join(','), ...rows].join('\n')}\n`;
}

/** Target, current and their difference side by side. */
export function patternCsv(
  instrument: Instrument,
  target: Float64Array,
  current: Float64Array | null,
  scale: number,
): string {
  const columns: Column[] = [['target', bin => scale * target[bin]!]];
  if (current)
    columns.push(
      ['current', bin => scale * current[bin]!],
      ['difference', bin => scale * (target[bin]! - current[bin]!)],
    );
  return columnsCsv(
    target.map((_, bin) => angleOf(instrument, bin)),
    columns,
  );
}
