import { type ReactNode, useEffect, useState } from 'react';
import { notify } from '../../state/core/notices.ts';
import { readLink } from '../../state/core/permalink.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { setInputs } from '../../state/core/undo.ts';
import { chooseStructure, openPage } from '../../state/explore/actions.ts';
import { deleteEntry, type RecentWork, recentWork } from '../../state/files/database.ts';
import { takeAsTarget } from '../../state/files/measuredActions.ts';
import { removeUserFile } from '../../state/files/userFileActions.ts';
import { userPattern } from '../../state/files/userFiles.ts';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { IconButton } from '../../ui/Icon.tsx';
import files from './FilesDialog.module.css';
import dialog from './IncomingDialog.module.css';
import { SaveFiles } from './SaveFiles.tsx';

/** Files that come in and go out. */
export function FilesDialog(props: {
  readonly open: boolean;
  onClose(): void;
  onFiles(files: readonly File[]): void;
}): ReactNode {
  const { open, onClose, onFiles } = props;
  const [text, setText] = useState('');
  return (
    <Dialog wide title="Files" open={open} onClose={onClose}>
      <div className={files.files}>
        <section aria-label="Open">
          <h3>Open</h3>
          <p className="quiet">
            Crystals: CIF, POSCAR, pymatgen JSON. Patterns: xy, xye, csv, xrdml, raw, brml, ras, uxd, GSAS.
            Projects. Each also as gz. Files can be dropped anywhere on the page, or pasted. Nothing leaves
            this device.
          </p>
          <label className={buttonClass({ className: files.pick })}>
            Choose files
            <input
              type="file"
              multiple
              aria-label="Choose files"
              onChange={event => onFiles([...(event.target.files ?? [])])}
            />
          </label>
          <textarea
            aria-label="Text of a file"
            placeholder="or paste the text of a file here"
            spellCheck={false}
            value={text}
            onChange={event => setText(event.target.value)}
          />
          <div className={dialog.buttons}>
            <Button
              disabled={text.trim() === ''}
              onClick={() => {
                onFiles([new File([text], 'pasted text')]);
                setText('');
              }}
            >
              Read the text
            </Button>
          </div>
          <FileList onDone={onClose} />
        </section>
        <SaveFiles />
        <RecentList onDone={onClose} />
      </div>
    </Dialog>
  );
}

/** One entry of a list: its name, what can be done with it, and the way to take it out. */
function FileRow(props: {
  readonly name: string;
  readonly note: string;
  /** As written, and as spoken. */
  readonly action: readonly [string, string];
  onAction(): void;
  readonly remove: string;
  onRemove(): void;
}): ReactNode {
  return (
    <li>
      <span className={files.grow}>
        {props.name} <span className="quiet">{props.note}</span>
      </span>
      <Button small aria-label={props.action[1]} onClick={props.onAction}>
        {props.action[0]}
      </Button>
      <IconButton name="close" label={props.remove} small onClick={props.onRemove} />
    </li>
  );
}

/** The crystals and patterns that are open. */
function FileList({ onDone }: { onDone(): void }): ReactNode {
  const { crystals, patterns } = useBraggscape(state => state.inputs.userFiles);
  if (crystals.length + patterns.length === 0) return null;
  const target = (id: string): void => {
    userPattern(id).then(
      pattern => {
        takeAsTarget(id, pattern);
        openPage('explore');
        onDone();
      },
      (error: Error) => notify({ id: 'user-files', tone: 'error', text: error.message }),
    );
  };
  return (
    <>
      <h3>Opened</h3>
      <ul className={files.list}>
        {crystals.map(({ id, name, data }) => (
          <FileRow
            key={id}
            name={name}
            note={data === null ? 'kept on this device' : 'in the link'}
            action={['Explore', `Explore ${name}`]}
            onAction={() => {
              chooseStructure(id);
              openPage('explore');
              onDone();
            }}
            remove={`Remove ${name}`}
            onRemove={() => removeUserFile(id)}
          />
        ))}
        {patterns.map(({ id, name }) => (
          <FileRow
            key={id}
            name={name}
            note="pattern, kept on this device"
            action={['As target', `Use ${name} as target`]}
            onAction={() => target(id)}
            remove={`Remove ${name}`}
            onRemove={() => removeUserFile(id)}
          />
        ))}
      </ul>
    </>
  );
}

const TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Earlier states of the page on this device; each can be brought back. */
function RecentList({ onDone }: { onDone(): void }): ReactNode {
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
            <FileRow
              key={id}
              name={title}
              note={TIME.format(when)}
              action={['Restore', `Restore ${title}, ${TIME.format(when)}`]}
              onAction={() => {
                setInputs(readLink(link).inputs);
                onDone();
              }}
              remove={`Forget ${title}, ${TIME.format(when)}`}
              onRemove={() => remove(id)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}
