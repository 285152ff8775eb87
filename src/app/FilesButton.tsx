import { type ReactNode, useState } from 'react';
import { createPortal } from 'react-dom';
import { notify } from '../state/core/notices.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useLazy } from '../ui/useLazy.ts';
import { openFiles } from './FileDrop.tsx';
import header from './Header.module.css';

interface FilesDialogProps {
  readonly open: boolean;
  onClose(): void;
  onFiles(files: readonly File[]): void;
}

/** Everything that goes in and out; its code is fetched when it is opened. */
export function FilesButton(): ReactNode {
  const [open, setOpen] = useState(false);
  const [Files, load] = useLazy<FilesDialogProps>(
    async () => (await import('../views/files/FilesDialog.tsx')).FilesDialog,
    reason => notify({ id: 'files', tone: 'error', text: `Files could not be opened: ${reason}` }),
  );
  return (
    <>
      <Button
        className={header.badge}
        aria-label="Files"
        title="Open and save"
        onClick={() => void load().then(() => setOpen(true))}
      >
        <Icon name="folder" />
        <span className={header.word}>Files</span>
      </Button>
      {/* Outside of the menu that the button may stand in, which closes as the dialog opens. */}
      {Files &&
        createPortal(
          <Files
            open={open}
            onClose={() => setOpen(false)}
            onFiles={files => {
              setOpen(false);
              void openFiles(files);
            }}
          />,
          document.body,
        )}
    </>
  );
}
