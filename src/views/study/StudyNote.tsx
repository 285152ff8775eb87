import type { ReactNode } from 'react';
import { useBraggscape } from '../../state/core/store.ts';
import { formatNumber } from '../../ui/format.ts';
import styles from './StudyNote.module.css';
import type { Shown } from './shown.ts';

/** Origin of the results. */
export function StudyNote({ shown }: { shown: Shown }): ReactNode {
  const source = useBraggscape(state => state.inputs.study.source);
  const note = useBraggscape(state => state.study.note);
  const own = useBraggscape(state => state.study.own);
  const failed = shown.failures > 0 && (
    <p>
      {shown.failures} {shown.failures === 1 ? 'trial' : 'trials'} failed and{' '}
      {shown.failures === 1 ? 'counts' : 'count'} in no rate.
    </p>
  );
  if (source === 'own')
    return (
      <footer className={styles.note}>
        {own && (
          <p>
            {formatNumber(own.records.length, 0)} trials on this device, seed {own.conditions.seed}, at most{' '}
            {formatNumber(own.conditions.maxIterations, 0)} steps.
          </p>
        )}
        {failed}
      </footer>
    );
  if (!note) return null;
  return (
    <footer className={styles.note}>
      <p>
        Shipped results of {note.date}, commit {note.commit.slice(0, 10)}, {note.machine},{' '}
        {formatNumber(note.hours, 1)} thread hours.
      </p>
      {note.remarks.map(remark => (
        <p key={remark}>{remark}</p>
      ))}
      {note.commands.map(command => (
        <p key={command}>
          <code>{command}</code>
        </p>
      ))}
      {failed}
    </footer>
  );
}
