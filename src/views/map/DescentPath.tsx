import type { ReactNode } from 'react';

/** The line of a trajectory on a map. */
export interface PathStyle {
  readonly onMap: string;
  readonly dash: string;
  readonly width: number;
  readonly marker?: 'circle' | 'square' | 'diamond' | 'ring';
  /** Present: a light line inside, a third as wide. */
  readonly core?: string;
}

/** Colour, opacity and width, from below: for lines darker and for lines lighter than most of a map, and for a double one. */
const CASINGS = {
  light: [
    ['#0b0f14', 0.38, 5.5],
    ['#fff', 0.94, 4.5],
  ],
  dark: [
    ['#fff', 0.9, 6.5],
    ['#0b0f14', 1, 4.8],
  ],
  double: [['#fff', 0.95, 6.8]],
} as const;

/** A trajectory in its style over casings that keep it readable on any colour. */
export function DescentPath({
  d,
  style,
  casing = style.core ? 'double' : 'light',
  scale = 1,
}: {
  d: string;
  style: PathStyle;
  casing?: keyof typeof CASINGS;
  /** Of widths and dashes. */
  scale?: number;
}): ReactNode {
  const common = { d, fill: 'none', strokeLinejoin: 'round' } as const;
  const dash = style.dash.split(' ').map(length => Number(length) * scale);
  return (
    <>
      {CASINGS[casing].map(([stroke, opacity, width]) => (
        <path
          key={stroke}
          {...common}
          stroke={stroke}
          strokeOpacity={opacity}
          strokeWidth={width * scale}
          strokeLinecap="round"
        />
      ))}
      <path
        {...common}
        stroke={style.onMap}
        strokeWidth={style.width * scale}
        strokeDasharray={style.dash ? dash.join(' ') : undefined}
        strokeLinecap={casing === 'dark' || style.marker === 'square' ? 'butt' : 'round'}
      />
      {style.core && (
        <path {...common} stroke="#fff" strokeWidth={(style.width * scale) / 3} strokeLinecap="round" />
      )}
    </>
  );
}
