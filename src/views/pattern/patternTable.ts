import type { Instrument } from '../../diffraction/instrument.ts';

/** Patterns as text for other programs: plain ASCII, a point as decimal sign, full precision of the plot. */

const angle = ({ twoThetaMin, step }: Instrument, bin: number): string =>
  (twoThetaMin + bin * step).toFixed(4);

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
    (value, bin) => `${angle(instrument, bin)} ${(scale * value).toPrecision(8)}`,
  );
  return `${[...head, ...rows].join('\n')}\n`;
}

/** Target, current and their difference side by side. */
export function patternCsv(
  instrument: Instrument,
  target: Float64Array,
  current: Float64Array | null,
  scale: number,
): string {
  const head = current ? 'two_theta_deg,target,current,difference' : 'two_theta_deg,target';
  const rows = Array.from(target, (value, bin) => {
    const cells = [angle(instrument, bin), (scale * value).toPrecision(8)];
    if (current)
      cells.push((scale * current[bin]!).toPrecision(8), (scale * (value - current[bin]!)).toPrecision(8));
    return cells.join(',');
  });
  return `${[head, ...rows].join('\n')}\n`;
}
