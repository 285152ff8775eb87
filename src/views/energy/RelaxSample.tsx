import type { ReactNode } from 'react';
import { RELAX_STYLE, triangle } from './relaxStyle.ts';

/** The line of the relaxation as a legend shows it. */
export function RelaxSample(): ReactNode {
  return (
    <svg width="34" height="14" viewBox="0 0 34 14" aria-hidden="true">
      <path d="M1 8H24" stroke="var(--relax)" strokeWidth="2.4" strokeDasharray={RELAX_STYLE.dash} />
      <path d={triangle(27, 7.5)} fill="var(--relax)" />
    </svg>
  );
}
