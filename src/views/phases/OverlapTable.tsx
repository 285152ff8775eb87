import type { ReactNode } from 'react';
import type { PowderLoss } from '../../phasing/lab/powderLoss.ts';
import { formatNumber, formatSigned } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { Hkl } from '../pattern/Hkl.tsx';
import { Pane } from './Pane.tsx';
import { ScrollBox } from './ScrollBox.tsx';

/** Peaks that cannot be told from another within one FWHM. */
export function OverlapTable({ loss }: { loss: PowderLoss }): ReactNode {
  const { groups, counts } = loss;
  const strongest = groups.reduce((most, group) => Math.max(most, group.intensity), 0);
  return (
    <Pane
      title="Overlapping reflections"
      sub={`${counts.overlapped} of ${counts.shells} peaks`}
      tools={
        <Info about="overlaps">
          <p>
            Two peaks overlap when they are nearer than the mean of their full widths at half maximum
            (Caglioti). “+ n” after an index: so many unrelated reflections share exactly this spacing; no
            width parts them.
          </p>
        </Info>
      }
    >
      {groups.length === 0 ? (
        <p className="lab-note">No two peaks of this crystal are within one FWHM of each other.</p>
      ) : (
        <ScrollBox label="Overlapping reflections">
          <table className="lab-table">
            <caption className="visually-hidden">Peaks within one FWHM of another</caption>
            <thead>
              <tr>
                <th scope="col">
                  <i>hkl</i>
                </th>
                <th scope="col">2θ / °</th>
                <th scope="col">FWHM / °</th>
                <th scope="col">rel. int.</th>
                <th scope="col">overlaps with (apart / °)</th>
              </tr>
            </thead>
            <tbody>
              {groups.map(group => (
                <tr key={`${group.hkl.join()} ${group.twoTheta}`}>
                  <th scope="row">
                    <Hkl of={group.hkl} />
                    {group.forms > 1 && <span className="quiet"> + {group.forms - 1}</span>}
                  </th>
                  <td>{formatNumber(group.twoTheta, 2)}</td>
                  <td>{formatNumber(group.fwhm, 3)}</td>
                  <td>{formatNumber((100 * group.intensity) / strongest, 1)}</td>
                  <td className="words">
                    {group.partners.map((partner, i) => (
                      <span key={partner.hkl.join()} className="partner">
                        {i > 0 && ', '}
                        <Hkl of={partner.hkl} /> ({formatSigned(partner.apart, 2)})
                      </span>
                    ))}
                    {group.partners.length === 0 && 'itself: exactly one spacing'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </Pane>
  );
}
