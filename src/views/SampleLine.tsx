import type { ReactNode } from 'react';
import type { ModeStyle } from './modeStyle.ts';

/** The line of a setting as a legend shows it. */
export function SampleLine({ style, width = 36 }: { style: ModeStyle; width?: number }): ReactNode {
  return (
    <svg width={width} height="8" viewBox={`0 0 ${width} 8`} aria-hidden="true" data-part="sample-line">
      <line
        x1="2"
        y1="4"
        x2={width - 2}
        y2="4"
        stroke={style.line}
        strokeWidth={style.width}
        strokeDasharray={style.dash || undefined}
        strokeLinecap={style.marker === 'circle' ? 'round' : 'butt'}
      />
    </svg>
  );
}
