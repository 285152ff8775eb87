import type { ReactNode } from 'react';
import type { Hkl as Indices } from '../../diffraction/mergePeaks.ts';
import { indexParts } from './hklText.ts';

/** Miller indices as printed, negative ones under a bar; "minus" for those who hear it. */
export function Hkl({ of }: { of: Indices }): ReactNode {
  return (
    <span className="hkl">
      {indexParts(of).map(({ digits, bar, apart }, i) => (
        // The index is h, k or l.
        // biome-ignore lint/suspicious/noArrayIndexKey: the position is the identity of an index
        <span key={i} style={apart ? { marginLeft: '0.25em' } : undefined}>
          {bar && <span className="visually-hidden">minus </span>}
          <span style={bar ? { textDecoration: 'overline' } : undefined}>{digits}</span>
        </span>
      ))}
    </span>
  );
}
