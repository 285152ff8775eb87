import { type ReactNode, useState } from 'react';
import { notify } from '../state/core/notices.ts';
import { Icon } from '../ui/Icon.tsx';
import { useLazy } from '../ui/useLazy.ts';
import { openFiles } from './FileDrop.tsx';

interface FilesDialogProps {
  readonly open: boolean;
  onClose(): void;
  onFiles(files: readonly File[]): void;
}

/** Everything that goes in and out; its code is fetched when it is opened. */
export function FilesButton(): ReactNode {
  const [open, setOpen] = useState(false);
  const [Files, load] = useLazy<FilesDialogProps>(
    async () => (await import('../views/own/FilesDialog.tsx')).FilesDialog,
    reason => notify({ id: 'files', tone: 'error', text: `Files could not be opened: ${reason}` }),
  );
  return (
    <>
      <button
        type="button"
        className="button badge-button"
        aria-label="Files"
        title="Open and save"
        onClick={() => void load().then(() => setOpen(true))}
      >
        <Icon name="folder" />
        <span className="share-word">Files</span>
      </button>
      {Files && (
        <Files
          open={open}
          onClose={() => setOpen(false)}
          onFiles={files => {
            setOpen(false);
            void openFiles(files);
          }}
        />
      )}
    </>
  );
}
