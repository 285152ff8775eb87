import { expect, test } from '@playwright/test';
import { findFirefox, findWebKit } from '../support/findBrowser.ts';
import type { Browser } from './browsers/browser.ts';
import { openFirefox } from './browsers/firefox.ts';
import { openWebKit } from './browsers/webkit.ts';
import { COPPER } from './explorer.ts';

/** A browser's name, and what opens it; null where it is not installed. */
type Other = readonly [name: string, open: (() => Promise<Browser>) | null];
const [firefox, webKit] = [findFirefox(), findWebKit()];
const OTHERS: readonly Other[] = [
  ['Firefox', firefox ? () => openFirefox(firefox) : null],
  ['WebKit', webKit ? () => openWebKit(webKit) : null],
];

for (const [name, open] of OTHERS)
  test.describe(name, () => {
    // One page for all: each flow goes on where the last one ended.
    test.describe.configure({ mode: 'serial' });
    // Not everywhere can a browser be installed; ensureBrowser.ts says aloud which flows are skipped.
    test.skip(!open, `${name} is not installed`);

    let browser: Browser;
    test.beforeAll(async () => {
      browser = await open!();
      console.log(`${name}: ${browser.name}`);
    });
    test.afterAll(() => browser?.close());
    test.afterEach(async () => expect(await browser.errors()).toEqual([]));

    /** Texts of all matches, with plain minus signs and without thin spaces. */
    const texts = async (selector: string): Promise<string[]> =>
      (
        await browser.evaluate(
          wanted => [...document.querySelectorAll(wanted)].map(element => element.textContent ?? ''),
          selector,
        )
      ).map(text => text.replaceAll('\u2212', '-').replaceAll('\u202f', ''));
    const numbers = async (selector: string): Promise<number[]> => (await texts(selector)).map(Number);
    /** Waits until there is an element, and until it says something. */
    const says = (selector: string, wanted: string | RegExp = /./): Promise<void> =>
      expect.poll(async () => (await texts(selector)).join('\n'), selector).toMatch(wanted);
    const saysNot = (selector: string, unwanted: string): Promise<void> =>
      expect.poll(async () => (await texts(selector)).join('\n'), selector).not.toContain(unwanted);
    const mapFinished = (): Promise<void> => says('[data-testid=map-status][data-status=done]', 'points in');

    /** Clicks the first match that says nothing but `label`, at a share of its box from the left and from the top. */
    async function press(selector: string, label = '', fromLeft = 0.5, fromTop = 0.5): Promise<void> {
      const { left, top, width, height } = await browser.evaluate(
        (wanted, said) => {
          const element = [...document.querySelectorAll(wanted)].find(
            ({ textContent }) => !said || textContent?.trim() === said,
          );
          element?.scrollIntoView({ block: 'nearest' });
          return (element?.getBoundingClientRect() ?? new DOMRect()).toJSON() as DOMRect;
        },
        selector,
        label,
      );
      expect(width, `${selector} ${label} is on screen`).toBeGreaterThan(0);
      await browser.click(left + fromLeft * width, top + fromTop * height);
    }

    test('opens with the map drawn, its numbers, and the cell', async ({ baseURL }) => {
      await browser.goto(`${baseURL}/#v=1&n=61`);
      await mapFinished();
      expect(await texts('[data-testid=current-loss]')).toEqual(['-1.000']);
      // As Chromium has them; on the map itself there is more than one colour.
      expect((await numbers('[data-testid=minima] tbody tr:first-child td')).slice(0, 3)).toEqual([
        4.7, 2.969, -0.775,
      ]);
      const colours = await browser.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('[data-testid=map-area] canvas');
        const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
        return new Set(pixels && new Uint32Array(pixels.buffer)).size;
      });
      expect(colours).toBeGreaterThan(100);
      await says('[aria-label^="Unit cell of"]');
    });

    test('a click drops descents, and the table says where they ended', async () => {
      // a = 4.40 Å, c = 2.90 Å.
      await press(
        '[data-testid=map-area]',
        '',
        (4.4 - 4.3452) / (5.3108 - 4.3452),
        1 - (2.9 - 2.5623) / (3.1317 - 2.5623),
      );
      await says('[data-testid=reasons]', 'gained less than');
      await saysNot('[data-testid=reasons]', 'Still descending');
      const modes = ['unconstrained', 'constrainedStart', 'constrained', 'continued'];
      for (const mode of modes) {
        const [a, c, , loss] = await numbers(`[data-testid=descents] tr[data-mode=${mode}] td`);
        expect(a, mode).toBeGreaterThan(4);
        expect(c, mode).toBeGreaterThan(2);
        expect(loss, mode).toBeLessThan(-0.6);
      }
    });

    test('a link in the address opens another crystal', async () => {
      await browser.evaluate(() => {
        location.hash = 'v=1&n=31&s=SrTiO3';
      });
      await says('[data-testid=true-cell]', '3.90');
      await mapFinished();
      await saysNot('[data-testid=reasons]', 'gained');
    });

    test('a dropped CIF is read, and opens', async () => {
      await browser.evaluate(content => {
        const data = new DataTransfer();
        data.items.add(new File([content], 'copper.cif'));
        for (const type of ['dragover', 'drop'])
          document.body.dispatchEvent(
            new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }),
          );
      }, COPPER);
      await says('[data-testid=space-group]', 'No. 225, cubic, 192 operations');
      await press('dialog button', 'Explore');
      await says('[data-testid=true-cell]', '3.615');
      await mapFinished();
    });

    test('Compare, Gallery, Phase problem and Study show what they are for', async () => {
      await press('nav a', 'Compare');
      // Of 12 forms of a primitive cubic lattice below 90° with a = 4 Å, 6 have h + k + l even.
      await says('main', '6 of 12');
      await saysNot('[aria-label=Similarities]', '…');
      // In WebKit the title of the pair stood on the line above it.
      const below = await browser.evaluate(() => {
        const group = document.querySelector('main fieldset:has(select)');
        const [title, frame] = [group?.firstElementChild, group].map(box => box?.getBoundingClientRect().top);
        return title! - frame!;
      });
      expect(below).toBeGreaterThan(5);
      await press('nav a', 'Phase problem');
      await says('main [role=tablist]');
      await says('[role=img][aria-label^="Argand diagram"]');
      await press('nav a', 'Study');
      await says('main h2');
      await says('[data-testid=study-progress] button', 'Run');
      await press('nav a', 'Gallery');
      await says('[data-preset=fig2][data-status=done]', 'minima');
    });
  });
