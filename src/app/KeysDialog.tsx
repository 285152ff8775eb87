import type { ReactNode } from 'react';
import { useBraggscape } from '../state/core/store.ts';
import { playIntroduction } from '../state/explore/introduction.ts';
import { pageAddress } from '../state/linkSync.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './KeysDialog.module.css';
import { SHORTCUTS } from './shortcuts.ts';

const POINTER = [
  ['Click', 'Start three descents; with Shift beside those on screen'],
  ['Drag', 'Move the map; drag a start to move it'],
  ['Wheel', 'Zoom into the map'],
  ['Drop, paste', 'Open a crystal, a measured pattern or a project'],
] as const;

export function KeysDialog({ open, onClose }: { open: boolean; onClose(): void }): ReactNode {
  const inputs = useBraggscape(state => state.inputs);
  return (
    <Dialog title="Keys" open={open} onClose={onClose}>
      <Button
        onClick={() => {
          onClose();
          playIntroduction();
        }}
      >
        Play the introduction
      </Button>
      <p className={styles.more}>
        <a href={pageAddress(inputs, 'help')} onClick={onClose}>
          Documentation, search and guided tours
        </a>
      </p>
      <dl className={styles.keys}>
        {SHORTCUTS.map(({ keys, meaning }) => (
          <div key={meaning}>
            <dt>
              {keys.map(key => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
        {POINTER.map(([what, meaning]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
