import type { ReactNode } from 'react';
import { dismiss } from '../state/core/notices.ts';
import { useBraggscape } from '../state/core/store.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/Icon.tsx';
import styles from './Notices.module.css';

/** Sentences that stay until dismissed, above everything and read aloud. */
export function Notices(): ReactNode {
  const notices = useBraggscape(state => state.notices);
  return (
    <div className={styles.notices} aria-live="polite">
      {notices.map(({ id, tone, text, actions = [] }) => (
        <div key={id} className={styles.notice} data-tone={tone} role={tone === 'error' ? 'alert' : 'status'}>
          <p>{text}</p>
          {actions.length > 0 && (
            <div>
              {actions.map(({ label, run }) => (
                <Button key={label} small onClick={run}>
                  {label}
                </Button>
              ))}
            </div>
          )}
          <IconButton name="close" label="Dismiss" onClick={() => dismiss(id)} />
        </div>
      ))}
    </div>
  );
}
