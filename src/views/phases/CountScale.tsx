import type { ReactNode } from 'react';
import type { PowderCounts } from '../../phasing/powderCounts.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { Prose } from '../../ui/Prose.tsx';
import styles from './CountScale.module.css';

/** Count of the numbers left after each step from F to the profile, against the unknowns of the crystal. */
export function CountScale({ counts }: { counts: PowderCounts }): ReactNode {
  const { cell, coordinates } = counts.unknowns;
  const rows: readonly (readonly [key: string, count: number, name: string, lost: string])[] = [
    ['complex', counts.complex, 'complex *F*, amplitude and phase', ''],
    ['friedel', counts.friedel, '|*F*|² of one of each Friedel pair', 'the phases'],
    ['laue', counts.laue, 'of those, different by symmetry', 'what symmetry repeats'],
    ['shells', counts.shells, 'shells of one d: a powder with no width', 'the directions'],
    ['resolved', counts.resolved, 'runs within one FWHM: the profile', 'overlapping peaks'],
    ['unknowns', cell + coordinates, `unknowns: ${cell} of the cell, ${coordinates} coordinates `, ''],
  ];
  return (
    <div className={styles.box}>
      <DataTable
        caption="Numbers left after each step"
        className={styles.ladder}
        rows={rows}
        rowKey={([key]) => key}
        rowProps={([key]) => ({ className: key === 'unknowns' ? styles.current : undefined })}
        columns={[
          {
            words: true,
            cell: ([key, , name, lost]) => (
              <>
                <Prose text={name} />
                {key === 'unknowns' && <Info about="the counts" help={HELP} />}
                {lost && <small>lost: {lost}</small>}
              </>
            ),
          },
          {
            className: styles.bar,
            cell: ([, count]) => (
              <span aria-hidden="true" style={{ width: `${(100 * count) / Math.max(1, counts.complex)}%` }} />
            ),
          },
          { cell: ([, count]) => formatNumber(count, 0), testId: ([key]) => `count-${key}` },
        ]}
      />
    </div>
  );
}

const HELP = [
  'Reflections inside the window of the instrument that are not extinct. Shells within one FWHM of the first of a run count as one.',
  'Unknowns: free parameters of the cell and three coordinates for every position in it. Symmetry, where it is known, lowers them as it lowers the third row.',
];
