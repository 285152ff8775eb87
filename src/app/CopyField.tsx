import { type ReactNode, useRef, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import styles from './CopyField.module.css';

/** Text to be taken elsewhere: copied where the browser allows it, and shown in any case. */
export function CopyField(props: {
  readonly label: string;
  readonly text: string;
  readonly rows?: number;
}): ReactNode {
  const { label, text, rows = 1 } = props;
  const [copied, setCopied] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(text);
    } catch {
      // Not allowed here: the text is selected for the user's own copy key.
      field.current?.select();
    }
  };
  const done = copied === text;
  return (
    <>
      <div className={styles.row}>
        <textarea
          ref={field}
          readOnly
          rows={rows}
          value={text}
          aria-label={label}
          onFocus={event => event.target.select()}
        />
        <Button onClick={() => void copy()}>{done ? 'Copied' : 'Copy'}</Button>
      </div>
      <p className="visually-hidden" aria-live="polite">
        {done ? `${label}: copied.` : ''}
      </p>
    </>
  );
}
