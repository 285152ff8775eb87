import { type ReactNode, useMemo } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { Chart, ChartLegend, type ChartLine } from '../../ui/Chart.tsx';
import { Formula } from '../../ui/Formula.tsx';
import { formatNumber, formatPercent, THIN } from '../../ui/format.ts';
import { DensityPane } from './DensityPane.tsx';
import { ExperimentLayout } from './ExperimentLayout.tsx';
import { FlipControls } from './FlipControls.tsx';
import { FlipReport } from './FlipReport.tsx';
import { Pane, PaneNote } from './Pane.tsx';
import { SectionControls } from './SectionControls.tsx';
import { useLab } from './useLab.ts';

/** Cycles at the end that flip negative density alone. */
const POLISH = 20;

/** 6: the phases found again. */
export function FlipExperiment({ structure }: { structure: Structure }): ReactNode {
  const run = useBraggscape(state => state.phases.flip);
  const [cycles, amplitudes] = [useLab('cycles'), useLab('amplitudes')];
  const { frame, rValues, phaseErrors, status, message } = run;
  const lines = useMemo((): ChartLine[] => {
    const xs = Float64Array.from(rValues, (_, i) => i + 1);
    return [
      {
        key: 'r',
        name: (
          <span>
            <i>R</i> = Σ||<i>G</i>| − |<i>F</i>||/Σ|<i>F</i>| (left)
          </span>
        ),
        xs,
        ys: rValues,
        colour: 'var(--ink2)',
      },
      {
        key: 'phase',
        name: 'mean phase error, weighted by |F|, up to origin and hand (right)',
        xs,
        ys: phaseErrors,
        colour: 'var(--current)',
        dash: '6 3',
        axis: 'right',
      },
    ];
  }, [rValues, phaseErrors]);
  const r = rValues.at(-1) ?? Number.NaN;
  const error = phaseErrors.at(-1) ?? Number.NaN;
  const top = rValues.length > 0 ? Math.max(0.5, ...rValues) : 1;
  const noSpacing = frame?.map.section.spacing ?? null;
  const summary = frame
    ? `Cycle ${frame.cycle}: R ${formatNumber(r, 3)}, phase error ${formatNumber(error, 0)}°`
    : 'No run yet';
  return (
    <ExperimentLayout
      rail={
        <>
          <FlipControls />
          <SectionControls spacing={noSpacing} unit="e Å⁻³" with={{ atoms: true }} />
        </>
      }
      main={
        frame || status === 'failed' ? (
          <DensityPane
            title="Density of this cycle"
            name={`Density at cycle ${frame?.cycle ?? 0}`}
            sub={
              frame && (
                <>
                  cycle {frame.cycle} of {cycles + POLISH}, peak {formatNumber(frame.map.highest, 1)}
                  {THIN}e{THIN}Å⁻³, {formatPercent(frame.flipped, 0)} flipped; laid on the true origin
                  {frame.inverted && ' and inverted'} (rings: true atoms)
                </>
              )
            }
            structure={structure}
            map={frame?.map ?? null}
            darkest={frame?.map.highest ?? 1}
            tone="current"
            stale={false}
            failure={status === 'failed' ? message : null}
            faint
          />
        ) : (
          <Pane title="Density of this cycle">
            <PaneNote
              text={
                status === 'computing'
                  ? 'The run is starting.'
                  : `Press Run: charge flipping starts from random phases and the amplitudes of ${structure.formula}.`
              }
            />
          </Pane>
        )
      }
      side={<FlipReport structure={structure} />}
      lower={
        <Pane
          title={
            <>
              <i>R</i> and phase error, cycle by cycle
            </>
          }
          sub={
            <>
              <Formula text={structure.formula} />,{' '}
              {amplitudes === 'ideal' ? 'ideal amplitudes' : 'amplitudes extracted from a powder'}
              {frame && ` (${frame.reflections} pairs)`}
            </>
          }
          tools={<ChartLegend lines={lines} />}
        >
          <Chart
            name="cycles"
            label={`R value and phase error by cycle. ${summary}.`}
            x={{ title: 'cycle', range: [0, cycles + POLISH] }}
            y={{ title: 'R', range: [0, top] }}
            right={{ title: 'phase error / °', range: [0, 90] }}
            lines={lines}
            rules={[{ key: 'polish', x: cycles, text: 'polish', colour: 'var(--ink2)', dash: '1.5 3' }]}
          />
        </Pane>
      }
    />
  );
}
