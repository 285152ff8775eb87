import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from './Button.tsx';
import styles from './Dialog.module.css';

export interface DialogProps {
  readonly title: string;
  readonly open: boolean;
  readonly wide?: boolean;
  onClose(): void;
  readonly children: ReactNode;
}

/**
 * A modal dialog of the platform: focus stays inside, Escape closes, focus returns. It is on screen as long as `open` says,
 * also where the browser has closed it and `onClose` leaves it open, as for the next of several files.
 */
export function Dialog({ title, open, wide, onClose, children }: DialogProps): ReactNode {
  const ref = useRef<HTMLDialogElement>(null);
  const [closed, setClosed] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: closed by the browser, it may have to open again
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open, closed]);
  /** Called as well after the property has closed it, perhaps when it is open again. */
  const afterClose = (): void => {
    if (!open || ref.current?.open) return;
    onClose();
    setClosed(closed + 1);
  };
  return (
    <dialog
      ref={ref}
      className={wide ? `${styles.dialog} ${styles.wide}` : styles.dialog}
      aria-label={title}
      onClose={afterClose}
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
