import { type ReactNode, useId } from 'react';
import type { MapFrame } from '../map/mapFrame.ts';

/** A trajectory over a map: dark casing, white, then its own colour and dash. */
export function PathOverlay({
  frame,
  width,
  height,
  points,
  look,
  children,
}: {
  frame: MapFrame;
  width: number;
  height: number;
  points: readonly (readonly [number, number])[];
  look: { readonly onMap: string; readonly dash: string; readonly width: number };
  children?: ReactNode;
}): ReactNode {
  const clip = useId();
  const d = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
  const common = { d, fill: 'none', strokeLinejoin: 'round', strokeLinecap: 'round' } as const;
  return (
    <svg className="map-overlay" width={width} height={height} aria-hidden="true">
      <clipPath id={clip}>
        <rect x={frame.left} y={frame.top} width={frame.width} height={frame.height} />
      </clipPath>
      <g clipPath={`url(#${clip})`}>
        <path {...common} stroke="#fff" strokeOpacity="0.9" strokeWidth="6.5" />
        <path {...common} stroke="#0b0f14" strokeWidth="4.8" />
        <path
          {...common}
          stroke={look.onMap}
          strokeWidth={look.width}
          strokeDasharray={look.dash || undefined}
          strokeLinecap="butt"
        />
        {children}
      </g>
    </svg>
  );
}
