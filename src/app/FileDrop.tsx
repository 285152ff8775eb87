import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { notify } from '../state/core/notices.ts';
import { incoming, nextIncoming } from '../state/files/incoming.ts';
import { Boundary } from './Boundary.tsx';
import styles from './FileDrop.module.css';

/** Reads files; the code for it is fetched with the first. */
export async function openFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  try {
    const [{ bringIn }] = await Promise.all([import('../state/files/bringIn.ts'), showDialog()]);
    await bringIn(files);
  } catch (error) {
    notify({ id: 'files', tone: 'error', text: `The file could not be opened: ${(error as Error).message}` });
  }
}

let showDialog: () => Promise<void> = async () => {};

/** Elements that take typing: what is pasted there is meant for the field. */
const writes = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;

/** Files dropped anywhere, or pasted, as files or as their text. */
export function FileDrop(): ReactNode {
  const [over, setOver] = useState(false);
  const [Dialog, setDialog] = useState<ComponentType | null>(null);
  const [undrawn, setUndrawn] = useState(0);
  /** Goes on to the next file where one cannot be shown. */
  const skip = (error: Error): void => {
    const [file] = incoming.get().queue;
    if (!file) return;
    notify({ id: 'files', tone: 'error', text: `“${file.name}” cannot be shown: ${error.message}` });
    nextIncoming();
    setUndrawn(undrawn + 1);
  };
  useEffect(() => {
    showDialog = async () => {
      const { IncomingDialog } = await import('../views/files/IncomingDialog.tsx');
      setDialog(() => IncomingDialog);
    };
    const stop = new AbortController();
    const { signal } = stop;
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    addEventListener(
      'dragover',
      event => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setOver(true);
      },
      { signal },
    );
    addEventListener(
      'dragleave',
      event => {
        if (event.relatedTarget === null) setOver(false);
      },
      { signal },
    );
    addEventListener(
      'drop',
      event => {
        setOver(false);
        if (!hasFiles(event)) return;
        event.preventDefault();
        void openFiles([...(event.dataTransfer?.files ?? [])]);
      },
      { signal },
    );
    addEventListener(
      'paste',
      event => {
        if (writes(event.target)) return;
        const files = [...(event.clipboardData?.files ?? [])];
        const text = event.clipboardData?.getData('text/plain') ?? '';
        // A word or two on the clipboard is no crystal.
        if (files.length === 0 && text.trim().length < 20) return;
        event.preventDefault();
        void openFiles(files.length ? files : [new File([text], 'pasted text')]);
      },
      { signal },
    );
    return () => stop.abort();
  }, []);
  return (
    <>
      {over && (
        <div className={styles.veil} aria-hidden="true">
          <p>Drop crystals, measured patterns or a project</p>
        </div>
      )}
      {Dialog && (
        <Boundary key={undrawn} name="Open" onError={skip}>
          <Dialog />
        </Boundary>
      )}
    </>
  );
}
