import type { ReactNode } from 'react';
import styles from './CircleDiagram.module.css';

/** Points on the equal divisions of a circle, the period of a crystal along one axis. */
export function CircleDiagram(props: {
  points: readonly number[];
  n: number;
  tone: 'ink' | 'current';
}): ReactNode {
  const { points, n, tone } = props;
  const place = (p: number, radius: number): [number, number] => {
    const angle = (2 * Math.PI * p) / n - Math.PI / 2;
    return [100 + radius * Math.cos(angle), 100 + radius * Math.sin(angle)];
  };
  const corners = points.map(p => place(p, 66).join(',')).join(' ');
  return (
    <svg
      className={styles.circle}
      viewBox="0 0 200 200"
      role="img"
      aria-label={`Points ${points.join(', ')} of ${n} divisions.`}
    >
      <circle cx="100" cy="100" r="66" fill="none" stroke="var(--axis)" />
      <polygon
        points={corners}
        fill={tone === 'ink' ? 'var(--truth-fill)' : 'var(--current-wash)'}
        stroke={tone === 'ink' ? 'var(--truth-line)' : 'var(--current)'}
        strokeDasharray={tone === 'ink' ? undefined : '5 3'}
      />
      {Array.from({ length: n }, (_, p) => {
        const on = points.includes(p);
        const [x, y] = place(p, 66);
        const [tx, ty] = place(p, 84);
        return (
          // The division is its number.
          // biome-ignore lint/suspicious/noArrayIndexKey: the index is the identity of a division
          <g key={p}>
            <circle
              cx={x}
              cy={y}
              r={on ? 7 : 3}
              fill={on ? (tone === 'ink' ? 'var(--ink)' : 'var(--current)') : 'var(--panel)'}
              stroke="var(--axis)"
            />
            <text x={tx} y={ty + 4} textAnchor="middle" className={on ? styles.on : undefined}>
              {p}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
