import { type ReactNode, useMemo } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import { blurred, instrumentProblem } from '../../diffraction/instrument.ts';
import type { PowderLoss } from '../../phasing/lab/powderLoss.ts';
import type { PowderCounts } from '../../phasing/powderCounts.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Chart, ChartLegend, type ChartLine } from '../../ui/Chart.tsx';
import { DataTable, ScrollBox } from '../../ui/DataTable.tsx';
import { formatNumber, formatSigned, THIN } from '../../ui/format.ts';
import { FieldMessage } from '../../ui/InputBox.tsx';
import { Info } from '../../ui/Popover.tsx';
import { Prose } from '../../ui/Prose.tsx';
import { InstrumentSection } from '../controls/InstrumentSection.tsx';
import { HklText } from '../pattern/HklText.tsx';
import { Section } from '../Section.tsx';
import { SettingRow } from '../SettingRow.tsx';
import { ExperimentLayout, TwoPanes } from './ExperimentLayout.tsx';
import { LabPattern } from './LabPattern.tsx';
import { Pane, PaneNote } from './Pane.tsx';
import styles from './PowderExperiment.module.css';
import { useLab } from './useLab.ts';

/** Told apart by dash as well as by grey. */
const DASHES = ['', '8 3', '3 3', '10 3 2 3', '1.5 3', '6 2 1.5 2 1.5 2'];

/** 5: what the powder takes besides the phases. */
export function PowderExperiment({ structure }: { structure: Structure }): ReactNode {
  const scale = useLab('widthScale');
  const instrument = useBraggscape(state => state.inputs.instrument);
  const { value, status, message: failure } = useBraggscape(state => state.phases.powder);
  const problem = useMemo(() => instrumentProblem(blurred(instrument, scale)), [instrument, scale]);
  const lines = useMemo(
    (): ChartLine[] =>
      (value?.curves ?? []).flatMap(({ label, wavelength, overlapped }, i) =>
        overlapped
          ? [
              {
                key: label,
                name: `${label}, ${formatNumber(wavelength, 4)}${THIN}Å`,
                xs: value!.scales,
                ys: overlapped.map(share => 100 * share),
                colour:
                  Math.abs(wavelength - instrument.wavelength) < 1e-7 ? 'var(--current)' : 'var(--ink2)',
                dash: DASHES[i % DASHES.length]!,
              },
            ]
          : [],
      ),
    [value, instrument.wavelength],
  );
  const beyond = value?.curves.filter(curve => !curve.overlapped) ?? [];
  return (
    <ExperimentLayout
      rail={
        <>
          <Section group="section" title="Widths">
            <SettingRow of="phases.widthScale" />
            {problem && (
              <FieldMessage role="status">
                {problem}: the peaks are narrower than the grid can show.
              </FieldMessage>
            )}
          </Section>
          <InstrumentSection />
        </>
      }
      main={
        <TwoPanes as="short">
          <Pane
            title="What is left"
            stale={status === 'computing' && value !== null}
            sub={value && `numbers about \`${structure.formula}\`, *d* ≥ ${formatNumber(value.dMin)}${THIN}Å`}
          >
            {failure && <PaneNote failed text={`This cannot be counted: ${failure}.`} />}
            {!value && !failure && <PaneNote text="The numbers are being counted." />}
            {value && <CountScale counts={value.counts} />}
          </Pane>
          <Pane
            title="Overlap against width and wavelength"
            sub={
              beyond.length > 0 &&
              `out of reach of d = ${formatNumber(value!.dMin)} Å: ${beyond.map(curve => curve.label).join(', ')}`
            }
          >
            {value && (
              <>
                <Chart
                  name="overlap"
                  label={`Share of peaks with another within one FWHM against the width. ${value.curves
                    .filter(curve => curve.overlapped)
                    .map(
                      curve =>
                        `${curve.label}: ${formatNumber(100 * nearest(curve.overlapped!, value.scales, scale), 0)} per cent at ${formatNumber(scale, 2)} times the width`,
                    )
                    .join('; ')}.`}
                  x={{ title: 'width, times that of the instrument', range: [0, 2] }}
                  y={{ title: 'peaks within one FWHM of another / %', range: [0, 100] }}
                  lines={lines}
                  rules={[
                    { key: 'now', x: Math.min(2, scale), text: 'now', colour: 'var(--ink2)', dash: '1.5 3' },
                  ]}
                />
                <div className={styles.legend}>
                  <ChartLegend lines={lines} />
                </div>
              </>
            )}
          </Pane>
        </TwoPanes>
      }
      side={value && <OverlapTable loss={value} />}
      lower={
        <LabPattern
          other={scale === 1 ? null : undefined}
          names={['this instrument', `widths × ${formatNumber(scale, 2)}`]}
          status={
            value &&
            `${value.counts.shells} peaks, ${value.counts.resolved} runs that the profile tells apart${scale === 1 ? '' : ` with widths × ${formatNumber(scale, 2)}`}`
          }
        />
      }
    />
  );
}

function nearest(values: Float64Array, xs: Float64Array, x: number): number {
  let best = 0;
  for (let i = 1; i < xs.length; i++) if (Math.abs(xs[i]! - x) < Math.abs(xs[best]! - x)) best = i;
  return values[best]!;
}

/** Peaks that cannot be told from another within one FWHM. */
function OverlapTable({ loss }: { loss: PowderLoss }): ReactNode {
  const { groups, counts } = loss;
  const strongest = groups.reduce((most, group) => Math.max(most, group.intensity), 0);
  return (
    <Pane
      title="Overlapping reflections"
      sub={`${counts.overlapped} of ${counts.shells} peaks`}
      about="overlaps"
      help={[
        'Two peaks overlap when they are nearer than the mean of their full widths at half maximum (Caglioti). “+ n” after an index: so many unrelated reflections share exactly this spacing; no width parts them.',
      ]}
    >
      {groups.length === 0 ? (
        <PaneNote text="No two peaks of this crystal are within one FWHM of each other." />
      ) : (
        <ScrollBox label="Overlapping reflections">
          <DataTable
            caption="Peaks within one FWHM of another"
            rows={groups}
            rowKey={({ hkl, twoTheta }) => `${hkl.join()} ${twoTheta}`}
            columns={[
              {
                head: '*hkl*',
                cell: ({ hkl, forms }) => (
                  <>
                    <HklText of={hkl} />
                    {forms > 1 && <span className="quiet"> + {forms - 1}</span>}
                  </>
                ),
              },
              { head: '2θ / °', cell: ({ twoTheta }) => formatNumber(twoTheta, 2) },
              { head: 'FWHM / °', cell: ({ fwhm }) => formatNumber(fwhm, 3) },
              { head: 'rel. int.', cell: ({ intensity }) => formatNumber((100 * intensity) / strongest, 1) },
              {
                head: 'overlaps with (apart / °)',
                words: true,
                cell: ({ partners }) =>
                  partners.length === 0
                    ? 'itself: exactly one spacing'
                    : partners.map((partner, i) => (
                        <span key={partner.hkl.join()} style={{ whiteSpace: 'nowrap' }}>
                          {i > 0 && ', '}
                          <HklText of={partner.hkl} /> ({formatSigned(partner.apart, 2)})
                        </span>
                      )),
              },
            ]}
          />
        </ScrollBox>
      )}
    </Pane>
  );
}

/** Count of the numbers left after each step from F to the profile, against the unknowns of the crystal. */
function CountScale({ counts }: { counts: PowderCounts }): ReactNode {
  const { cell, coordinates } = counts.unknowns;
  const rows: readonly (readonly [key: string, count: number, name: string, lost: string])[] = [
    ['complex', counts.complex, 'complex *F*, amplitude and phase', ''],
    ['friedel', counts.friedel, '|*F*|² of one of each Friedel pair', 'the phases'],
    ['laue', counts.laue, 'of those, different by symmetry', 'what symmetry repeats'],
    ['shells', counts.shells, 'shells of one d: a powder with no width', 'the directions'],
    ['resolved', counts.resolved, 'runs within one FWHM: the profile', 'overlapping peaks'],
    ['unknowns', cell + coordinates, `unknowns: ${cell} of the cell, ${coordinates} coordinates `, ''],
  ];
  return (
    <div className={styles.box}>
      <DataTable
        caption="Numbers left after each step"
        className={styles.ladder}
        rows={rows}
        rowKey={([key]) => key}
        rowProps={([key]) => ({ className: key === 'unknowns' ? styles.current : undefined })}
        columns={[
          {
            words: true,
            cell: ([key, , name, lost]) => (
              <>
                <Prose text={name} />
                {key === 'unknowns' && <Info about="the counts" help={HELP} />}
                {lost && <small>lost: {lost}</small>}
              </>
            ),
          },
          {
            className: styles.bar,
            cell: ([, count]) => (
              <span aria-hidden="true" style={{ width: `${(100 * count) / Math.max(1, counts.complex)}%` }} />
            ),
          },
          { cell: ([, count]) => formatNumber(count, 0), testId: ([key]) => `count-${key}` },
        ]}
      />
    </div>
  );
}

const HELP = [
  'Reflections inside the window of the instrument that are not extinct. Shells within one FWHM of the first of a run count as one.',
  'Unknowns: free parameters of the cell and three coordinates for every position in it. Symmetry, where it is known, lowers them as it lowers the third row.',
];
