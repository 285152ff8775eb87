import { createElement, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, expect, test, vi } from 'vitest';
import '../../src/state/allSettings.ts';
import { FileDrop, openFiles } from '../../src/app/FileDrop.tsx';
import { PageSlot } from '../../src/app/PageSlot.tsx';
import { PAGE_TABLE } from '../../src/app/pages.ts';
import type { PageId } from '../../src/state/core/pages.ts';
import { store } from '../../src/state/core/store.ts';
import { setInputs } from '../../src/state/core/undo.ts';
import { incoming } from '../../src/state/files/incoming.ts';
import { loadStudy, savePlan, saveRecords } from '../../src/state/study/studyDb.ts';
import { study } from '../../src/state/study/studySlice.ts';
import { PAPER_CONDITIONS } from '../../src/study/plan.ts';

let root: Root;
afterEach(() => {
  root.unmount();
  vi.restoreAllMocks();
});

/** A page that cannot be drawn as long as this says. */
let broken: () => boolean;
function Page(): ReactNode {
  if (broken()) throw new TypeError("Cannot read properties of undefined (reading 'end')");
  return createElement('main', null, 'drawn');
}
function show(id: PageId): void {
  vi.spyOn(PAGE_TABLE[id], 'load').mockResolvedValue(Page);
  vi.spyOn(console, 'error').mockImplementation(() => {});
  setInputs({ ...store.getState().inputs, page: id });
  root = createRoot(document.body.appendChild(document.createElement('div')));
  root.render(createElement(PageSlot, { narrow: false, controls: false, onControls: () => {} }));
}
const text = (): string => document.querySelector('main')?.textContent ?? '';
/** Presses the button and gives name and text of the file that is saved. */
async function setAside(): Promise<[string, string]> {
  const saved = new Promise<[string, Promise<string>]>(resolve =>
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      resolve([this.download, fetch(this.href).then(response => response.text())]);
    }),
  );
  await vi.waitFor(() => expect(text()).toContain('could not be drawn: Braggscape has a fault there'));
  [...document.querySelectorAll('button')].at(-1)!.click();
  const [name, content] = await saved;
  return [name, await content];
}

test('a study that cannot be drawn is saved to a file and set aside: it was there again after each reload', async () => {
  await savePlan(null, PAPER_CONDITIONS);
  await saveRecords([{ structure: 'U2Ti', end: [1, 2], match: {} } as never]);
  study.set({ unread: 1 });
  broken = () => study.get().unread > 0;
  show('study');
  const [name, content] = await setAside();
  expect(name).toBe('braggscape-study-set-aside.jsonl');
  expect(content.split('\n')[1]).toBe('{"structure":"U2Ti","end":[1,2],"match":{}}');
  await vi.waitFor(() => expect(text()).toBe('drawn'));
  expect(await loadStudy()).toEqual({ plan: null, conditions: null, records: [], unread: 0 });
});

test('settings that a page cannot be drawn with are saved as a project and go back to the defaults', async () => {
  const { inputs } = store.getState();
  setInputs({ ...inputs, slice: { ...inputs.slice, resolution: 31 } });
  broken = () => store.getState().inputs.slice.resolution === 31;
  show('explore');
  const [name, content] = await setAside();
  expect(name).toBe('braggscape-set-aside.json');
  expect(JSON.parse(content)).toMatchObject({ format: 'braggscape-project', link: 'v=1&n=31' });
  await vi.waitFor(() => expect(text()).toBe('drawn'));
});

test('a file that cannot be shown costs itself, not the page nor the files after it', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  root = createRoot(document.body.appendChild(document.createElement('div')));
  flushSync(() => root.render(createElement(FileDrop)));
  incoming.set({ queue: [{ kind: 'crystals', name: 'a.cif', file: null, warnings: [] } as never] });
  await openFiles([new File(['no crystal is in here'], 'b.cif')]);
  await vi.waitFor(() => expect(document.querySelector('dialog')?.textContent ?? '').toContain('b.cif'));
  expect(store.getState().notices.at(-1)?.text).toMatch(
    /^“a.cif” cannot be shown: Braggscape has a fault there/,
  );
});
