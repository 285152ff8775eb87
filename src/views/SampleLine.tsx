import type { ReactNode } from 'react';
import type { ModeLook } from './modeLook.ts';

/** The line of a setting as a legend shows it. */
export function SampleLine({ look, width = 36 }: { look: ModeLook; width?: number }): ReactNode {
  return (
    <svg width={width} height="8" viewBox={`0 0 ${width} 8`} aria-hidden="true" data-part="sample-line">
      <line
        x1="2"
        y1="4"
        x2={width - 2}
        y2="4"
        stroke={look.line}
        strokeWidth={look.width}
        strokeDasharray={look.dash || undefined}
        strokeLinecap={look.marker === 'circle' ? 'round' : 'butt'}
      />
    </svg>
  );
}
