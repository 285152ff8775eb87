import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from './Button.tsx';
import styles from './Dialog.module.css';

export interface DialogProps {
  readonly title: string;
  readonly open: boolean;
  readonly wide?: boolean;
  onClose(): void;
  readonly children: ReactNode;
}

/** A modal dialog of the platform: focus stays inside, Escape closes, focus returns. */
export function Dialog({ title, open, wide, onClose, children }: DialogProps): ReactNode {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog
      ref={ref}
      className={wide ? `${styles.dialog} ${styles.wide}` : styles.dialog}
      aria-label={title}
      onClose={onClose}
    >
      <div className={styles.head}>
        <h2>{title}</h2>
        <Button small onClick={onClose}>
          Close
        </Button>
      </div>
      {open && children}
    </dialog>
  );
}
