import type { ReactNode, RefObject } from 'react';
import { reflectionsCsv } from '../../diffraction/reflectionsCsv.ts';
import { resample } from '../../diffraction/resample.ts';
import { setCompare } from '../../state/compare/compareActions.ts';
import { type Arrangement, COMPARE } from '../../state/compare/compareSettings.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { saveFile } from '../../ui/download.ts';
import { Info } from '../../ui/Popover.tsx';
import { Slider } from '../../ui/Slider.tsx';
import type { Picture } from '../pattern/frame.ts';
import { type Caption, PlotDownloads } from '../pattern/PlotDownloads.tsx';
import { PlotTools } from '../pattern/PlotTools.tsx';
import { columnsCsv } from '../pattern/patternTable.ts';
import { wavelengthText } from '../pattern/wavelengthText.ts';
import { SettingInput } from '../SettingRow.tsx';
import styles from './CompareHead.module.css';
import type { CompareScene } from './compareScene.ts';

/** Arrangement, the pair, axes, and what can be saved. */
export function CompareHead(props: {
  readonly shown: RefObject<Picture<CompareScene> | null>;
  onReset(): void;
}): ReactNode {
  const arrangement = useBraggscape(state => state.inputs.compare.arrangement);
  const spread = useBraggscape(state => state.inputs.compare.spread);
  return (
    <header className={styles.head}>
      <h2>
        Compare{' '}
        <Info
          about="this picture"
          help={[
            'Every pattern is scaled so that its own highest point is 100, times the scale in its row. Simulated patterns have the instrument of the explorer, with the wavelength and the width of the row; a strained cell keeps its fractional coordinates.',
            'On the 2θ axis each pattern stands at the angles of its own wavelength; on Q and d equal spacings stand over each other. The difference is first minus second of the pair, at the scale shown, interpolated by straight lines where their points are not the same.',
            'Ticks are reflections; those weaker than 1 % of the strongest are faint.',
          ]}
        />
      </h2>
      <SettingInput
        of="compare.arrangement"
        small
        onChange={(value: Arrangement) => {
          const usual = { waterfall: 0.4, offset: 1 } as Partial<Record<Arrangement, number>>;
          setCompare({
            arrangement: value,
            spread: (value !== arrangement && usual[value]) || spread,
          });
        }}
      />
      {(arrangement === 'offset' || arrangement === 'waterfall') && (
        <div className={styles.spread}>
          <span>Distance</span>
          <Slider
            label="Distance"
            min={COMPARE.spread.codec.limits[0]}
            max={COMPARE.spread.codec.limits[1]}
            step={0.05}
            value={spread}
            text={`${Math.round(100 * spread)} per cent of the height of a pattern`}
            onChange={value => setCompare({ spread: value }, false)}
          />
        </div>
      )}
      <span className="spacer" />
      <div className={styles.tools}>
        <PlotTools
          resetLabel="Show the whole patterns"
          onReset={props.onReset}
          downloads={<CompareDownloads shown={props.shown} />}
        />
      </div>
    </header>
  );
}

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
const CompareDownloads = ({ shown }: { shown: RefObject<Picture<CompareScene> | null> }): ReactNode => (
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
