import type { ReactNode } from 'react';
import { HklText } from './HklText.tsx';
import type { ReadoutRow } from './peakReadout.ts';
import styles from './Readout.module.css';

const NBSP = '\u00a0';

/** The peaks under the cursor in two lines of a fixed place, target over current. */
export function Readout(props: {
  readonly rows: readonly ReadoutRow[];
  readonly names: Readonly<Record<ReadoutRow['side'], string>>;
}): ReactNode {
  return (
    <div className={styles.readout} aria-hidden="true">
      {props.rows.map(row => (
        <Line key={row.side} name={props.names[row.side]} row={row} />
      ))}
    </div>
  );
}

/** Of the forms that coincide; the spoken readout has them all. */
const NAMED = 2;

function Line({ name, row }: { name: string; row: ReadoutRow }): ReactNode {
  const named = row.forms.slice(0, NAMED);
  const multiplicity = row.forms.reduce((sum, form) => sum + form.multiplicity, 0);
  return (
    <div className={styles.line} data-side={row.side}>
      <span className={styles.name}>{name}</span>
      <span>
        {named.map(form => (
          <b key={form.hkl.join()}>
            <HklText of={form.hkl} />{' '}
          </b>
        ))}
        <span className={styles.count}>
          {row.forms.length > NAMED && `+${row.forms.length - NAMED} `}×{multiplicity}
        </span>
      </span>
      <span className={styles.number}>{row.twoTheta}</span>
      {(['d', 'Q', 'I'] as const).map((symbol, i) => (
        <span key={symbol} className={symbol === 'Q' ? `${styles.number} ${styles.momentum}` : styles.number}>
          <i>{symbol}</i>
          {NBSP}
          {[row.d, row.q, row.intensity][i]}
        </span>
      ))}
      <span className={styles.note}>{row.note}</span>
    </div>
  );
}
