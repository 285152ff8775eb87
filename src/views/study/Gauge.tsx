import type { ReactNode } from 'react';
import { MATCH_OPTIONS } from '../../matching/matcher.ts';
import type { FinishedTrial } from '../../study/record.ts';
import styles from './Gauge.module.css';

/** Null where the matcher has no value. */
export interface Reading {
  readonly value: number | null;
  readonly limit: number;
}

/** Worst length (share), worst angle (degrees) and largest displacement (of the free length) against their limits. */
export const gaugesOf = ({ match }: FinishedTrial): readonly [Reading, Reading, Reading] => [
  { value: match.length, limit: MATCH_OPTIONS.ltol },
  { value: match.angle, limit: MATCH_OPTIONS.angleTol },
  { value: match.maximum, limit: MATCH_OPTIONS.stol },
];

/** A measured value as a bar whose limit is a tick; the bar turns to ink beyond it. */
export function Gauge({ gauge, text }: { gauge: Reading; text(value: number): string }): ReactNode {
  const { value, limit } = gauge;
  if (value === null) return <span className="quiet">–</span>;
  const full = 2.2 * limit;
  const beyond = value > limit;
  return (
    <span className={styles.gauge}>
      <svg width="58" height="10" viewBox="0 0 58 10" aria-hidden="true">
        <rect x="0" y="3" width="58" height="4" rx="2" fill="var(--sunken)" />
        <rect
          x="0"
          y="3"
          width={Math.max(2, Math.min(58, (58 * value) / full))}
          height="4"
          rx="2"
          fill={beyond ? 'var(--ink)' : 'var(--ctl)'}
        />
        <line x1={58 / 2.2} x2={58 / 2.2} y1="0" y2="10" stroke="var(--current)" strokeWidth="1.5" />
      </svg>
      <span className={beyond ? styles.beyond : undefined}>
        {text(value)}
        {beyond && <span className="visually-hidden"> beyond the limit</span>}
      </span>
    </span>
  );
}
