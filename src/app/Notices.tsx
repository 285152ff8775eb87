import type { ReactNode } from 'react';
import { dismiss } from '../state/core/notices.ts';
import { useBraggscape } from '../state/core/store.ts';
import { IconButton } from '../ui/Icon.tsx';

/** Sentences that stay until dismissed, above everything and read aloud. */
export function Notices(): ReactNode {
  const notices = useBraggscape(state => state.notices);
  return (
    <div className="notices" aria-live="polite">
      {notices.map(({ id, tone, text, action }) => (
        <div key={id} className="notice" data-tone={tone} role={tone === 'error' ? 'alert' : 'status'}>
          <p>{text}</p>
          {action && (
            <button type="button" className="button small" onClick={action.run}>
              {action.label}
            </button>
          )}
          <IconButton name="close" label="Dismiss" onClick={() => dismiss(id)} />
        </div>
      ))}
    </div>
  );
}
