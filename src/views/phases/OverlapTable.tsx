import type { ReactNode } from 'react';
import type { PowderLoss } from '../../phasing/lab/powderLoss.ts';
import { DataTable, ScrollBox } from '../../ui/DataTable.tsx';
import { formatNumber, formatSigned } from '../../ui/format.ts';
import { Info } from '../../ui/Popover.tsx';
import { Hkl } from '../pattern/Hkl.tsx';
import { Pane, PaneNote } from './Pane.tsx';

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
        <PaneNote text="No two peaks of this crystal are within one FWHM of each other." />
      ) : (
        <ScrollBox label="Overlapping reflections">
          <DataTable
            caption="Peaks within one FWHM of another"
            rows={groups}
            rowKey={({ hkl, twoTheta }) => `${hkl.join()} ${twoTheta}`}
            columns={[
              {
                head: <i>hkl</i>,
                cell: ({ hkl, forms }) => (
                  <>
                    <Hkl of={hkl} />
                    {forms > 1 && <span className="quiet"> + {forms - 1}</span>}
                  </>
                ),
              },
              { head: '2θ / °', cell: ({ twoTheta }) => formatNumber(twoTheta, 2) },
              { head: 'FWHM / °', cell: ({ fwhm }) => formatNumber(fwhm, 3) },
              { head: 'rel. int.', cell: ({ intensity }) => formatNumber((100 * intensity) / strongest, 1) },
              {
                head: 'overlaps with (apart / °)',
                words: true,
                cell: ({ partners }) =>
                  partners.length === 0
                    ? 'itself: exactly one spacing'
                    : partners.map((partner, i) => (
                        <span key={partner.hkl.join()} style={{ whiteSpace: 'nowrap' }}>
                          {i > 0 && ', '}
                          <Hkl of={partner.hkl} /> ({formatSigned(partner.apart, 2)})
                        </span>
                      )),
              },
            ]}
          />
        </ScrollBox>
      )}
    </Pane>
  );
}
