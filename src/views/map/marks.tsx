import type { ReactNode } from 'react';
import type { Slice } from '../../landscape/slice.ts';
import { symmetryLines } from '../../landscape/symmetryLines.ts';
import { type MapFrame, toX, toY } from './mapFrame.ts';
import styles from './marks.module.css';

/** The truth: a star of five points. */
export function Star({
  x,
  y,
  radius,
  fill = '#fff',
  stroke = '#14181d',
}: {
  x: number;
  y: number;
  /** Of its points, pixels. */
  radius: number;
  fill?: string;
  stroke?: string;
}): ReactNode {
  const points = Array.from({ length: 10 }, (_, i) => {
    const at = i % 2 === 0 ? radius : 0.42 * radius;
    const angle = -Math.PI / 2 + (i * Math.PI) / 5;
    return `${(at * Math.cos(angle)).toFixed(2)},${(at * Math.sin(angle)).toFixed(2)}`;
  });
  return (
    <polygon
      transform={`translate(${x} ${y})`}
      points={points.join(' ')}
      fill={fill}
      stroke={stroke}
      strokeWidth={1.1 + 0.045 * radius}
      strokeLinejoin="round"
    />
  );
}

/** The number of a minimum in a circle. */
export function NumberBadge({
  number,
  x,
  y,
  radius,
  ink,
  paper,
  rim = ink,
}: {
  number: ReactNode;
  x: number;
  y: number;
  /** Pixels. */
  radius: number;
  /** CSS colours of the number, of what is behind it, and of the circle. */
  ink: string;
  paper: string;
  rim?: string;
}): ReactNode {
  const size = Math.min(10.5, 1.45 * radius);
  return (
    <>
      <circle cx={x} cy={y} r={radius} fill={paper} stroke={rim} strokeWidth="1.1" />
      <text
        x={x}
        y={y + 0.35 * size}
        textAnchor="middle"
        style={{ fill: ink, fontSize: size, fontWeight: 700 }}
      >
        {number}
      </text>
    </>
  );
}

/** A word on the colours of a map. */
export const MapWord = ({
  x,
  y,
  children,
  anchor = 'middle',
}: {
  x: number;
  y: number;
  children: ReactNode;
  anchor?: 'start' | 'middle';
}): ReactNode => (
  <text className={styles.word} x={x} y={y} textAnchor={anchor}>
    {children}
  </text>
);

/** The lines and points of a slice on which its crystal family or a site has more symmetry. */
export const SymmetryLines = ({ slice, frame }: { slice: Slice; frame: MapFrame }): ReactNode =>
  symmetryLines(slice).map(({ label, from, to }) =>
    from === to ? (
      <circle
        key={label}
        className={styles.symmetryPoint}
        cx={toX(frame, from[0])}
        cy={toY(frame, from[1])}
        r="5"
      />
    ) : (
      <line
        key={label}
        className={styles.symmetry}
        {...{ x1: toX(frame, from[0]), y1: toY(frame, from[1]) }}
        {...{ x2: toX(frame, to[0]), y2: toY(frame, to[1]) }}
      />
    ),
  );
