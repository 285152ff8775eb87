import { type ReactNode, useMemo } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import { ANODES } from '../../diffraction/instrument.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { flipSettings } from '../../state/phases/flipJob.ts';
import { setPhases } from '../../state/phases/phasesActions.ts';
import { Button } from '../../ui/Button.tsx';
import { Chart, ChartLegend, type ChartLine } from '../../ui/Chart.tsx';
import { DataTable, ScrollBox } from '../../ui/DataTable.tsx';
import { formatNumber, formatPercent, THIN } from '../../ui/format.ts';
import { Prose } from '../../ui/Prose.tsx';
import { Select } from '../../ui/Select.tsx';
import rail from '../Section.module.css';
import { Row, Section } from '../Section.tsx';
import { SettingInput, SettingRow } from '../SettingRow.tsx';
import { siteNames } from './AtomControls.tsx';
import { DensityPane } from './DensityPane.tsx';
import { ExperimentLayout } from './ExperimentLayout.tsx';
import styles from './FlipReport.module.css';
import { Pane, PaneHeading, PaneNote } from './Pane.tsx';
import { SectionControls } from './SectionControls.tsx';
import { useLab, useLabs } from './useLab.ts';

/** Cycles at the end that flip negative density alone. */
const POLISH = 20;

/** 6: the phases found again. */
export function FlipExperiment({ structure }: { structure: Structure }): ReactNode {
  const run = useBraggscape(state => state.phases.flip);
  const [cycles, amplitudes] = useLabs('cycles', 'amplitudes');
  const { frame, rValues, phaseErrors, status, message } = run;
  const lines = useMemo((): ChartLine[] => {
    const xs = Float64Array.from(rValues, (_, i) => i + 1);
    return [
      { key: 'r', name: '*R* = Σ||*G*| − |*F*||/Σ|*F*| (left)', xs, ys: rValues, colour: 'var(--ink2)' },
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
        <DensityPane
          title="Density of this cycle"
          name={`Density at cycle ${frame?.cycle ?? 0}`}
          sub={
            frame &&
            `cycle ${frame.cycle} of ${cycles + POLISH}, peak ${formatNumber(frame.map.highest, 1)}${THIN}e${THIN}Å⁻³, ${formatPercent(frame.flipped, 0)} flipped; laid on the true origin${frame.inverted ? ' and inverted' : ''} (rings: true atoms)`
          }
          structure={structure}
          map={frame?.map ?? null}
          darkest={frame?.map.highest ?? 1}
          tone="current"
          stale={false}
          failure={status === 'failed' ? message : null}
          waiting={
            status === 'computing'
              ? 'The run is starting.'
              : `Press Run: charge flipping starts from random phases and the amplitudes of ${structure.formula}.`
          }
          faint
        />
      }
      side={<FlipReport structure={structure} />}
      lower={
        <Pane
          title="*R* and phase error, cycle by cycle"
          sub={`\`${structure.formula}\`, ${amplitudes === 'ideal' ? 'ideal amplitudes' : 'amplitudes extracted from a powder'}${frame ? ` (${frame.reflections} pairs)` : ''}`}
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

const FREE = 'other';

/** The settings of a run, and its start. */
function FlipControls(): ReactNode {
  const [amplitudes, seed, wavelength, running] = useLabs(
    'amplitudes',
    'flipSeed',
    'powderWavelength',
    'running',
  );
  const status = useBraggscape(state => state.phases.flip.status);
  const going = running && status === 'computing';
  const anode = ANODES.find(entry => entry.wavelength === wavelength)?.id ?? FREE;
  return (
    <Section
      group="flipping"
      title="Charge flipping"
      about="charge flipping"
      help={[
        'Oszlányi & Sütő 2004: the density below δ changes sign; its transform keeps its phases and gets back the known |*F*|; *F*(000) is free. Weak reflections (2005): the share given keeps its amplitude free and its phase is turned by 90°.',
        'After the cycles, 20 more flip negative density alone and impose every amplitude. The run knows no atoms, no symmetry and no true phase; the phase error and the picture use the true crystal to say how it goes.',
      ]}
    >
      <div className={rail.buttons}>
        <Button
          kind="primary"
          onClick={() => {
            // A run that ended is still asked for: off and on again starts it afresh.
            setPhases({ running: false }, false);
            if (!going) setPhases({ running: true }, false);
          }}
        >
          {going ? 'Stop' : 'Run'}
        </Button>
        <Button onClick={() => setPhases({ flipSeed: seed + 1, running: true }, true)}>Next seed</Button>
      </div>
      <SettingInput of="phases.amplitudes" />
      <SettingRow of="phases.flipDMin" />
      <SettingRow of="phases.delta" />
      <SettingRow of="phases.weak" />
      <SettingRow of="phases.flipBlur" />
      <Row label="Seed, cycles">
        <SettingInput of="phases.flipSeed" />
        <SettingInput of="phases.cycles" />
      </Row>
      {amplitudes === 'powder' && (
        <>
          <Row label="Powder">
            <Select
              label="Radiation of the powder"
              value={anode}
              options={[
                ...ANODES.map(entry => ({ value: entry.id as string, label: entry.label })),
                ...(anode === FREE ? [{ value: FREE, label: 'Other' }] : []),
              ]}
              onChange={id => {
                const preset = ANODES.find(entry => entry.id === id);
                if (preset) setPhases({ powderWavelength: preset.wavelength });
              }}
            />
          </Row>
          <SettingRow of="phases.powderWidth" />
        </>
      )}
    </Section>
  );
}

/** The end of the run, atom by atom, and that of other seeds with the same settings. */
function FlipReport({ structure }: { structure: Structure }): ReactNode {
  const { frame, rValues, phaseErrors, status, end } = useBraggscape(state => state.phases.flip);
  const outcomes = useBraggscape(state => state.phases.outcomes);
  const settings = useBraggscape(flipSettings);
  const seed = useLab('flipSeed');
  const names = siteNames(structure);
  const same = outcomes.filter(outcome => outcome.settings === settings);
  const solved = same.filter(outcome => outcome.found === outcome.atoms).length;
  const r = rValues.at(-1) ?? Number.NaN;
  const error = phaseErrors.at(-1) ?? Number.NaN;
  const extraction = frame?.extraction;
  const figures: readonly (readonly [name: string, value: string])[] = [
    ['*R*', formatNumber(r, 3)],
    ['phase error', Number.isFinite(error) ? `${formatNumber(error, 0)}°` : '–'],
    ['correlation with the true map', formatNumber(frame?.correlation ?? Number.NaN, 2)],
    ['threshold δ', frame ? `${formatNumber(frame.threshold, 2)}${THIN}e${THIN}Å⁻³` : '–'],
    ...(frame && extraction
      ? ([
          ['intensities the powder gives', `${extraction.groups} for ${frame.reflections}`],
          ['Σ||*F*| − |*F*_{true}|| / Σ|*F*|', formatPercent(extraction.error, 0)],
        ] as const)
      : []),
  ];
  return (
    <Pane
      title="This run"
      sub={`seed ${seed}`}
      about="the verdict"
      help={[
        `The highest peaks of the final density, as many as there are atomic positions, are laid on the true crystal by the best origin and hand. An atom is found when a peak of its own is within 0.3${THIN}Å. Solved: all of them.`,
        'Phase error: Σ|*F*||*F*′||Δφ| / Σ|*F*||*F*′| after that; random phases have somewhat below 90°, since the origin is chosen for them.',
      ]}
    >
      <ScrollBox label="This run">
        <p className={styles.verdict} role="status" data-testid="flip-verdict" data-status={status}>
          {status === 'computing' && 'Running.'}
          {status === 'cancelled' && 'Stopped; Run starts it again from its seed.'}
          {status === 'idle' && 'No run yet.'}
          {status === 'failed' && 'Not possible with these settings.'}
          {status === 'done' && end && (
            <b>
              {end.found === end.atoms
                ? `Solved: all ${end.atoms}`
                : `Not solved: ${end.found} of ${end.atoms}`}{' '}
              atoms within 0.3{THIN}Å.
            </b>
          )}
        </p>
        <dl className={styles.numbers}>
          {figures.map(([name, value]) => (
            <div key={name}>
              <dt>
                <Prose text={name} />
              </dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <PaneHeading>
          Seeds with these settings
          {same.length > 0 && `: ${solved} of ${same.length} solved`}
        </PaneHeading>
        {same.length === 0 ? (
          <PaneNote text="Finished runs are listed here." />
        ) : (
          <DataTable
            caption="Finished runs"
            rows={same}
            rowKey={outcome => outcome.seed}
            chosen={outcome => outcome.seed === seed}
            columns={[
              { head: 'seed', cell: outcome => outcome.seed },
              { head: '*R*', cell: ({ rValue }) => formatNumber(rValue, 3) },
              { head: 'phase error', cell: ({ phaseError }) => `${formatNumber(phaseError, 0)}°` },
              { head: 'atoms found', cell: ({ found, atoms }) => `${found} of ${atoms}` },
              { head: 'verdict', cell: ({ found, atoms }) => (found === atoms ? 'solved' : 'not solved') },
            ]}
          />
        )}
        {status === 'done' && end && (
          <>
            <PaneHeading>Atoms of the true crystal</PaneHeading>
            <DataTable
              caption="Nearest peak of each atom"
              rows={end.matches}
              rowKey={({ site }) => site}
              columns={[
                { head: 'atom', cell: ({ site }) => names[site] },
                { head: 'nearest peak / Å', cell: ({ distance }) => formatNumber(distance, 2) },
                { head: 'height / e Å⁻³', cell: ({ height }) => formatNumber(height, 1) },
                { head: 'found', cell: ({ distance }) => (distance < 0.3 ? 'yes' : 'no') },
              ]}
            />
          </>
        )}
      </ScrollBox>
    </Pane>
  );
}
