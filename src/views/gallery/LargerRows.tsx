import type { ReactNode } from 'react';
import type { Figure } from '../../state/gallery/figure.ts';
import { useSize } from '../../ui/useSize.ts';
import { LargerRow } from './LargerRow.tsx';
import { ROLES } from './rowLook.ts';

/** Figures 5 and S3 as four wide rows on one 2θ axis. */
export function LargerRows({ figure }: { figure: Figure }): ReactNode {
  const [ref, size] = useSize<HTMLDivElement>();
  return (
    <div className="larger-rows" ref={ref}>
      {size.width > 200 &&
        ROLES.map(role => {
          const row = figure.rows.find(entry => entry.role === role);
          return (
            row && (
              <LargerRow
                key={role}
                figure={figure}
                row={row}
                width={size.width}
                last={role === 'constrained'}
              />
            )
          );
        })}
    </div>
  );
}
