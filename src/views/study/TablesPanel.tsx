import { type ReactNode, useMemo } from 'react';
import { lossOf } from '../../losses/registry.ts';
import { NOISE_LEVELS } from '../../noise/noise.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { PAPER_COLUMNS, PAPER_N, paperValue, STATISTICS } from '../../study/paperTables.ts';
import type { TrialRecord } from '../../study/record.ts';
import { type Correlation, correlationOf } from '../../study/summary.ts';
import { DataTable, ScrollBox } from '../../ui/DataTable.tsx';
import { formatSigned } from '../../ui/format.ts';
import { Beside, Missing } from './ScatterPanel.tsx';
import { StudyPanel } from './StudyPanel.tsx';
import { shownOf } from './shown.ts';
import styles from './TablesPanel.module.css';

const nameOf = ({ loss, mode }: (typeof PAPER_COLUMNS)[number]): string =>
  `${lossOf(loss).label}${mode === 'constrained' ? ' + constraints' : ''}`;

/** Tables 1, S1 and S2 of the paper with our values beside, and the differences. */
export function TablesPanel({ records }: { records: readonly TrialRecord[] }): ReactNode {
  const { noise, distance, shownRate } = useBraggscape(state => state.inputs.study);
  const levels = NOISE_LEVELS[noise];
  const columns = PAPER_COLUMNS.filter(({ mode }) => noise === 'lattice' || mode === 'unconstrained');
  const ours = useMemo(
    () =>
      new Map(
        PAPER_COLUMNS.map(column => {
          const { trials } = shownOf(records, { noise, shownLoss: column.loss, shownRate });
          const own = trials.filter(({ loss, setting }) => loss === column.loss && setting === column.mode);
          return [
            column,
            new Map<number, Correlation>(
              levels.map(level => [
                level,
                correlationOf(
                  own.filter(({ sigma }) => sigma === level),
                  distance,
                ),
              ]),
            ),
          ] as const;
        }),
      ),
    [records, noise, distance, shownRate, levels],
  );
  // the paper never distorts both
  if (noise === 'both') return null;
  return (
    <StudyPanel
      className={styles.panel}
      title="The paper’s tables"
      about="the tables"
      help={[
        `How the loss at the end of a descent goes together with the distance from the truth. Bold: these results, with n below. Grey: the paper, n = ${PAPER_N}, typed from its text. Then the difference. Mutual information moves with n: where n differs much, so does it for that reason alone.`,
      ]}
      tools={
        <span className="quiet">
          {noise === 'lattice' ? 'lattice noise' : 'coordinate noise'}, {distance === 'amd' ? 'ΔAMD' : 'EMD'}
        </span>
      }
    >
      <div className={styles.tables}>
        {STATISTICS.map(({ id, label, table }) => (
          <ScrollBox key={id} label={`${label}, ${table}`}>
            <DataTable
              className={styles.table}
              captionShown
              caption={
                <>
                  <b>{label[0]!.toUpperCase() + label.slice(1)}</b> <span className="quiet">{table}</span>
                </>
              }
              rows={levels}
              rowKey={level => level}
              columns={[
                { head: 'σ', cell: level => level },
                ...columns.map(column => ({
                  head: nameOf(column),
                  cell: (level: number) => {
                    const found = ours.get(column)?.get(level);
                    const value = found?.[id] ?? null;
                    const paper = paperValue(id, noise, level, column);
                    return (
                      <>
                        <Beside value={value} paper={paper} />
                        <span className={styles.difference}>
                          {value !== null && paper !== null ? formatSigned(value - paper, 2) : '\u00a0'}
                          {found?.n ? `, n = ${found.n}` : ''}
                        </span>
                      </>
                    );
                  },
                })),
              ]}
            />
          </ScrollBox>
        ))}
      </div>
      <Missing
        what="No statistic"
        rows={columns.flatMap(column =>
          levels.map(
            level =>
              [`${nameOf(column)}, σ ${level}`, ours.get(column)?.get(level)?.missing ?? null] as const,
          ),
        )}
      />
    </StudyPanel>
  );
}
