import { type ReactNode, useMemo, useState } from 'react';
import { matchPeaks } from '../../diffraction/matchPeaks.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Button } from '../../ui/Button.tsx';
import { DataTable, RowButton, ScrollBox } from '../../ui/DataTable.tsx';
import { formatNumber, formatSigned } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { spacing } from '../pattern/axes.ts';
import { HklText } from '../pattern/HklText.tsx';
import { COUNTS_FROM } from '../pattern/occupancy.ts';
import { axisAngle, type ViewSettings } from '../pattern/plotScene.ts';
import { SettingInput } from '../SettingRow.tsx';
import { type CompareScene, relative, type SceneCurve } from './compareScene.ts';
import styles from './PeakTable.module.css';
import tables from './tablesHead.module.css';

/** Rows of the table before the rest is asked for. */
const PAGE = 40;

/** The peaks of the first pattern of the pair and what the others have there; a row zooms to its peak. */
export function PeakTable(props: {
  readonly scene: CompareScene;
  readonly view: ViewSettings;
  onZoomTo(twoTheta: number): void;
}): ReactNode {
  const { scene, view, onZoomTo } = props;
  const tolerance = useBraggscape(state => state.inputs.compare.tolerance);
  const first = useBraggscape(state => state.inputs.compare.pair[0]);
  const [all, setAll] = useState(false);
  const lead = scene.curves.find(curve => curve.index === first) ?? scene.curves[0]!;
  const others = scene.curves.filter(curve => curve !== lead);
  const matches = useMemo(
    () => others.map(other => matchPeaks(plain(lead), plain(other), tolerance, leastOf(other))),
    [others, lead, tolerance],
  );
  const counted = lead.curve.peaks.flatMap((peak, index) =>
    peak.intensity >= leastOf(lead) ? [{ peak, index }] : [],
  );
  const rows = all ? counted : counted.slice(0, PAGE);
  return (
    <section className={styles.list} aria-label="Peaks">
      <header className={tables.head}>
        <h2>
          Peaks of {lead.index + 1}{' '}
          <Info
            about="matching peaks"
            help={[
              'Peaks of at least 1 % of the strongest. Each is held against the nearest such peak of the others by its spacing, expressed as an angle at the wavelength of the first; it matches when it is within the tolerance. The first pattern of the pair leads.',
            ]}
          />
        </h2>
        <span className="spacer" />
        <span className="quiet">within</span>
        <SettingInput of="compare.tolerance" />
      </header>
      <ScrollBox label={`Peaks of ${lead.label}`} className={styles.scroll}>
        <DataTable
          caption={`Peaks of ${lead.label} and their matches`}
          className={styles.peaks}
          rows={rows}
          rowKey={({ index }) => index}
          columns={[
            {
              head: 'hkl',
              cell: ({ peak }) => (
                <RowButton onPress={() => onZoomTo(axisAngle(scene, lead, peak.twoTheta, view.axis))}>
                  <span className="visually-hidden">Zoom to </span>
                  {lead.curve.measured ? 'peak' : <HklText of={peak.forms[0]!.hkl} />}
                  <span className="visually-hidden"> at {formatNumber(peak.twoTheta, 2)} degrees</span>
                </RowButton>
              ),
            },
            { head: '2θ / °', cell: ({ peak }) => formatNumber(peak.twoTheta, 3) },
            {
              head: '*d* / Å',
              cell: ({ peak }) => formatNumber(spacing(peak.twoTheta, lead.curve.instrument.wavelength), 4),
            },
            { head: '*I* / %', cell: ({ index }) => formatNumber(relative(lead, index), 1) },
            ...others.map((other, k) => ({
              title: other.label,
              head: (
                <>
                  {other.index + 1}{' '}
                  <span className="quiet">
                    {matched(matches[k]!, counted)} of {counted.length}
                  </span>
                  <span className="visually-hidden">{other.label}: hkl and shift in degrees</span>
                </>
              ),
              cell: ({ index }: (typeof rows)[number]) => {
                const match = matches[k]![index];
                const found = match && other.curve.peaks[match.index];
                if (!match || !found) return <span className="quiet">–</span>;
                return (
                  <>
                    {!other.curve.measured && <HklText of={found.forms[0]!.hkl} />}{' '}
                    <span className="quiet">{formatSigned(match.shift, 2)}</span>
                  </>
                );
              },
            })),
          ]}
        />
        {counted.length > rows.length && (
          <Button small onClick={() => setAll(true)}>
            Show all {counted.length} peaks
          </Button>
        )}
      </ScrollBox>
    </section>
  );
}

const plain = ({ curve }: SceneCurve): Parameters<typeof matchPeaks>[0] => ({
  peaks: curve.peaks,
  wavelength: curve.instrument.wavelength,
});

const leastOf = ({ strongest }: SceneCurve): number => COUNTS_FROM * strongest;

const matched = (matches: readonly unknown[], counted: readonly { readonly index: number }[]): number =>
  counted.filter(({ index }) => matches[index]).length;
