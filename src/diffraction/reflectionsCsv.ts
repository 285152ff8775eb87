import { hklOf, type ReflectionTable } from './mergePeaks.ts';

export interface NamedReflections {
  readonly label: string;
  readonly table: ReflectionTable;
  readonly wavelength: number;
}

export const quotedCsv = (text: string): string =>
  /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Reflections of several crystals, one of each Friedel pair, intensities in per cent of the strongest of each. */
export function reflectionsCsv(sets: readonly NamedReflections[]): string {
  const rows = sets.flatMap(({ label, table, wavelength }) => {
    const strongest = table.intensity.reduce((most, value) => Math.max(most, value), 0);
    return Array.from(table.twoTheta, (angle, row) =>
      [
        quotedCsv(label),
        ...hklOf(table, row),
        angle.toFixed(5),
        (wavelength / (2 * Math.sin((angle * Math.PI) / 360))).toFixed(6),
        ((100 * table.intensity[row]!) / strongest).toPrecision(6),
      ].join(','),
    );
  });
  return `${['pattern,h,k,l,two_theta_deg,d_angstrom,intensity_percent_of_strongest', ...rows].join('\n')}\n`;
}
