import type { ReactNode } from 'react';
import type { PowderCounts } from '../../phasing/powderCounts.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { formatNumber } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import styles from './CountLadder.module.css';

/** Count of the numbers left after each step from F to the profile, against the unknowns of the crystal. */
export function CountLadder({ counts }: { counts: PowderCounts }): ReactNode {
  const unknowns = counts.unknowns.cell + counts.unknowns.coordinates;
  const rows: readonly Step[] = [
    {
      name: (
        <>
          complex <i>F</i>, amplitude and phase
        </>
      ),
      key: 'complex',
      lost: '',
    },
    {
      name: (
        <>
          |<i>F</i>|² of one of each Friedel pair
        </>
      ),
      key: 'friedel',
      lost: 'the phases',
    },
    { name: 'of those, different by symmetry', key: 'laue', lost: 'what symmetry repeats' },
    { name: 'shells of one d: a powder with no width', key: 'shells', lost: 'the directions' },
    { name: 'runs within one FWHM: the profile', key: 'resolved', lost: 'overlapping peaks' },
    {
      name: (
        <>
          unknowns: {counts.unknowns.cell} of the cell, {counts.unknowns.coordinates} coordinates{' '}
          <Info about="the counts">
            <p>
              Reflections inside the window of the instrument that are not extinct. Shells within one FWHM of
              the first of a run count as one.
            </p>
            <p>
              Unknowns: free parameters of the cell and three coordinates for every position in it. Symmetry,
              where it is known, lowers them as it lowers the third row.
            </p>
          </Info>
        </>
      ),
      key: 'unknowns',
      lost: '',
    },
  ];
  const countOf = ({ key }: Step): number => (key === 'unknowns' ? unknowns : counts[key]);
  return (
    <div className={styles.box}>
      <DataTable
        caption="Numbers left after each step"
        className={styles.ladder}
        rows={rows}
        rowKey={({ key }) => key}
        rowProps={({ key }) => ({ className: key === 'unknowns' ? styles.current : undefined })}
        columns={[
          {
            words: true,
            cell: ({ name, lost }) => (
              <>
                {name}
                {lost && <small>lost: {lost}</small>}
              </>
            ),
          },
          {
            className: styles.bar,
            cell: step => (
              <span
                aria-hidden="true"
                style={{ width: `${(100 * countOf(step)) / Math.max(1, counts.complex)}%` }}
              />
            ),
          },
          { cell: step => formatNumber(countOf(step), 0), testId: ({ key }) => `count-${key}` },
        ]}
      />
    </div>
  );
}

interface Step {
  readonly name: ReactNode;
  readonly key: 'complex' | 'friedel' | 'laue' | 'shells' | 'resolved' | 'unknowns';
  readonly lost: string;
}
