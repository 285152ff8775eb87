import { createElement, type ReactNode, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { Dialog } from '../../src/ui/Dialog.tsx';

let root: Root;
afterEach(() => root.unmount());

/** A queue of files, each asked about by one dialog. */
const closed = vi.fn();
let add: (file: string) => void;
function Queue(): ReactNode {
  const [files, setFiles] = useState(['first', 'second', 'third']);
  add = file => setFiles([...files, file]);
  const onClose = (): void => {
    closed(files[0]);
    setFiles(files.slice(1));
  };
  const props = { title: 'Open', open: files.length > 0, onClose, children: files[0] };
  return createElement(Dialog, props);
}
const dialog = (): HTMLDialogElement => document.querySelector('dialog')!;
const shows = (text: string) =>
  vi.waitFor(() => {
    expect(dialog().open).toBe(true);
    expect(dialog().textContent).toContain(text);
  });

test('Escape goes on to the next file, and a later one opens: the rest vanished and nothing opened any more', async () => {
  const place = document.body.appendChild(document.createElement('div'));
  root = createRoot(place);
  root.render(createElement(Queue));
  for (const file of ['first', 'second', 'third']) {
    await shows(file);
    await userEvent.keyboard('{Escape}');
  }
  await vi.waitFor(() => expect(dialog().open).toBe(false));
  expect(closed.mock.calls.flat()).toEqual(['first', 'second', 'third']);
  add('fourth');
  await shows('fourth');
  dialog().querySelector('button')!.click();
  await vi.waitFor(() => expect(dialog().open).toBe(false));
  expect(closed).toHaveBeenCalledTimes(4);
});
