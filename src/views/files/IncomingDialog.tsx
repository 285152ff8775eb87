import type { ReactNode } from 'react';
import type { OpenedFile } from '../../formats/openedFile.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { nextIncoming } from '../../state/files/incoming.ts';
import { openProject } from '../../state/project/projectActions.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { IncomingCrystals } from './IncomingCrystals.tsx';
import dialog from './IncomingDialog.module.css';
import { IncomingPattern } from './IncomingPattern.tsx';

/** Dialog about a file: what it is, what was assumed in reading it, and what to do with it. */
export function IncomingDialog(): ReactNode {
  const file = useBraggscape(({ incoming: { queue } }) => queue[0] ?? null);
  const more = useBraggscape(({ incoming: { queue } }) => Math.max(0, queue.length - 1));
  const reading = useBraggscape(state => state.incoming.reading);
  return (
    <>
      <p className="visually-hidden" aria-live="polite">
        {reading ? `Reading ${reading}.` : ''}
      </p>
      <Dialog
        title={file ? (file.kind === 'refused' ? 'Not opened' : `Open ${file.name}`) : 'Open'}
        open={file !== null}
        onClose={nextIncoming}
      >
        {file && <Content key={file.name + more} file={file} />}
        {more > 0 && <p className="quiet">{more} more after this one.</p>}
      </Dialog>
    </>
  );
}

function Content({ file }: { file: OpenedFile }): ReactNode {
  if (file.kind === 'crystals') return <IncomingCrystals incoming={file} />;
  if (file.kind === 'scans') return <IncomingPattern incoming={file} />;
  if (file.kind === 'refused')
    return (
      <div className={dialog.incoming}>
        {file.messages.map(message => (
          <p key={message} role="alert" className={dialog.refused}>
            {message}
          </p>
        ))}
        <p className="quiet">What is on screen stays as it is.</p>
        <div className={dialog.buttons}>
          <Button onClick={nextIncoming}>Close</Button>
        </div>
      </div>
    );
  const { crystals, patterns } = file.project;
  return (
    <div className={dialog.incoming}>
      <p>
        A project with {crystals.length} own {crystals.length === 1 ? 'crystal' : 'crystals'} and{' '}
        {patterns.length} measured {patterns.length === 1 ? 'pattern' : 'patterns'}. It replaces what is on
        screen; undo brings that back.
      </p>
      <div className={dialog.buttons}>
        <Button
          kind="primary"
          onClick={() => {
            void openProject(file.project);
            nextIncoming();
          }}
        >
          Open the project
        </Button>
        <Button onClick={nextIncoming}>Cancel</Button>
      </div>
    </div>
  );
}
