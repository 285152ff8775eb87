import type { ReactNode } from 'react';
import { notify } from '../../state/core/notices.ts';
import { useBraggscape } from '../../state/core/store.ts';
import { chooseStructure, openPage } from '../../state/explore/actions.ts';
import { takeAsTarget } from '../../state/files/measuredActions.ts';
import { removeUserFile } from '../../state/files/userFileActions.ts';
import { userPattern } from '../../state/files/userFiles.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/Icon.tsx';
import files from './FilesDialog.module.css';

/** The crystals and patterns that are open. */
export function FileList({ onDone }: { onDone(): void }): ReactNode {
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
          <li key={id}>
            <span className={files.grow}>
              {name} <span className="quiet">{data === null ? 'kept on this device' : 'in the link'}</span>
            </span>
            <Button
              small
              aria-label={`Explore ${name}`}
              onClick={() => {
                chooseStructure(id);
                openPage('explore');
                onDone();
              }}
            >
              Explore
            </Button>
            <IconButton name="close" label={`Remove ${name}`} small onClick={() => removeUserFile(id)} />
          </li>
        ))}
        {patterns.map(({ id, name }) => (
          <li key={id}>
            <span className={files.grow}>
              {name} <span className="quiet">pattern, kept on this device</span>
            </span>
            <Button small aria-label={`Use ${name} as target`} onClick={() => target(id)}>
              As target
            </Button>
            <IconButton name="close" label={`Remove ${name}`} small onClick={() => removeUserFile(id)} />
          </li>
        ))}
      </ul>
    </>
  );
}
