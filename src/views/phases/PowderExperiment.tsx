import { type ReactNode, useMemo } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import { blurred, instrumentProblem } from '../../diffraction/instrument.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Chart, ChartLegend, type ChartLine } from '../../ui/Chart.tsx';
import { FieldMessage } from '../../ui/Field.tsx';
import { Formula } from '../../ui/Formula.tsx';
import { formatNumber, THIN } from '../../ui/format.ts';
import { InstrumentSection } from '../controls/InstrumentSection.tsx';
import { Section } from '../Section.tsx';
import { SettingRow } from '../SettingRow.tsx';
import { CountLadder } from './CountLadder.tsx';
import { ExperimentLayout, TwoPanes } from './ExperimentLayout.tsx';
import { LabPattern } from './LabPattern.tsx';
import { OverlapTable } from './OverlapTable.tsx';
import { Pane, PaneNote } from './Pane.tsx';
import styles from './PowderExperiment.module.css';
import { useLab, useLabScene } from './useLab.ts';

/** Told apart by dash as well as by grey. */
const DASHES = ['', '8 3', '3 3', '10 3 2 3', '1.5 3', '6 2 1.5 2 1.5 2'];

/** 5: what the powder takes besides the phases. */
export function PowderExperiment({ structure }: { structure: Structure }): ReactNode {
  const scale = useLab('widthScale');
  const instrument = useBraggscape(state => state.inputs.instrument);
  const { value, status, message: failure } = useBraggscape(state => state.phases.powder);
  const { target, other } = useLabScene();
  const problem = useMemo(() => instrumentProblem(blurred(instrument, scale)), [instrument, scale]);
  const lines = useMemo(
    (): ChartLine[] =>
      (value?.curves ?? []).flatMap(({ label, wavelength, overlapped }, i) =>
        overlapped
          ? [
              {
                key: label,
                name: (
                  <>
                    {label}, {formatNumber(wavelength, 4)}
                    {THIN}Å
                  </>
                ),
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
            sub={
              value && (
                <>
                  numbers about <Formula text={structure.formula} />, <i>d</i> ≥ {formatNumber(value.dMin)}
                  {THIN}Å
                </>
              )
            }
          >
            {failure && <PaneNote failed text={`This cannot be counted: ${failure}.`} />}
            {!value && !failure && <PaneNote text="The numbers are being counted." />}
            {value && <CountLadder counts={value.counts} />}
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
          target={target}
          other={scale === 1 ? null : other}
          names={['this instrument', `widths × ${formatNumber(scale, 2)}`]}
          title="Powder pattern"
          mark={null}
          same={false}
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
