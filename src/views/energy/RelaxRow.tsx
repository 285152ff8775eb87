import type { ReactNode } from 'react';
import { type CellKey, cellIndex, isLength } from '../../crystal/cell.ts';
import { offBy } from '../../optimise/outcome.ts';
import type { RelaxRun } from '../../state/energy/energySlice.ts';
import { showRelaxStep } from '../../state/energy/shownRelaxStep.ts';
import { formatNumber, formatPercent } from '../../ui/format.ts';
import { RELAX_STYLE } from './relaxStyle.ts';

/** The relaxation as a row of the outcome table; it minimises the energy, so its loss column stays empty. */
export function RelaxRow({ run, x, y }: { run: RelaxRun; x: CellKey; y: CellKey }): ReactNode {
  const cell = run.cells.subarray(6 * (run.count - 1), 6 * run.count);
  const value = (key: CellKey): string =>
    run.count > 0 ? formatNumber(cell[cellIndex(key)]!, isLength(key) ? 3 : 1) : '–';
  const off = run.count > 0 ? offBy(cell, run.truth) : null;
  return (
    <tr data-mode="relaxation">
      <th scope="row" className="name">
        <button
          type="button"
          className="row-button"
          style={{ color: RELAX_STYLE.text }}
          title="Down the interatomic energy. Show where it ended."
          onClick={() => showRelaxStep(Math.max(0, run.count - 1))}
        >
          <svg width="30" height="10" viewBox="0 0 30 10" aria-hidden="true">
            <path d="M1 5H22" stroke="var(--relax)" strokeWidth="2.4" strokeDasharray={RELAX_STYLE.dash} />
            <path d="M25 .5l4.5 8.5h-9z" fill="var(--relax)" />
          </svg>
          {RELAX_STYLE.name}
        </button>
      </th>
      <td>{value(x)}</td>
      <td>{value(y)}</td>
      <td>
        {off
          ? [formatPercent(off.length), off.angle > 0.05 ? `${formatNumber(off.angle, 1)}°` : '']
              .filter(Boolean)
              .join(', ')
          : '–'}
      </td>
      <td>–</td>
      <td className="steps">
        {formatNumber(Math.max(0, run.count - 1), 0)}
        {run.status === 'computing' && '…'}
      </td>
    </tr>
  );
}
