import type { ReactNode } from 'react';
import type { ModeStyle } from './modeStyle.ts';

/** The end of a descent: a shape before a hue. */
export function ModeMarker(props: {
  readonly kind: ModeStyle['marker'];
  readonly x: number;
  readonly y: number;
  readonly fill: string;
  readonly stroke?: string;
  readonly scale?: number;
}): ReactNode {
  const { kind, x, y, fill, stroke = 'var(--panel)', scale = 1 } = props;
  const style = { fill, stroke, strokeWidth: 1.2 * scale };
  const half = 3.4 * scale;
  const tip = 4.6 * scale;
  if (kind === 'circle') return <circle cx={x} cy={y} r={3.8 * scale} {...style} />;
  if (kind === 'square')
    return <rect x={x - half} y={y - half} width={2 * half} height={2 * half} {...style} />;
  if (kind === 'ring')
    return (
      <>
        <circle cx={x} cy={y} r={4.6 * scale} {...style} />
        <circle cx={x} cy={y} r={1.9 * scale} fill={stroke} />
      </>
    );
  return <path d={`M${x} ${y - tip}l${tip} ${tip}-${tip} ${tip}-${tip}-${tip}z`} {...style} />;
}
