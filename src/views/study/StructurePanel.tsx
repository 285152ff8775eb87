import type { ReactNode } from 'react';
import { LIBRARY } from '../../crystal/library.ts';
import { useBraggscape } from '../../state/core/store.ts';
import type { Treatment } from '../../study/trialKey.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { SpaceGroup } from '../../ui/Formula.tsx';
import { ModeMarker } from '../ModeMarker.tsx';
import { StructureName } from './StructureName.tsx';
import styles from './StructurePanel.module.css';
import { StudyPanel } from './StudyPanel.tsx';
import { settingStyle } from './settingStyle.ts';
import { countRange, isDescent, ratesOf, type SettingRate, type Shown } from './shown.ts';

const HEIGHT = 24;

/** Rates structure by structure: a point a setting with its interval, the span between the settings as a bar. */
export function StructurePanel({ shown, level }: { shown: Shown; level: number | null }): ReactNode {
  const criterion = useBraggscape(state => state.inputs.study.criterion);
  const rows = shown.structures.map(structure => {
    const trials = shown.trials.filter(trial => trial.structure === structure && trial.sigma === level);
    return { structure, entries: ratesOf(trials, shown.settings, criterion) };
  });
  const best = (entries: readonly SettingRate[]): number => entries.at(-1)?.rate.share ?? 0;
  const sorted = [...rows].sort((p, q) => best(q.entries) - best(p.entries));
  const counts = rows.flatMap(({ entries }) => entries.map(({ rate }) => rate.n));
  return (
    <StudyPanel
      title={<>By structure, σ = {level ?? '–'}</>}
      about="the rates by structure"
      help={[
        'Share of trials that count as success, with 95 % Jeffreys intervals. The ink marks are the baselines without any descent: a tick for the distorted start, an open diamond for its projection onto the crystal family.',
      ]}
      tools={<span className="quiet">n = {countRange(counts)} each</span>}
    >
      <DataTable
        caption="Rates by structure"
        className={styles.dumbbells}
        rows={sorted}
        rowKey={({ structure }) => structure}
        columns={[
          { cell: ({ structure }) => <StructureName id={structure} /> },
          {
            className: styles.group,
            cell: ({ structure }) => {
              const entry = entryOf(structure);
              return entry && <SpaceGroup symbol={entry.spaceGroup} />;
            },
          },
          { className: styles.plot, cell: ({ entries }) => <Dumbbell entries={entries} /> },
        ]}
      />
      <div className={styles.axis} aria-hidden="true">
        <span>0</span>
        <span>50</span>
        <span>100 %</span>
      </div>
    </StudyPanel>
  );
}

const entryOf = (structure: string): (typeof LIBRARY)[number] | undefined =>
  LIBRARY.find(({ id }) => id === structure);

/** Drawn on 0 … 100 in x, stretched to the width of the column. */
function Dumbbell({ entries }: { entries: readonly SettingRate[] }): ReactNode {
  const descents = entries.filter(({ setting }) => isDescent(setting));
  const gap = Math.min(7, 20 / descents.length);
  const shares = descents.map(({ rate }) => 100 * rate.share);
  const label = entries
    .map(({ setting, rate }) => `${settingStyle(setting).name} ${rate.successes} of ${rate.n}`)
    .join(', ');
  const at = (share: number): string => `${100 * share}%`;
  return (
    <svg width="100%" height={HEIGHT} role="img" aria-label={label} overflow="visible">
      {[0, 0.5, 1].map(share => (
        <line
          key={share}
          x1={at(share)}
          x2={at(share)}
          y1={0}
          y2={HEIGHT}
          stroke={share === 0 ? 'var(--axis)' : 'var(--grid)'}
        />
      ))}
      {shares.length > 1 && (
        <line
          x1={`${Math.min(...shares)}%`}
          x2={`${Math.max(...shares)}%`}
          y1={12}
          y2={12}
          stroke="var(--line2)"
          strokeWidth={3}
        />
      )}
      {descents.map(({ setting, rate }, i) => (
        <line
          key={setting}
          x1={at(rate.interval[0])}
          x2={at(rate.interval[1])}
          y1={12 + (i - (descents.length - 1) / 2) * gap}
          y2={12 + (i - (descents.length - 1) / 2) * gap}
          stroke={settingStyle(setting).line}
          strokeOpacity={0.65}
        />
      ))}
      {entries.map(({ setting, rate }) => (
        <Mark key={setting} setting={setting} x={at(rate.share)} />
      ))}
    </svg>
  );
}

function Mark({ setting, x }: { setting: Treatment; x: string }): ReactNode {
  const style = settingStyle(setting);
  if (setting === 'distorted')
    return <line x1={x} x2={x} y1={5} y2={19} stroke={style.line} strokeWidth={1.6} />;
  // Percentages place the nested frame; the shape itself is in pixels around its origin.
  return (
    <svg x={x} y={12} overflow="visible" aria-hidden="true">
      {setting === 'projected' && (
        <path d="M0-6 6 0 0 6-6 0z" fill="none" stroke={style.line} strokeWidth={1.4} />
      )}
      {setting !== 'projected' && <ModeMarker kind={style.marker} x={0} y={0} fill={style.line} />}
    </svg>
  );
}
