import { type ReactNode, useEffect, useRef } from 'react';

export interface DialogProps {
  readonly title: string;
  readonly open: boolean;
  onClose(): void;
  readonly children: ReactNode;
}

/** A modal dialog of the platform: focus stays inside, Escape closes, focus returns. */
export function Dialog({ title, open, onClose, children }: DialogProps): ReactNode {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog ref={ref} aria-label={title} onClose={onClose}>
      <div className="dialog-head">
        <h2>{title}</h2>
        <button type="button" className="button small" onClick={onClose}>
          Close
        </button>
      </div>
      {open && children}
    </dialog>
  );
}
