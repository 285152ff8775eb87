import type { ReactNode, RefObject } from 'react';
import { reflectionsCsv } from '../../diffraction/reflectionsCsv.ts';
import { resample } from '../../diffraction/resample.ts';
import { saveFile } from '../../ui/download.ts';
import type { Picture } from '../pattern/frame.ts';
import { type Caption, PlotDownloads } from '../pattern/PlotDownloads.tsx';
import { columnsCsv } from '../pattern/patternTable.ts';
import { wavelengthText } from '../pattern/wavelengthText.ts';
import type { CompareScene } from './compareScene.ts';

function captionOf({ curves, subtracted, instrument }: CompareScene): Caption {
  const names = curves.map(({ index, label }) => `${index + 1} ${label}`).join('; ');
  const pair = subtracted
    ? `; difference ${subtracted.first.index + 1} − ${subtracted.second.index + 1}`
    : '';
  return [
    names,
    `Each in per cent of its highest point times its scale; ${wavelengthText(instrument.wavelength)} where no other is named${pair}`,
  ];
}

const reflectionsOf = ({ curves }: CompareScene): string =>
  reflectionsCsv(
    curves.flatMap(({ label, curve: { table, instrument } }) =>
      table ? [{ label, table, wavelength: instrument.wavelength }] : [],
    ),
  );

const saveCsv = (name: string, text: string): void => saveFile(name, text, 'text/csv;charset=utf-8');

/** The picture and its patterns as files. */
export const CompareDownloads = ({
  shown,
}: {
  shown: RefObject<Picture<CompareScene> | null>;
}): ReactNode => (
  <PlotDownloads
    label="Save the comparison"
    shown={shown}
    file={() => 'comparison'}
    caption={captionOf}
    tables={[
      ['Patterns (CSV)', scene => saveCsv('comparison.csv', compareCsv(scene))],
      ['Reflections (CSV)', scene => saveCsv('reflections.csv', reflectionsOf(scene))],
    ]}
  />
);

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
