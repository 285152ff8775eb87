import type { ReactNode } from 'react';
import type { PowderCounts } from '../../phasing/powderCounts.ts';
import { formatNumber } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';

/** How many numbers are left after each step from F to the profile, against the unknowns of the crystal. */
export function CountLadder({ counts }: { counts: PowderCounts }): ReactNode {
  const steps: readonly { name: ReactNode; key: string; value: number; lost: string }[] = [
    {
      key: 'complex',
      name: (
        <>
          complex <i>F</i>, amplitude and phase
        </>
      ),
      value: counts.complex,
      lost: '',
    },
    {
      key: 'friedel',
      name: (
        <>
          |<i>F</i>|² of one of each Friedel pair
        </>
      ),
      value: counts.friedel,
      lost: 'the phases',
    },
    {
      key: 'laue',
      name: 'of those, different by symmetry',
      value: counts.laue,
      lost: 'what symmetry repeats',
    },
    {
      key: 'shells',
      name: 'shells of one d: a powder with no width',
      value: counts.shells,
      lost: 'the directions',
    },
    {
      key: 'resolved',
      name: 'runs within one FWHM: the profile',
      value: counts.resolved,
      lost: 'overlapping peaks',
    },
  ];
  const unknowns = counts.unknowns.cell + counts.unknowns.coordinates;
  const share = (value: number): string => `${(100 * value) / Math.max(1, counts.complex)}%`;
  return (
    <div className="ladder-box">
      <table className="count-ladder">
        <caption className="visually-hidden">Numbers left after each step</caption>
        <tbody>
          {steps.map(step => (
            <tr key={step.key}>
              <th scope="row">
                {step.name}
                {step.lost && <small>lost: {step.lost}</small>}
              </th>
              <td className="ladder-bar" aria-hidden="true">
                <span style={{ width: share(step.value) }} />
              </td>
              <td data-testid={`count-${step.key}`}>{formatNumber(step.value, 0)}</td>
            </tr>
          ))}
          <tr className="current-text">
            <th scope="row">
              unknowns: {counts.unknowns.cell} of the cell, {counts.unknowns.coordinates} coordinates{' '}
              <Info about="the counts">
                <p>
                  Reflections inside the window of the instrument that are not extinct. Shells within one FWHM
                  of the first of a run count as one.
                </p>
                <p>
                  Unknowns: free parameters of the cell and three coordinates for every position in it.
                  Symmetry, where it is known, lowers them as it lowers the third row.
                </p>
              </Info>
            </th>
            <td className="ladder-bar current" aria-hidden="true">
              <span style={{ width: share(unknowns) }} />
            </td>
            <td>{formatNumber(unknowns, 0)}</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
