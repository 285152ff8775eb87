import type { ReactNode } from 'react';
import type { ModeStyle } from './modeStyle.ts';

/** The line of a setting as a legend shows it. */
export function SampleLine({
  style,
  width = 36,
}: {
  style: Pick<ModeStyle, 'line' | 'core' | 'width' | 'dash' | 'marker'>;
  width?: number;
}): ReactNode {
  const line = { x1: 2, y1: 4, x2: width - 2, y2: 4 };
  return (
    <svg width={width} height="8" viewBox={`0 0 ${width} 8`} aria-hidden="true" data-part="sample-line">
      <line
        {...line}
        stroke={style.line}
        strokeWidth={style.width}
        strokeDasharray={style.dash || undefined}
        strokeLinecap={style.marker === 'circle' ? 'round' : 'butt'}
      />
      {style.core && <line {...line} stroke={style.core} strokeWidth={style.width / 3} />}
    </svg>
  );
}
