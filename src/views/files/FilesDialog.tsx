import { type ReactNode, useState } from 'react';
import { Button, buttonClass } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FileList } from './FileList.tsx';
import files from './FilesDialog.module.css';
import dialog from './IncomingDialog.module.css';
import { RecentList } from './RecentList.tsx';
import { SaveFiles } from './SaveFiles.tsx';

/** Files that come in and go out. */
export function FilesDialog({
  open,
  onClose,
  onFiles,
}: {
  open: boolean;
  onClose(): void;
  onFiles(files: readonly File[]): void;
}): ReactNode {
  const [text, setText] = useState('');
  return (
    <Dialog wide title="Files" open={open} onClose={onClose}>
      <div className={files.files}>
        <section aria-label="Open">
          <h3>Open</h3>
          <p className="quiet">
            Crystals: CIF, POSCAR, pymatgen JSON. Patterns: xy, xye, csv, xrdml, raw, brml, ras. Projects.
            Each also as gz. Files can be dropped anywhere on the page, or pasted. Nothing leaves this device.
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
