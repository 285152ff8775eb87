import type { ReactNode } from 'react';
import { DataTable } from '../../ui/DataTable.tsx';
import { formatNumber, formatPercent } from '../../ui/format.ts';
import styles from './FactorTable.module.css';
import { phaseText } from './reflections.ts';
import { phaseOf } from './useLab.ts';

export interface FactorRow {
  readonly name: string;
  readonly current: boolean;
  readonly re: number;
  readonly im: number;
}

const sizeOf = ({ re, im }: FactorRow): number => Math.hypot(re, im);

/** Structure factors in numbers, intensities relative to the first. */
export function FactorTable({ rows }: { rows: readonly FactorRow[] }): ReactNode {
  const first = rows[0] ? sizeOf(rows[0]) ** 2 : 0;
  return (
    <DataTable
      caption="The structure factor in numbers"
      testId="factors"
      className={styles.table}
      rows={rows}
      rowKey={({ name }) => name}
      rowProps={({ current }) => ({ className: current ? styles.current : undefined })}
      columns={[
        { cell: ({ name }) => name },
        {
          head: (
            <>
              |<i>F</i>|
            </>
          ),
          cell: row => formatNumber(sizeOf(row), 2),
        },
        { head: 'φ', cell: row => (sizeOf(row) > 0.005 ? phaseText(phaseOf(row)) : '–') },
        { head: 'Re', cell: ({ re }) => formatNumber(re, 2) },
        { head: 'Im', cell: ({ im }) => formatNumber(im, 2) },
        {
          head: 'intensity',
          cell: row => (first > 1e-4 ? formatPercent(sizeOf(row) ** 2 / first, 1) : '–'),
        },
      ]}
    />
  );
}
