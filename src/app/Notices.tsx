import { type ReactNode, useEffect, useState } from 'react';
import { dismiss } from '../state/core/notices.ts';
import { type Notice, useBraggscape } from '../state/core/store.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/Icon.tsx';
import styles from './Notices.module.css';

/** A notice of what is done goes after so long, ms; held while the pointer or the focus is on it. */
const READ_MS = 8000;

/** Sentences above everything, read aloud. Those that warn or ask stay until dismissed. */
export function Notices(): ReactNode {
  const notices = useBraggscape(state => state.notices);
  return (
    <div className={styles.notices} aria-live="polite">
      {notices.map(notice => (
        <OneNotice key={notice.id} {...notice} />
      ))}
    </div>
  );
}

function OneNotice({ id, tone, text, actions = [] }: Notice): ReactNode {
  const [held, setHeld] = useState(false);
  const goes = tone === 'info' && actions.length === 0 && !held;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text has to be read too
  useEffect(() => {
    if (!goes) return;
    const timer = setTimeout(() => dismiss(id), READ_MS);
    return () => clearTimeout(timer);
  }, [goes, id, text]);
  return (
    // The pointer and the focus hold it; they do nothing else to it.
    // biome-ignore lint/a11y/noStaticElementInteractions: what is to be pressed is inside
    <div
      className={styles.notice}
      data-tone={tone}
      role={tone === 'error' ? 'alert' : 'status'}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
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
  );
}
