import { type ReactNode, useMemo } from 'react';
import { lossOf } from '../../losses/registry.ts';
import { NOISE_LEVELS } from '../../noise/noise.ts';
import { useBraggscape } from '../../state/store.ts';
import { PAPER_COLUMNS, PAPER_N, paperValue, STATISTICS } from '../../study/paperTables.ts';
import type { TrialRecord } from '../../study/record.ts';
import { type Correlation, correlationOf } from '../../study/summary.ts';
import { formatNumber, formatSigned } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { shownOf } from './shown.ts';
import { TableScroll } from './TableScroll.tsx';

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
  return (
    <section className="study-panel" aria-labelledby="study-tables">
      <header>
        <h2 id="study-tables">The paper’s tables</h2>
        <Info about="the tables">
          <p>
            How the loss at the end of a descent goes together with the distance from the truth. Bold: these
            results, with n below. Grey: the paper, n = {PAPER_N}, typed from its text. Then the difference.
            Mutual information moves with n: where n differs much, so does it for that reason alone.
          </p>
        </Info>
        <span className="spacer" />
        <span className="quiet">
          {noise === 'lattice' ? 'lattice noise' : 'coordinate noise'}, {distance === 'amd' ? 'ΔAMD' : 'EMD'}
        </span>
      </header>
      <div className="paper-tables">
        {STATISTICS.map(({ id, label, table }) => (
          <TableScroll key={id} label={`${label}, ${table}`}>
            <table className="study-table">
              <caption>
                <b>{label[0]!.toUpperCase() + label.slice(1)}</b> <span className="quiet">{table}</span>
              </caption>
              <thead>
                <tr>
                  <th scope="col">σ</th>
                  {columns.map(({ loss, mode }) => (
                    <th scope="col" key={loss + mode}>
                      {lossOf(loss).label}
                      {mode === 'constrained' ? ' + constraints' : ''}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {levels.map(level => (
                  <tr key={level}>
                    <th scope="row">{level}</th>
                    {columns.map(column => {
                      const found = ours.get(column)?.get(level);
                      const value = found?.[id] ?? null;
                      const paper = paperValue(id, noise, level, column);
                      return (
                        <td key={column.loss + column.mode}>
                          <b>{value === null ? '–' : formatNumber(value, 2)}</b>{' '}
                          <span className="paper">{paper === null ? '' : formatNumber(paper, 2)}</span>
                          <span className="difference">
                            {value !== null && paper !== null ? formatSigned(value - paper, 2) : '\u00a0'}
                            {found?.n ? `, n = ${found.n}` : ''}
                          </span>
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </TableScroll>
        ))}
      </div>
    </section>
  );
}
