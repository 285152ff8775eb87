import type { ReactNode } from 'react';
import type { Structure } from '../../crystal/structure.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { flipSettings } from '../../state/phases/flipJob.ts';
import { DataTable, ScrollBox } from '../../ui/DataTable.tsx';
import { formatNumber, formatPercent, THIN } from '../../ui/format.ts';
import { Prose } from '../../ui/Prose.tsx';
import { siteNames } from './AtomControls.tsx';
import styles from './FlipReport.module.css';
import { Pane, PaneHeading, PaneNote } from './Pane.tsx';
import { useLab } from './useLab.ts';

/** The end of the run, atom by atom, and that of other seeds with the same settings. */
export function FlipReport({ structure }: { structure: Structure }): ReactNode {
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
