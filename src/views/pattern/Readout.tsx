import type { ReactNode } from 'react';
import { Hkl } from './Hkl.tsx';
import { type Cursor, currentRow, type ReadoutRow, targetRow } from './peakReadout.ts';
import styles from './Readout.module.css';
import type { CurrentScene, PatternOptions, TargetScene } from './scene.ts';

const NBSP = '\u00a0';

/** The peaks under the cursor in two lines of a fixed place, target over current. */
export function Readout(props: {
  readonly target: TargetScene;
  readonly current: CurrentScene | null;
  readonly cursor: Cursor;
  readonly options: PatternOptions;
}): ReactNode {
  const { target, current, cursor, options } = props;
  return (
    <div className={styles.readout} aria-hidden="true">
      <Line side="target" name={options.target} row={targetRow(target, current, cursor.target)} />
      {current && cursor.current >= 0 && (
        <Line side="current" name={options.current} row={currentRow(target, current, cursor.current)} />
      )}
    </div>
  );
}

/** Of the forms that coincide; the spoken readout has them all. */
const NAMED = 2;

function Line(props: { side: 'target' | 'current'; name: string; row: ReadoutRow }): ReactNode {
  const { side, name, row } = props;
  const named = row.forms.slice(0, NAMED);
  const multiplicity = row.forms.reduce((sum, form) => sum + form.multiplicity, 0);
  return (
    <div className={styles.line} data-side={side}>
      <span className={styles.name}>{name}</span>
      <span>
        {named.map(form => (
          <b key={form.hkl.join()}>
            <Hkl of={form.hkl} />{' '}
          </b>
        ))}
        <span className={styles.count}>
          {row.forms.length > NAMED && `+${row.forms.length - NAMED} `}×{multiplicity}
        </span>
      </span>
      <span className={styles.number}>{row.twoTheta}</span>
      <span className={styles.number}>
        <i>d</i>
        {NBSP}
        {row.d}
      </span>
      <span className={`${styles.number} ${styles.momentum}`}>
        <i>Q</i>
        {NBSP}
        {row.q}
      </span>
      <span className={styles.number}>
        <i>I</i>
        {NBSP}
        {row.intensity}
      </span>
      <span className={styles.note}>{row.note}</span>
    </div>
  );
}
