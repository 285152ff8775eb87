import type { ReactNode } from 'react';
import { jeffreysInterval } from '../../stats/jeffreys.ts';
import { formatNumber, formatPercent, THIN } from '../../ui/format.ts';
import styles from './Share.module.css';

/** A share with n and its 95 % Jeffreys interval. */
export function Share({ reached, of }: { reached: number; of: number }): ReactNode {
  if (of === 0) return '–';
  const [low, high] = jeffreysInterval(reached, of);
  return (
    <span className={styles.share}>
      <b>{formatPercent(reached / of)}</b> ({formatNumber(100 * low, 1)}–{formatNumber(100 * high, 1)}
      {THIN}%, n = {formatNumber(of, 0)})
    </span>
  );
}
