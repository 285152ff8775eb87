import type { ReactNode } from 'react';
import { Hkl } from './Hkl.tsx';
import { type Cursor, currentRow, type ReadoutRow, targetRow } from './peakReadout.ts';
import { type CurrentScene, EXPLORER_LOOK, type PatternLook, type TargetScene } from './scene.ts';

const NBSP = '\u00a0';

/** The peaks under the cursor in two lines of a fixed place, target over current. */
export function Readout(props: {
  readonly target: TargetScene;
  readonly current: CurrentScene | null;
  readonly cursor: Cursor;
  readonly look?: PatternLook | undefined;
}): ReactNode {
  const { target, current, cursor, look = EXPLORER_LOOK } = props;
  return (
    <div className="pattern-readout" aria-hidden="true">
      <Line side="target" name={look.target} row={targetRow(target, current, cursor.target)} />
      {current && cursor.current >= 0 && (
        <Line side="current" name={look.current} row={currentRow(target, current, cursor.current)} />
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
    <div className={`readout-line ${side}`}>
      <span className="readout-name">{name}</span>
      <span className="readout-hkl">
        {named.map(form => (
          <b key={form.hkl.join()}>
            <Hkl of={form.hkl} />{' '}
          </b>
        ))}
        <span className="quiet">
          {row.forms.length > NAMED && `+${row.forms.length - NAMED} `}×{multiplicity}
        </span>
      </span>
      <span className="readout-number">{row.twoTheta}</span>
      <span className="readout-number">
        <i>d</i>
        {NBSP}
        {row.d}
      </span>
      <span className="readout-number readout-q">
        <i>Q</i>
        {NBSP}
        {row.q}
      </span>
      <span className="readout-number">
        <i>I</i>
        {NBSP}
        {row.intensity}
      </span>
      <span className="readout-note">{row.note}</span>
    </div>
  );
}
