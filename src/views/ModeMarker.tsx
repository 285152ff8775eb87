import type { ReactNode } from 'react';
import type { ModeLook } from './modeLook.ts';

/** The end of a descent: a shape before a hue. */
export function ModeMarker({
  kind,
  x,
  y,
  fill,
  stroke = 'var(--panel)',
}: {
  kind: ModeLook['marker'];
  x: number;
  y: number;
  fill: string;
  stroke?: string;
}): ReactNode {
  const style = { fill, stroke, strokeWidth: 1.2 };
  if (kind === 'circle') return <circle cx={x} cy={y} r="3.8" {...style} />;
  if (kind === 'square') return <rect x={x - 3.4} y={y - 3.4} width="6.8" height="6.8" {...style} />;
  return <path d={`M${x} ${y - 4.6}l4.6 4.6-4.6 4.6-4.6-4.6z`} {...style} />;
}
