import type { ReactNode } from 'react';
import { formatNumber, formatPercent } from '../../ui/format.ts';
import { phaseText } from './reflections.ts';
import { phaseOf } from './useLab.ts';

export interface FactorRow {
  readonly name: string;
  readonly current: boolean;
  readonly re: number;
  readonly im: number;
}

/** Structure factors in numbers, intensities relative to the first. */
export function FactorTable({ rows }: { rows: readonly FactorRow[] }): ReactNode {
  const first = rows[0] ? rows[0].re ** 2 + rows[0].im ** 2 : 0;
  return (
    <table className="factor-table">
      <caption className="visually-hidden">The structure factor in numbers</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">
            |<i>F</i>|
          </th>
          <th scope="col">φ</th>
          <th scope="col">Re</th>
          <th scope="col">Im</th>
          <th scope="col">intensity</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(row => {
          const size = Math.hypot(row.re, row.im);
          return (
            <tr key={row.name} className={row.current ? 'current-text' : undefined}>
              <th scope="row">{row.name}</th>
              <td>{formatNumber(size, 2)}</td>
              <td>{size > 0.005 ? phaseText(phaseOf(row)) : '–'}</td>
              <td>{formatNumber(row.re, 2)}</td>
              <td>{formatNumber(row.im, 2)}</td>
              <td>{first > 1e-4 ? formatPercent(size ** 2 / first, 1) : '–'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
