import type { ReactNode } from 'react';
import { MATCH_OPTIONS } from '../../matching/matcher.ts';
import type { FinishedTrial } from '../../study/record.ts';
import { formatNumber, formatPercent } from '../../ui/format.ts';
import styles from './Gauge.module.css';

/** Measure of the matcher, against its limit. */
export interface GaugeKind {
  readonly name: string;
  readonly limit: number;
  /** The limit in words. */
  readonly limitText: string;
  text(value: number): string;
  /** Null where the matcher has no value. */
  value(trial: FinishedTrial): number | null;
}

/** Why the matcher measured nothing, by where it ended. */
const UNMEASURED: Readonly<Partial<Record<FinishedTrial['match']['end'], string>>> = {
  composition: 'another composition',
  reduction: 'a cell too flat to be reduced',
  siteCount: 'another number of atoms in the primitive cell',
  lattice: 'no lattice near enough to lay over that of the truth',
};

/** Why a trial has no measures, in words; null where it has them. */
export const unmeasured = ({ match }: FinishedTrial): string | null =>
  match.length === null ? (UNMEASURED[match.end] ?? 'nothing to measure') : null;

/** Largest deviations of the cell at the end as it is, neither reduced nor scaled: "9.1 %, 2.0°". */
export const asItIs = ({ off }: FinishedTrial): string =>
  `${formatPercent(off[0], 1)}, ${formatNumber(off[1], 1)}°`;

/** Worst length (share), worst angle (degrees) and largest displacement (of the free length). */
export const GAUGES: readonly GaugeKind[] = [
  {
    name: 'reduced length',
    limit: MATCH_OPTIONS.ltol,
    limitText: '10 %',
    text: value => formatPercent(value, 1),
    value: ({ match }) => match.length,
  },
  {
    name: 'reduced angle',
    limit: MATCH_OPTIONS.angleTol,
    limitText: '5°',
    text: value => `${formatNumber(value, 1)}°`,
    value: ({ match }) => match.angle,
  },
  {
    name: 'displacement',
    limit: MATCH_OPTIONS.stol,
    limitText: '0.2',
    text: value => formatNumber(value, 2),
    value: ({ match }) => match.maximum,
  },
];

/** A measured value as a bar whose limit is a tick; the bar turns to ink beyond it. */
export function Gauge({ of, trial }: { of: GaugeKind; trial: FinishedTrial }): ReactNode {
  const { limit, text } = of;
  const value = of.value(trial);
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
