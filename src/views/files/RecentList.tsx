import { type ReactNode, useEffect, useState } from 'react';
import { readLink } from '../../state/core/permalink.ts';
import { setInputs } from '../../state/core/undo.ts';
import { deleteEntry, type RecentWork, recentWork } from '../../state/files/database.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/Icon.tsx';
import files from './FilesDialog.module.css';

const TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Earlier states of the page on this device; each can be brought back. */
export function RecentList({ onDone }: { onDone(): void }): ReactNode {
  const [works, setWorks] = useState<readonly RecentWork[] | string | null>(null);
  useEffect(() => {
    void recentWork().then(setWorks);
  }, []);
  const remove = (id: string): void => {
    void deleteEntry('recent', id);
    setWorks(list => (Array.isArray(list) ? list.filter(work => work.id !== id) : list));
  };
  return (
    <section aria-label="Recent work">
      <h3>Recent work</h3>
      {works === null ? null : typeof works === 'string' ? (
        <p className="quiet">Recent work is not kept on this device: {works}.</p>
      ) : works.length === 0 ? (
        <p className="quiet">
          What you do is kept here, on this device alone, a few seconds after you do it.
        </p>
      ) : (
        <ul className={files.list}>
          {works.map(({ id, when, title, link }) => (
            <li key={id}>
              <span className={files.grow}>
                {title} <span className="quiet">{TIME.format(when)}</span>
              </span>
              <Button
                small
                aria-label={`Restore ${title}, ${TIME.format(when)}`}
                onClick={() => {
                  setInputs(readLink(link).inputs);
                  onDone();
                }}
              >
                Restore
              </Button>
              <IconButton
                name="close"
                label={`Forget ${title}, ${TIME.format(when)}`}
                small
                onClick={() => remove(id)}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
